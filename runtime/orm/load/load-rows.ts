// Carries out a planned select: its rows read into objects, and what is left to load afterwards. Runs nothing itself:
// the synchronous session runs the one request directly, operations of several statements yield it.
import type { ExecutionReply, ExecutionRequest } from "../../engine/execution.js";
import type { SelectNode } from "../../sql/ast/nodes.js";
import type { EntitySession } from "../entity.js";
import type { Bundle } from "../bundle.js";
import { decodeLoaded } from "./decode-loaded.js";
import { type LoadContext, type LoadPlan, planLoad } from "./load-plan.js";
import { type GivenValues, LoadsReader, type WaitingLoad } from "./row-reader.js";

const noKeys: readonly number[] = [];

/** A select on its way: what to run, and how to read what comes back. */
export interface PreparedLoad {
  readonly plan: LoadPlan;
  readonly request: ExecutionRequest;
  /** Values for parameters by name, which a second SELECT with the first as its subquery needs again. */
  readonly given: GivenValues | undefined;
}

/** Rows of one value an item; entities are objects. */
interface LoadedRows {
  readonly rows: readonly (readonly unknown[])[];
  /** Each row's values at the places asked for. */
  readonly keys: readonly (readonly unknown[])[];
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
  const plan = planLoad(select, context);
  return { plan, request: session.request(plan.select, given), given };
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
 * Reads the rows. A select of one class gets the driver's own arrays back, the object in place of the first column.
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
  decodeLoaded(rows, request.compiled, session.dialectFor(request));
  const keys = keyAt.length === 0 ? [] : rows.map((row) => keyAt.map((at) => row[at]));
  const readers = plan.items.map((item) => {
    if (item.kind === "entity") return new LoadsReader(session, item.loads, { select: plan.select, given });
    return item.kind === "column" ? item.at : new BundleReader(item.bundle, item.at);
  });
  const [only] = readers;
  if (readers.length === 1 && only instanceof LoadsReader) {
    only.readInto(rows);
    return { rows, keys, waiting: only.finish() };
  }
  const values = rows.map((row) =>
    readers.map((reader) => (typeof reader === "number" ? row[reader] : reader.read(row))),
  );
  const waiting = readers.flatMap((reader) => (reader instanceof LoadsReader ? reader.finish() : []));
  return { rows: values, keys, waiting };
}
