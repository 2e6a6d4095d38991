// Carries out a planned select: its rows read into objects, and what is left to load afterwards. Runs nothing itself:
// the synchronous session runs the one request directly, operations of several statements yield it.
import type { ExecutionReply, ExecutionRequest, SqlRow } from "../../engine/execution.js";
import type { SelectNode } from "../../sql/ast/nodes.js";
import type { Entity, EntitySession } from "../entity.js";
import type { Bundle } from "../bundle.js";
import { type Conversion, conversionsOf, convertRows } from "./decode-loaded.js";
import { KnownPlan } from "./known-plans.js";
import { type LoadContext, type LoadPlan, planLoad } from "./load-plan.js";
import { type GivenValues, LoadsReader, type WaitingLoad } from "./row-reader.js";

const noKeys: readonly number[] = [];
const noRows: readonly SqlRow[] = [];
const noConversions: readonly Conversion[] = [];

/** A select on its way: what to run, and how to read what comes back. */
export interface PreparedLoad {
  readonly plan: LoadPlan;
  readonly request: ExecutionRequest;
  /** Values for parameters by name, which a second SELECT with the first as its subquery needs again. */
  readonly given: GivenValues | undefined;
}

/** What the rows of a select became. */
export interface LoadedRows {
  /** The objects of a select of one class and nothing else; null for any other. */
  readonly objects: readonly (Entity | null)[] | null;
  /** Rows of one value an item, entities as objects, of any other select. */
  readonly rows: readonly (readonly unknown[])[];
  /** Each row's values at the places asked for; the value itself where that is one. */
  readonly keys: readonly unknown[];
  /** Select-in loads that are left to do. */
  readonly waiting: readonly WaitingLoad[];
}

/** Plans and compiles a select. `context` as in `planLoad`, `given` are values for parameters by name. */
export function prepareLoad(
  session: EntitySession,
  select: SelectNode,
  context?: LoadContext,
  given?: GivenValues,
): PreparedLoad {
  return preparePlan(session, context === undefined ? planStatement(select) : planLoad(select, context), given);
}

/** The same of a select that is planned already. */
export function preparePlan(session: EntitySession, plan: LoadPlan, given: GivenValues | undefined): PreparedLoad {
  return { plan, request: session.request(plan.select, given), given };
}

class StatementPlan extends KnownPlan<LoadPlan> {}

/** The plan of a program's own statement, which keeps it. */
function planStatement(select: SelectNode): LoadPlan {
  const known = select.plan;
  if (known instanceof StatementPlan && known.holds) return known.plan;
  const plan = planLoad(select);
  select.plan = new StatementPlan(plan);
  return plan;
}

/** Reads the columns of a bundle out of rows. */
class BundleReader {
  readonly #bundle: Bundle;
  readonly #at: number;

  constructor(bundle: Bundle, at: number) {
    this.#bundle = bundle;
    this.#at = at;
  }

  read(row: readonly unknown[]): object {
    return this.#bundle.read(row, this.#at);
  }
}

/**
 * Reads the rows.
 * @param keyAt the columns of the driver's rows to give back as `keys`
 */
export function readLoad(
  session: EntitySession,
  { plan, request, given }: PreparedLoad,
  reply: ExecutionReply,
  keyAt: readonly number[] = noKeys,
): LoadedRows {
  // Sound: the driver hands its rows over for good.
  const rows = reply.rows as unknown[][];
  let conversions = conversionsOf(request.compiled, session.dialectFor(request));
  const [only] = plan.items;
  const isPlain = plan.items.length === 1 && only?.kind === "entity";
  // A plain select converts each row when it is read; keys have to be converted before.
  if (!isPlain || keyAt.length > 0) {
    convertRows(rows, conversions);
    conversions = noConversions;
  }
  const keys = keysOf(rows, keyAt);
  const origin = { select: plan.select, given };
  if (isPlain) {
    const reader = new LoadsReader(session, only.loads, origin);
    const objects = reader.readAll(rows, conversions);
    return { objects, rows: noRows, keys, waiting: reader.finish() };
  }
  const readers = plan.items.map((item) => {
    if (item.kind === "entity") return new LoadsReader(session, item.loads, origin);
    return item.kind === "column" ? item.at : new BundleReader(item.bundle, item.at);
  });
  const values = rows.map((row) =>
    readers.map((reader) => (typeof reader === "number" ? row[reader] : reader.read(row))),
  );
  const waiting = readers.flatMap((reader) => (reader instanceof LoadsReader ? reader.finish() : []));
  return { objects: null, rows: values, keys, waiting };
}

function keysOf(rows: readonly SqlRow[], keyAt: readonly number[]): readonly unknown[] {
  const [at] = keyAt;
  if (at === undefined) return noKeys;
  return keyAt.length === 1 ? rows.map((row) => row[at]) : rows.map((row) => keyAt.map((each) => row[each]));
}
