// A MySQL or MariaDB database as a schema model: one question a catalogue, whatever the number of tables. Only what has
// no catalogue is asked for by itself, or what loses something there: partitioned tables, functions, procedures,
// events, and views, whose strings have no character set in theirs.
import type {
  EnumModel,
  ObjectModel,
  SchemaModel,
  SequenceModel,
  TableModel,
  ViewModel,
} from "../../../model/schema-model.js";
import type { Operation, SqlRow } from "../../engine/execution.js";
import { ask, flagOf, groupBy, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import type { DialectInspector, ReadRequest } from "../../reflect/dialect-inspector.js";
import { sequenceOptions } from "../../reflect/sequence-facts.js";
import * as queries from "./catalog-queries.js";
import { partitioning, viewSelect, withoutDatabase, withoutDefiner } from "./catalog-text.js";
import { quoteMysqlIdentifier, quoteMysqlLiteral } from "./identifiers.js";
import { type CatalogServer, modelName, readTable, readViewColumns } from "./reflected-table.js";

/** How one of the two servers differs from the other. */
interface InspectorOptions {
  readonly dialect: string;
  /** The tables' collation where they say none. */
  readonly collation: string;
}

export class MysqlInspector implements DialectInspector {
  readonly #options: InspectorOptions;

  constructor(options: InspectorOptions) {
    this.#options = options;
  }

  *defaultSchema(): Operation<string> {
    return (yield* this.#server()).database;
  }

  *schemaNames(): Operation<readonly string[]> {
    const rows = yield* ask(queries.schemaNamesQuery);
    return rows.map(([name]) => textOf(name));
  }

  *read({ schemas, only }: ReadRequest): Operation<SchemaModel> {
    const server = yield* this.#server();
    const scope: queries.CatalogScope = {
      schemas: (schemas ?? [server.database]).map(quoteMysqlLiteral),
      ...(only === undefined ? {} : { only: only.map(quoteMysqlLiteral) }),
    };
    const relations = yield* ask(queries.relationsQuery(scope));
    const columns = groupBy(yield* ask(queries.columnsQuery(scope)), keyOf);
    const { tables, enums } = yield* readTables(relations, columns, scope, server);
    const views = yield* readViews(columns, scope, server);
    return {
      dialects: [server.dialect],
      enums,
      sequences: yield* readSequences(relations, server),
      tables,
      views,
      objects: only === undefined ? yield* readPrograms(scope, server) : [],
      classes: [],
    };
  }

  *#server(): Operation<CatalogServer> {
    const [row = []] = yield* ask(queries.serverQuery);
    const [version, database] = row;
    return { ...this.#options, isMariadb: /mariadb/i.test(textOf(version)), database: textOf(database) };
  }
}

/** Schema and table stand first in every row. */
function keyOf(row: SqlRow): string {
  return JSON.stringify([textOf(row[0]), textOf(row[1])]);
}

type Rows = ReadonlyMap<string, readonly SqlRow[]>;

function* readTables(
  relations: readonly SqlRow[],
  columns: Rows,
  scope: queries.CatalogScope,
  server: CatalogServer,
): Operation<{ tables: TableModel[]; enums: EnumModel[] }> {
  const indexes = groupBy(yield* ask(queries.indexesQuery(scope, server.isMariadb)), keyOf);
  const foreignKeys = groupBy(yield* ask(queries.foreignKeysQuery(scope)), keyOf);
  const checks = groupBy(yield* ask(queries.checksQuery(scope, server.isMariadb)), keyOf);
  const triggers = groupBy(yield* ask(queries.triggersQuery(scope)), keyOf);
  const tables: TableModel[] = [];
  const enums: EnumModel[] = [];
  for (const row of relations) {
    if (row[2] !== "BASE TABLE" && row[2] !== "SYSTEM VERSIONED") continue;
    const key = keyOf(row);
    const read = readTable(
      row,
      {
        columns: columns.get(key) ?? [],
        indexes: indexes.get(key) ?? [],
        foreignKeys: foreignKeys.get(key) ?? [],
        checks: checks.get(key) ?? [],
        triggers: (triggers.get(key) ?? []).map((trigger) => triggerModel(trigger, server)),
        partitioning: yield* readPartitioning(row),
      },
      server,
    );
    tables.push(read.table);
    enums.push(...read.enums);
  }
  return { tables, enums };
}

function* readPartitioning([schema, name, , , , createOptions]: SqlRow): Operation<string | undefined> {
  if (!/\bpartitioned\b/.test(textOf(createOptions))) return undefined;
  const [shown = []] = yield* ask(`SHOW CREATE TABLE ${qualified(schema, name)}`);
  return partitioning(textOf(shown[1]));
}

function triggerModel([schema, table, name, timing, event, statement]: SqlRow, server: CatalogServer): ObjectModel {
  const on = modelName(textOf(schema), textOf(table), server);
  const quotedTable = on.schema === undefined ? quoteMysqlIdentifier(on.name) : qualified(schema, table);
  const head = `CREATE TRIGGER ${quoteMysqlIdentifier(textOf(name))} ${textOf(timing)} ${textOf(event)}`;
  const sql = `${head} ON ${quotedTable} FOR EACH ROW ${textOf(statement)}`;
  return { name: textOf(name), type: "trigger", sql: rawSql(server.dialect, sql), after: [] };
}

function* readViews(columns: Rows, scope: queries.CatalogScope, server: CatalogServer): Operation<ViewModel[]> {
  const views: ViewModel[] = [];
  for (const row of yield* ask(queries.viewsQuery(scope, server.isMariadb))) {
    const [shown = []] = yield* ask(`SHOW CREATE VIEW ${qualified(row[0], row[1])}`);
    const select = viewSelect(withoutDatabase(textOf(shown[1]), server.database));
    views.push(viewModel(row, select, columns, server));
  }
  return views;
}

function viewModel(row: SqlRow, select: string, columns: Rows, server: CatalogServer): ViewModel {
  const [schema = "", view = "", checkOption = "", security, algorithm = ""] = row.map(textOf);
  const name = modelName(schema, view, server);
  const entries = [
    ...(checkOption === "NONE" ? [] : [{ name: "check_option", value: checkOption.toLowerCase() }]),
    ...(security === "INVOKER" ? [{ name: "sql security", value: "invoker" }] : []),
    ...(algorithm === "" || algorithm === "UNDEFINED" ? [] : [{ name: "algorithm", value: algorithm.toLowerCase() }]),
  ];
  return {
    ...name,
    materialized: false,
    columns: readViewColumns(columns.get(keyOf(row)) ?? [], name, server),
    definition: rawSql(server.dialect, select),
    indexes: [],
    ...(entries.length === 0 ? {} : { options: [{ dialect: server.dialect, entries }] }),
  };
}

/** MariaDB keeps a sequence as a table of one row. */
function* readSequences(relations: readonly SqlRow[], server: CatalogServer): Operation<SequenceModel[]> {
  const names = relations.filter((row) => row[2] === "SEQUENCE");
  if (names.length === 0) return [];
  const parts = names.map(
    ([schema, name], index) =>
      `SELECT ${index}, start_value, increment, minimum_value, maximum_value, cache_size, cycle_option ` +
      `FROM ${qualified(schema, name)}`,
  );
  const rows = yield* ask(`${parts.join(" UNION ALL ")} ORDER BY 1`);
  return names.map(([schema, name], index) => sequenceModel(textOf(schema), textOf(name), rows[index] ?? [], server));
}

function sequenceModel(schema: string, name: string, row: SqlRow, server: CatalogServer): SequenceModel {
  const [, start = "", increment = "", minValue = "", maxValue = "", cache = "", cycle] = row.map(textOf);
  // The last number of all is kept back.
  const largest = maxValue === "9223372036854775806" ? "9223372036854775807" : maxValue;
  const facts = { start, increment, minValue, maxValue: largest, cache, cycle: flagOf(Number(cycle)) };
  return { ...modelName(schema, name, server), type: "bigint", options: sequenceOptions(facts, "bigint", "1000") };
}

/** Where the CREATE stands in what SHOW CREATE gives. */
const CREATE_AT: Readonly<Record<string, number>> = { function: 2, procedure: 2, event: 3 };

function* readPrograms(scope: queries.CatalogScope, server: CatalogServer): Operation<ObjectModel[]> {
  const programs = yield* ask(queries.programsQuery(scope));
  const objects: ObjectModel[] = [];
  for (const [kind, schema, name] of programs) {
    const type = textOf(kind);
    const [shown = []] = yield* ask(`SHOW CREATE ${type.toUpperCase()} ${qualified(schema, name)}`);
    const text = optionalText(shown[CREATE_AT[type] ?? 2]) ?? "";
    const sql = rawSql(server.dialect, withoutDefiner(text));
    objects.push({ ...modelName(textOf(schema), textOf(name), server), type, sql, after: [] });
  }
  return objects;
}

function qualified(schema: unknown, name: unknown): string {
  return `${quoteMysqlIdentifier(textOf(schema))}.${quoteMysqlIdentifier(textOf(name))}`;
}
