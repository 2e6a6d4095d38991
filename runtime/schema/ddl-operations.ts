// Creating and dropping many tables as one operation: what exists is asked first, then statements in dependency order.
import type { ExecutionRequest, Operation } from "../engine/execution.js";
import { ddlStatement, probeStatement } from "../sql/compile/plain-statement.js";
import type { ForeignKeyConstraint } from "./constraints.js";
import type { DdlDialect } from "./ddl-dialect.js";
import { sortTables } from "./sort-tables.js";
import type { TableDefinition } from "./table-form.js";
import { targetKey } from "./target-name.js";

/** Creates the tables, and their indexes, that are not there yet; with `checkFirst` false, all of them. */
export function* createTables(
  tables: Iterable<TableDefinition>,
  ddl: DdlDialect,
  checkFirst: boolean,
): Operation<void> {
  const missing = yield* selectTables(sortTables(tables).tables, ddl, checkFirst, false);
  for (const type of ddl.namedTypes(missing)) {
    if (!checkFirst || !(yield* answers(type.existenceProbe))) yield define(() => type.create);
  }
  const postponed = ddl.foreignKeysNeedTables ? keysToLaterTables(missing) : new Set<ForeignKeyConstraint>();
  for (const table of missing) {
    yield define(() => ddl.createTable(table, postponed));
    for (const index of table.indexes) yield define(() => ddl.createIndex(index));
    for (const statement of ddl.afterTable(table)) yield define(() => statement);
  }
  for (const table of missing) {
    for (const key of table.foreignKeys) if (postponed.has(key)) yield define(() => ddl.addForeignKey(table, key));
  }
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

/** Drops the tables that are there, those that refer to others first; with `checkFirst` false, all of them. */
export function* dropTables(tables: Iterable<TableDefinition>, ddl: DdlDialect, checkFirst: boolean): Operation<void> {
  const { tables: sorted, cyclic } = sortTables(tables);
  const present = yield* selectTables(sorted.toReversed(), ddl, checkFirst, true);
  if (cyclic && present.length > 0) for (const statement of ddl.beforeDroppingCycle) yield define(() => statement);
  for (const statement of ddl.dropTables(present, cyclic)) yield define(() => statement);
  // A type that is made of another goes first.
  for (const type of ddl.namedTypes(sorted).toReversed()) {
    if (!checkFirst || (yield* answers(type.unusedProbe))) yield define(() => type.drop);
  }
}

/** The tables of which the database says what is wanted; all of them where it need not be asked. */
function* selectTables(
  tables: readonly TableDefinition[],
  ddl: DdlDialect,
  checkFirst: boolean,
  wanted: boolean,
): Operation<readonly TableDefinition[]> {
  if (!checkFirst) return tables;
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
