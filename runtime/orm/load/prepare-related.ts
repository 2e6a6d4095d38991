// The SELECTs of the related objects of many owners, made ready: by the owners' keys, some hundred in a statement, or
// by the statement that found the owners as a subquery. What goes by keys is planned once for a branch of options.
import { isAmong, type OwnerKey, selectFromOwners, selectOfMany } from "./related-select.js";
import type { EntitySession } from "../entity.js";
import type { BinaryNode, ColumnNode, SelectNode } from "../../sql/ast/nodes.js";
import { copySelect } from "../../sql/ast/statements.js";
import { KnownPlan } from "./known-plans.js";
import { type LoadPlan, planLoad } from "./load-plan.js";
import { type PreparedLoad, preparePlan } from "./load-rows.js";
import type { EagerBranch } from "./load-tree.js";
import type { WaitingLoad } from "./row-reader.js";

/** Keys in one statement: SQLAlchemy's number, below every database's limit of parameters. */
const keysPerStatement = 500;
/** Composite keys are written out as conditions, whose depth databases limit. */
const compositeKeysPerStatement = 100;

/** A SELECT of related objects, and how to know their owners. */
interface PreparedRelated {
  readonly prepared: PreparedLoad;
  /** How many columns with the owner's key stand before the object; where there are none, the object has them. */
  readonly keyCount: number;
}

/** How the related objects of a branch are selected: everything but the keys. */
class RelatedPlan extends KnownPlan<LoadPlan> {
  readonly keyCount: number;
  /** Where the condition on the keys stands among the others, and the column that it is about. */
  readonly at: number;
  readonly column: ColumnNode;

  constructor(plan: LoadPlan, keyCount: number, at: number, column: ColumnNode) {
    super(plan);
    this.keyCount = keyCount;
    this.at = at;
    this.column = column;
  }
}

/** The statements that load one relationship of many owners: one for all of them, or one for so many keys each. */
export function* prepareRelated(
  session: EntitySession,
  { branch, origin, source }: WaitingLoad,
  keys: readonly OwnerKey[],
): Generator<PreparedRelated> {
  const { relationship, strategy, details } = branch;
  if (keys.length === 0) return;
  // What depends on more of the owner than its key is found by the owner's own row.
  if (strategy === "subquery" && !relationship.dependsOnRow && (origin.select.extras?.set ?? null) === null) {
    const { select, keyCount } = selectFromOwners(relationship, origin.select, source, details.criteria ?? []);
    const plan = planRelated(branch, session.loading(select, true), keyCount);
    yield { prepared: preparePlan(session, plan, origin.given), keyCount };
    return;
  }
  const size = relationship.definition.pairs.length === 1 ? keysPerStatement : compositeKeysPerStatement;
  for (let start = 0; start < keys.length; start += size) {
    yield byKeys(session, branch, keys.length <= size ? keys : keys.slice(start, start + size));
  }
}

function byKeys(session: EntitySession, branch: EagerBranch, keys: readonly OwnerKey[]): PreparedRelated {
  const known = branch.kept.plan;
  if (known instanceof RelatedPlan && known.holds && !session.hearsLoads) {
    const select = copySelect(known.plan.select);
    select.where = select.where.with(known.at, isAmong([known.column], keys));
    return { prepared: preparePlan(session, { ...known.plan, select }, undefined), keyCount: known.keyCount };
  }
  const { select, keyCount } = selectOfMany(branch.relationship, keys, branch.details);
  const plan = planRelated(branch, session.loading(select, true), keyCount);
  const [condition] = select.where;
  const at = condition === undefined ? -1 : plan.select.where.indexOf(condition);
  if (at >= 0 && isListOfKeys(condition)) branch.kept.plan = new RelatedPlan(plan, keyCount, at, condition.left);
  return { prepared: preparePlan(session, plan, undefined), keyCount };
}

function planRelated({ relationship, below, path }: EagerBranch, select: SelectNode, keyCount: number): LoadPlan {
  return planLoad(select, { tree: below, path, needed: keyCount === 0 ? relationship.remoteColumns : [] });
}

/** True for `column IN (…)`, whose list another one can replace. */
function isListOfKeys(
  condition: SelectNode["where"][number] | undefined,
): condition is BinaryNode & { readonly left: ColumnNode } {
  return condition?.kind === "binary" && condition.operator === "in" && condition.left.kind === "column";
}
