// Carries out a plan, step by step.
import type { Operation } from "../../engine/execution.js";
import type { Entity, EntitySession } from "../entity.js";
import { tellRows } from "../events/tell-rows.js";
import { mapperOf, readField } from "../mapper.js";
import type { SessionFlow } from "../session-flow.js";
import { childSlots } from "./change-set.js";
import { setOfSlots } from "./column-set.js";
import { copyKeys } from "./copy-keys.js";
import { deleteRows } from "./delete-rows.js";
import type { FlushPlan, FlushStep, PostUpdateStep, SaveStep } from "./flush-plan.js";
import type { FlushRecord } from "./flush-record.js";
import type { FlushWork } from "./flush-work.js";
import { insertRows } from "./insert-rows.js";
import { applyKeySwitches } from "./key-changes.js";
import { compareKeys } from "./key-order.js";
import { updateLinkKeys } from "./link-keys.js";
import { deleteLinks, insertLinks } from "./link-rows.js";
import { storedValue } from "./row-values.js";
import { takeOverRow, updateRows, writeColumns } from "./update-rows.js";
import { byTable, rowTablesOf } from "./row-table.js";
import { loadVersions } from "./versions.js";

/** Sends the plan's statements; `record` learns what has to be undone should the transaction be rolled back. */
export function* executePlan(plan: FlushPlan, session: EntitySession, record: FlushRecord): SessionFlow<void> {
  for (const step of plan.steps) {
    const mapper = "mapper" in step ? step.mapper : step.relationship.owner;
    const work: FlushWork = { changes: plan.changes, dialect: session.dialectOf(mapper), record };
    yield* session.routed(mapper, executeStep(step, work));
  }
}

function* executeStep(step: FlushStep, work: FlushWork): Operation<void> {
  switch (step.kind) {
    case "save":
      return yield* saveRows(step, work);
    case "delete": {
      const taken = new Set(work.changes.rowSwitches.values());
      const entities = taken.size === 0 ? step.entities : step.entities.filter((entity) => !taken.has(entity));
      tellRows("beforeDelete", step.mapper, entities);
      const runs = byTable(step.mapper, entities).toReversed();
      for (const run of runs) yield* deleteRows(run.table, run.entities, work);
      tellRows("afterDelete", step.mapper, entities);
      return undefined;
    }
    case "relink":
      return yield* updateLinkKeys(step.key, step.entities, work);
    case "post-update":
      return yield* updateKeys(step, work);
    case "link":
      return yield* insertLinks(step.relationship, step.pairs, work.dialect);
    case "unlink":
      return yield* deleteLinks(step.relationship, step.pairs, work.dialect);
  }
}

function* saveRows({ mapper, copies, updates, inserts }: SaveStep, work: FlushWork): Operation<void> {
  const { changes, record } = work;
  const { rowSwitches } = changes;
  for (const each of copies) {
    copyKeys(each, changes);
    record.copies.push(each);
  }
  tellRows("beforeInsert", mapper, inserts);
  tellRows("beforeUpdate", mapper, updates);
  for (const entity of updates) {
    const former = rowSwitches.get(entity);
    if (former === undefined) continue;
    for (const table of rowTablesOf(mapperOf(entity))) yield* takeOverRow(table, entity, former, work);
  }
  const own = rowSwitches.size === 0 ? updates : updates.filter((entity) => !rowSwitches.has(entity));
  for (const { table, entities } of byTable(mapper, own)) yield* updateRows(table, entities, work);
  if (changes.keySwitches.size > 0) for (const entity of own) applyKeySwitches(changes, entity);
  for (const { table, entities } of byTable(mapper, inserts)) yield* insertRows(table, entities, work);
  tellRows("afterInsert", mapper, inserts);
  tellRows("afterUpdate", mapper, updates);
}

/** The foreign keys that wait until all rows are there, or have to go before any row does. */
function* updateKeys({ mapper, copies }: PostUpdateStep, work: FlushWork): Operation<void> {
  const before = new Map<Entity, unknown[]>();
  const slots = [...new Set(copies.flatMap(({ relationship }) => childSlots(relationship)))];
  const valuesOf = (entity: Entity): unknown[] => slots.map((slot) => storedValue(entity, slot) ?? null);
  for (const { children } of copies) for (const child of children) before.set(child, valuesOf(child));
  for (const each of copies) {
    copyKeys(each, work.changes);
    work.record.copies.push(each);
  }
  const now = (entity: Entity): unknown[] => slots.map(({ field }) => readField(entity, field) ?? null);
  const changed = [...before].filter(([entity, values]) => compareKeys(values, now(entity)) !== 0);
  const entities = changed.map(([entity]) => entity);
  for (const table of rowTablesOf(mapper)) {
    const its = slots.filter(({ index }) => table.slots.some((slot) => slot.index === index));
    if (its.length === 0) continue;
    yield* loadVersions(table, entities, work);
    yield* writeColumns(table, entities, setOfSlots(table, its), work);
  }
}
