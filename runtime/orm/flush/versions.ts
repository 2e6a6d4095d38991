// Optimistic locking: a class may have a column that counts its rows' updates. Whoever updates or deletes a row says
// which count it saw; where the row has another by now, someone else was faster.
import type { Operation } from "../../engine/execution.js";
import { StaleDataError } from "../../errors/errors.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { loadMissingColumns } from "../column-load.js";
import { type Entity, noteColumnChange } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { IdentityMap } from "../identity-map.js";
import { readField, type Slot, writeField } from "../mapper.js";
import type { ChangeSet } from "./change-set.js";
import type { FlushWork } from "./flush-work.js";
import { keyPart, storedValue } from "./row-values.js";
import type { RowTable } from "./row-table.js";

/** Gives new objects their first count, unless they were given one. */
export function startVersions(mapper: RowTable, entities: readonly Entity[], { record }: FlushWork): void {
  const { version } = mapper;
  if (version === null) return;
  const counted = entities.filter((entity) => readField(entity, version.field) === undefined);
  for (const entity of counted) writeField(entity, version.field, countedOn(version, 0));
  if (counted.length > 0) record.made.push({ entities: counted, slots: [version] });
}

/** Loads the counts that are not known. */
export function* loadVersions(mapper: RowTable, entities: readonly Entity[], work: FlushWork): Operation<void> {
  const { version } = mapper;
  if (version === null) return;
  for (const entity of entities) {
    if (expectedVersion(version, entity, work.changes) === undefined) yield* loadVersion(entity, work.dialect);
  }
}

function loadVersion(entity: Entity, dialect: SqlDialect): Operation<void> {
  return loadMissingColumns(entity, dialect);
}

/** The count that the row has as far as is known; undefined where it is not loaded. */
export function expectedVersion(version: Slot, entity: Entity, { versions }: ChangeSet): unknown {
  return versions.get(entity) ?? storedValue(entity, version);
}

/** Counts one on: returns what the row has to have before, and sets what it has afterwards. */
export function countOn(version: Slot, entity: Entity, changes: ChangeSet): unknown {
  const before = expectedVersion(version, entity, changes);
  const after = countedOn(version, before);
  noteColumnChange(entity, version.index, readField(entity, version.field));
  writeField(entity, version.field, after);
  changes.versions.set(entity, after);
  return before;
}

function countedOn({ column }: Slot, before: unknown): unknown {
  if (typeof before === "bigint") return before + 1n;
  const after = Number(before) + 1;
  return column.type.logical.kind === "bigint" ? BigInt(after) : after;
}

/** The first of the objects whose key is not among those that came back. */
export function firstMissed(
  mapper: RowTable,
  entities: readonly Entity[],
  returned: readonly (readonly unknown[])[],
  { changes }: FlushWork,
): Entity | undefined {
  const met = new IdentityMap<readonly unknown[]>();
  const isComposite = mapper.primaryKey.length > 1;
  for (const row of returned) met.set(isComposite ? row : row[0], row);
  return entities.find((entity) => {
    const key = changes.rowKey(entity);
    return met.get(isComposite ? key : keyPart(mapper, key, 0)) === undefined;
  });
}

export function staleVersion(verb: string, mapper: RowTable, entity: Entity, expected: unknown): StaleDataError {
  const column = mapper.version?.column.name ?? "";
  return new StaleDataError(
    `${verb} of ${nameEntity(entity)} found no row with ${column} = ${String(expected)}: someone else has changed or ` +
      `deleted it since it was loaded. Roll back, load it again and repeat`,
  );
}
