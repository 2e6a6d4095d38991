// Carries out a plan, step by step.
import type { Operation } from "../../engine/execution.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import type { Entity } from "../entity.js";
import { copyKeys } from "./copy-keys.js";
import type { FlushPlan, SaveStep } from "./flush-plan.js";
import type { FlushRecord } from "./flush-record.js";
import { insertRows } from "./insert-rows.js";
import { deleteLinks, insertLinks } from "./link-rows.js";
import { deleteRows, takeOverRow, updateRows } from "./update-rows.js";

/** Sends the plan's statements; `record` learns what has to be undone should the transaction be rolled back. */
export function* executePlan(plan: FlushPlan, dialect: SqlDialect, record: FlushRecord): Operation<void> {
  const { rowSwitches } = plan.changes;
  const taken = new Set(rowSwitches.values());
  for (const step of plan.steps) {
    switch (step.kind) {
      case "save":
        yield* saveRows(step, rowSwitches, dialect, record);
        break;
      case "delete":
        yield* deleteRows(
          step.mapper,
          step.entities.filter((entity) => !taken.has(entity)),
          dialect,
        );
        break;
      case "link":
        yield* insertLinks(step.relationship, step.pairs, dialect);
        break;
      case "unlink":
        yield* deleteLinks(step.relationship, step.pairs, dialect);
        break;
    }
  }
}

function* saveRows(
  { mapper, copies, updates, inserts }: SaveStep,
  rowSwitches: ReadonlyMap<Entity, Entity>,
  dialect: SqlDialect,
  record: FlushRecord,
): Operation<void> {
  for (const each of copies) {
    copyKeys(each);
    record.copies.push(each);
  }
  if (rowSwitches.size === 0) yield* updateRows(mapper, updates, dialect);
  else {
    for (const entity of updates) {
      const former = rowSwitches.get(entity);
      if (former !== undefined) yield* takeOverRow(mapper, entity, former, dialect);
    }
    yield* updateRows(
      mapper,
      updates.filter((entity) => !rowSwitches.has(entity)),
      dialect,
    );
  }
  yield* insertRows(mapper, inserts, dialect, record);
}
