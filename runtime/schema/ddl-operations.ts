// Creating and dropping whole schemas as one operation: what exists is asked first, then statements in dependency
// order.
import type { ExecutionRequest, Operation } from "../engine/execution.js";
import { ddlStatement, probeStatement } from "../sql/compile/plain-statement.js";
import type { Constraint, ForeignKeyConstraint } from "./constraints.js";
import { type Creation, creationOrder } from "./creation-order.js";
import type { DdlDialect } from "./ddl-dialect.js";
import { type DdlHooks, NO_HOOKS } from "./ddl-events.js";
import { FOREIGN_KEY, type ObjectDefinition, SchemaObject } from "./schema-objects.js";
import { type SchemaParts, schemasOf, typesOf } from "./schema-parts.js";
import { sortTables } from "./sort-tables.js";
import type { TableDefinition } from "./table-form.js";
import { targetKey } from "./target-name.js";

/** How a schema is created or dropped. */
export interface DdlRun {
  readonly ddl: DdlDialect;
  /** Ask what is there, or leave it to the database to complain. */
  readonly checkFirst: boolean;
  /** Who is told, and may add statements. */
  readonly hooks?: DdlHooks;
}

/** Creates what is not there yet; without `checkFirst`, everything. */
export function* createSchema(parts: SchemaParts, run: DdlRun): Operation<void> {
  const { ddl, hooks = NO_HOOKS } = run;
  const missing = yield* missingParts(parts, run);
  for (const schema of schemasOf(missing)) {
    const probe = ddl.schemaProbe(schema);
    if (probe === null || (run.checkFirst && (yield* answers(probe)))) continue;
    yield define(() => ddl.createSchema(schema, !run.checkFirst));
  }
  yield* hooks.fire("beforeCreate", null);
  for (const object of missing.objects) {
    if (object.definition.type === "extension") yield* createObject(object, ddl);
  }
  yield* createTypes(parts, missing, run);
  if (missing.objects.length > 0) for (const statement of ddl.beforeObjects) yield define(() => statement);
  const order = creationOrder(missing, ddl);
  const tables = order.flatMap(({ kind, item }) => (kind === "table" ? [item] : []));
  const postponed = ddl.foreignKeysNeedTables ? keysToLaterTables(tables) : new Set<ForeignKeyConstraint>();
  for (const creation of order) yield* create(creation, postponed, run);
  for (const table of tables) {
    for (const key of table.foreignKeys) if (postponed.has(key)) yield define(() => ddl.addConstraint(table, key));
  }
  for (const table of [...tables, ...missing.views]) yield* createOwned(table, run);
  yield* hooks.fire("afterCreate", null);
}

function* create(creation: Creation, postponed: ReadonlySet<Constraint>, run: DdlRun): Operation<void> {
  const { ddl, hooks = NO_HOOKS } = run;
  switch (creation.kind) {
    case "sequence":
      yield define(() => ddl.createSequence(creation.item));
      for (const statement of ddl.afterSequence(creation.item)) yield define(() => statement);
      break;
    case "object":
      yield* createObject(creation.item, ddl);
      break;
    default: {
      const { item } = creation;
      yield* hooks.fire("beforeCreate", item);
      for (const statement of ddl.beforeTable(item)) yield define(() => statement);
      yield define(() => (creation.kind === "view" ? ddl.createView(item) : ddl.createTable(item, postponed)));
      for (const index of item.indexes) {
        if (index.properties.only?.includes(ddl.name) !== false) yield define(() => ddl.createIndex(index));
      }
      for (const statement of ddl.afterTable(item, postponed)) yield define(() => statement);
      yield* hooks.fire("afterCreate", item);
    }
  }
}

/** What comments and settings may be about. */
const SUBJECTS: ReadonlySet<string> = new Set(["trigger", "rule", "policy"]);

function isSubject({ type }: ObjectDefinition): boolean {
  return SUBJECTS.has(type);
}

/** Triggers and the like, once all that they may name is there, and then what is said of them. */
function* createOwned({ objects }: TableDefinition, { ddl }: DdlRun): Operation<void> {
  for (const definition of [...objects.filter(isSubject), ...objects.filter((one) => !isSubject(one))]) {
    const sql = ddl.createObject({ definition });
    if (sql !== undefined) yield define(() => sql);
  }
}

function* createObject(object: SchemaObject, ddl: DdlDialect): Operation<void> {
  const sql = ddl.createObject(object);
  if (sql !== undefined) yield define(() => sql);
}

/** The types that the new tables need and those that were declared. */
function* createTypes(parts: SchemaParts, missing: SchemaParts, { ddl, checkFirst }: DdlRun): Operation<void> {
  const comments = new Map(parts.types.map(({ key, comment }) => [key, comment]));
  for (const type of ddl.namedTypes(typesOf(parts, missing.tables))) {
    if (checkFirst && (yield* answers(type.existenceProbe))) continue;
    yield define(() => type.create);
    const comment = comments.get(type.key);
    if (comment !== undefined && comment !== null) yield define(() => type.comment(comment));
  }
}

/** What the database does not have; everything where it need not be asked. */
function* missingParts(parts: SchemaParts, { ddl, checkFirst }: DdlRun): Operation<SchemaParts> {
  if (!checkFirst) return parts;
  const tables = yield* selectTables(sortTables(parts.tables).tables, ddl, false);
  const views = yield* selectTables(parts.views, ddl, false);
  const sequences = yield* without(parts.sequences, (sequence) => ddl.sequenceProbe(sequence));
  // Of what nobody can look for, all comes with the first tables.
  const isFirst = tables.length === parts.tables.length;
  const objects = yield* without(parts.objects, (object) => ddl.objectProbe(object), isFirst);
  return { ...parts, tables, views, sequences, objects };
}

/** The items whose probe finds nothing; without a probe, `otherwise` decides. */
function* without<Item>(
  items: readonly Item[],
  probeOf: (item: Item) => string | null,
  otherwise = false,
): Operation<readonly Item[]> {
  const found: Item[] = [];
  for (const item of items) {
    const probe = probeOf(item);
    if (probe === null ? otherwise : !(yield* answers(probe))) found.push(item);
  }
  return found;
}

/** Foreign keys to tables that are created only afterwards: those of a ring. */
function keysToLaterTables(tables: readonly TableDefinition[]): ReadonlySet<ForeignKeyConstraint> {
  const later = new Set(tables.map((table) => table.key));
  const keys = new Set<ForeignKeyConstraint>();
  for (const table of tables) {
    later.delete(table.key);
    for (const key of table.foreignKeys) if (later.has(targetKey(key.target))) keys.add(key);
  }
  return keys;
}

/** Drops what is there, in the reverse order; without `checkFirst`, everything. Schemas and extensions stay. */
export function* dropSchema(parts: SchemaParts, run: DdlRun): Operation<void> {
  const { ddl, checkFirst, hooks = NO_HOOKS } = run;
  yield* hooks.fire("beforeDrop", null);
  const order = creationOrder(parts, ddl).toReversed();
  const { tables: sorted, cyclic } = sortTables(parts.tables);
  const reversed = sorted.toReversed();
  const present = checkFirst ? yield* selectTables(reversed, ddl, true) : reversed;
  const lastTable = order.findLastIndex(({ kind }) => kind === "table");
  const hasKeys = present.some(({ objects }) => objects.some(({ type }) => type === FOREIGN_KEY));
  if (hasKeys || order.slice(0, lastTable).some(({ kind }) => kind === "object")) yield* dropOwned(present, ddl);
  if (cyclic) yield* dropRing(order, present, run);
  else for (const creation of order) if (isPresent(creation, present)) yield* drop(creation, run);
  // A type that is made of another goes first.
  for (const type of ddl.namedTypes(typesOf(parts, sorted)).toReversed()) {
    if (!checkFirst || (yield* answers(type.unusedProbe))) yield define(() => type.drop);
  }
  yield* hooks.fire("afterDrop", null);
}

function isPresent({ kind, item }: Creation, present: readonly TableDefinition[]): boolean {
  return kind !== "table" || present.some((table) => table === item);
}

/** Tables that refer to each other go together: after what was made of them, before what they were made of. */
function* dropRing(order: readonly Creation[], present: readonly TableDefinition[], run: DdlRun): Operation<void> {
  const { ddl, hooks = NO_HOOKS } = run;
  const lastTable = order.findLastIndex(({ kind }) => kind === "table");
  const others = order.slice(0, lastTable).filter(({ kind }) => kind !== "table");
  for (const creation of others) yield* drop(creation, run);
  if (present.length > 0) for (const statement of ddl.beforeDroppingCycle) yield define(() => statement);
  for (const table of present) yield* hooks.fire("beforeDrop", table);
  for (const statement of ddl.dropTables(present, true)) yield define(() => statement);
  for (const table of present) yield* hooks.fire("afterDrop", table);
  for (const creation of order.slice(lastTable + 1)) yield* drop(creation, run);
}

/** What stands between a table and a function or another table that goes before it. */
function* dropOwned(tables: readonly TableDefinition[], ddl: DdlDialect): Operation<void> {
  for (const table of tables) {
    for (const object of table.objects) {
      const statement = ddl.dropOwned(table, object);
      if (statement !== null) yield define(() => statement);
    }
  }
}

function* drop(creation: Creation, run: DdlRun): Operation<void> {
  const { ddl, checkFirst, hooks = NO_HOOKS } = run;
  switch (creation.kind) {
    case "view":
      if (checkFirst && !(yield* exists(creation.item, ddl))) return;
      yield* hooks.fire("beforeDrop", creation.item);
      yield define(() => ddl.dropView(creation.item));
      yield* hooks.fire("afterDrop", creation.item);
      break;
    case "sequence":
      if (checkFirst && !(yield* answers(ddl.sequenceProbe(creation.item)))) return;
      yield define(() => ddl.dropSequence(creation.item));
      break;
    case "object": {
      const probe = ddl.objectProbe(creation.item);
      const statement = ddl.dropObject(creation.item);
      if (statement === null || (checkFirst && probe !== null && !(yield* answers(probe)))) return;
      yield define(() => statement);
      break;
    }
    case "table":
      yield* hooks.fire("beforeDrop", creation.item);
      yield define(() => ddl.dropTable(creation.item));
      yield* hooks.fire("afterDrop", creation.item);
      break;
  }
}

/** The tables of which the database says what is wanted. */
function* selectTables(
  tables: readonly TableDefinition[],
  ddl: DdlDialect,
  wanted: boolean,
): Operation<readonly TableDefinition[]> {
  const selected: TableDefinition[] = [];
  for (const table of tables) if ((yield* exists(table, ddl)) === wanted) selected.push(table);
  return selected;
}

function* exists(table: TableDefinition, ddl: DdlDialect): Operation<boolean> {
  for (const probe of ddl.existenceProbes(table)) if (yield* answers(probe)) return true;
  return false;
}

function* answers(probe: string): Operation<boolean> {
  const { rows } = yield { compiled: probeStatement(probe), parameters: [[]] };
  return rows.length > 0;
}

function define(write: () => string): ExecutionRequest {
  return { compiled: ddlStatement(write), parameters: [[]] };
}
