// A PostgreSQL database as a schema model: one question a catalogue, whatever the number of tables.
import { enumTypeName } from "../../../model/naming.js";
import type {
  CheckModel,
  DomainModel,
  EnumModel,
  ObjectModel,
  SchemaModel,
  SequenceModel,
  TableModel,
  ViewModel,
} from "../../../model/schema-model.js";
import type { Operation, SqlRow } from "../../engine/execution.js";
import { ask, flagOf, groupBy, jsonOf, listOf, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import type { DialectInspector } from "../../reflect/dialect-inspector.js";
import { propertyNames } from "../../reflect/property-names.js";
import { sequenceOptions } from "../../reflect/sequence-facts.js";
import { withoutParentheses } from "../../reflect/sql-tokens.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import * as queries from "./catalog-queries.js";
import { commentsQuery, ownedCommentsQuery } from "./comment-queries.js";
import { leftOutQuery } from "./left-out-query.js";
import {
  type CatalogCollation,
  type CatalogSequence,
  collationName,
  modelName,
  readColumn,
} from "./reflected-column.js";
import { POSTGRESQL_QUOTING, readConstraint, readIndex } from "./reflected-constraints.js";
import { readTable, readView, type RelationParts } from "./reflected-relation.js";
import { type CatalogType, reflectedType } from "./reflected-type.js";
import { settingsQuery } from "./setting-queries.js";

export const postgresqlInspector: DialectInspector = {
  defaultSchema,

  *schemaNames() {
    const rows = yield* ask(queries.schemaNamesQuery);
    return rows.map(([name]) => textOf(name));
  },

  *read({ schemas, only }) {
    const own = yield* defaultSchema();
    const scope: queries.CatalogScope = {
      schemas: (schemas ?? [own]).map(quoteLiteral),
      ...(only === undefined ? {} : { only: only.map(quoteLiteral) }),
    };
    const relations = yield* readRelations(scope, own);
    const enums = yield* ask(queries.enumsQuery(scope));
    const domains = yield* ask(queries.domainsQuery(scope));
    const sequences = yield* ask(queries.sequencesQuery(scope));
    const objects = only === undefined ? yield* readObjects(scope, own) : [];
    const model: SchemaModel = {
      dialects: ["postgresql"],
      enums: enums.map((row) => enumModel(row, own)),
      domains: domains.map((row) => domainModel(row, own)),
      sequences: sequences.filter(([oid]) => !relations.serials.has(textOf(oid))).map((row) => sequenceModel(row, own)),
      tables: relations.tables,
      views: relations.views,
      objects: [...objects, ...relations.viewObjects],
      classes: [],
    };
    return model;
  },

  *leftOut({ schemas }) {
    const rows = yield* ask(leftOutQuery({ schemas: (schemas ?? [yield* defaultSchema()]).map(quoteLiteral) }));
    return rows.map(([line]) => textOf(line));
  },
};

function* defaultSchema(): Operation<string> {
  const [row] = yield* ask(queries.defaultSchemaQuery);
  return optionalText(row?.[0]) ?? "public";
}

interface Relations {
  readonly tables: readonly TableModel[];
  readonly views: readonly ViewModel[];
  /** Triggers and rules of views. */
  readonly viewObjects: readonly ObjectModel[];
  /** The sequences that columns count by, by oid. */
  readonly serials: ReadonlySet<string>;
}

function* readRelations(scope: queries.CatalogScope, own: string): Operation<Relations> {
  const relations = yield* ask(queries.relationsQuery(scope));
  const columns = groupBy(yield* ask(queries.columnsQuery(scope)), ownerOf);
  const constraints = groupBy(yield* ask(queries.constraintsQuery(scope)), ownerOf);
  const indexes = groupBy(yield* ask(queries.indexesQuery(scope)), ownerOf);
  const objects = groupBy(yield* readOwnedObjects(scope, own), ({ owner }) => owner);
  const serials = new Set<string>();
  const tables: TableModel[] = [];
  const views: ViewModel[] = [];
  const viewObjects: ObjectModel[] = [];
  for (const row of relations) {
    const oid = ownerOf(row);
    const name = modelName(textOf(row[1]), textOf(row[2]), own);
    const rows = columns.get(oid) ?? [];
    const properties = propertyNames(rows.map((column) => textOf(column[1])));
    const read = rows.map((column, index) => readColumn(column, name, properties[index] ?? "", own));
    for (const { serial } of read) if (serial !== undefined) serials.add(serial.oid);
    const parts: RelationParts = {
      columns: read,
      constraints: (constraints.get(oid) ?? []).map((constraint) => readConstraint(constraint, own)),
      indexes: (indexes.get(oid) ?? []).map(readIndex),
      objects: (objects.get(oid) ?? []).map(({ object }) => object),
    };
    const isTable = row[3] === "r" || row[3] === "p";
    if (isTable) {
      tables.push(readTable(row, parts, own));
    } else {
      views.push(readView(row, parts, own));
      for (const object of parts.objects) viewObjects.push({ ...object, after: [name, ...object.after] });
    }
  }
  return { tables, views, viewObjects, serials };
}

/** The first column says what a row belongs to. */
function ownerOf(row: SqlRow): string {
  return textOf(row[0]);
}

function* readOwnedObjects(
  scope: queries.CatalogScope,
  own: string,
): Operation<readonly { readonly owner: string; readonly object: ObjectModel }[]> {
  const found: { owner: string; object: ObjectModel }[] = [];
  const kinds = [
    ["trigger", queries.triggersQuery(scope)],
    ["rule", queries.rulesQuery(scope)],
    ["policy", queries.policiesQuery(scope)],
  ] as const;
  for (const [type, query] of kinds) {
    for (const [owner, ...row] of yield* ask(query)) {
      found.push({ owner: textOf(owner), object: objectModel(type, [null, ...row], own) });
    }
  }
  for (const [owner, type, name, sql] of yield* ask(settingsQuery(scope))) {
    found.push({ owner: textOf(owner), object: objectModel(textOf(type), [null, name, null, sql, null], own) });
  }
  for (const [owner, ...row] of yield* ask(ownedCommentsQuery(scope))) {
    found.push({ owner: textOf(owner), object: objectModel("comment", [null, ...row], own) });
  }
  return found;
}

function* readObjects(scope: queries.CatalogScope, own: string): Operation<readonly ObjectModel[]> {
  const kinds = [
    ["extension", queries.extensionsQuery],
    ["collation", queries.collationsQuery(scope)],
    ["type", queries.rangesQuery(scope)],
    ["type", queries.compositesQuery(scope)],
    ["function", queries.functionsQuery(scope, "functions")],
    ["procedure", queries.functionsQuery(scope, "procedures")],
    ["aggregate", queries.aggregatesQuery(scope)],
    ["statistics", queries.statisticsQuery(scope)],
    ["comment", commentsQuery(scope)],
  ] as const;
  const objects: ObjectModel[] = [];
  for (const [type, query] of kinds) {
    for (const row of yield* ask(query)) objects.push(objectModel(type, row, own));
  }
  return objects;
}

/** Schema, name, signature, text, and what it needs. */
function objectModel(type: string, row: SqlRow, own: string): ObjectModel {
  const [schema, name, signature, sql, needs] = row;
  const inSchema = optionalText(schema);
  const parameters = optionalText(signature);
  return {
    ...(inSchema === undefined ? { name: textOf(name) } : modelName(inSchema, textOf(name), own)),
    type,
    ...(parameters === undefined ? {} : { signature: parameters }),
    sql: rawSql("postgresql", textOf(sql).trim()),
    after: (jsonOf<[string, string][]>(needs) ?? []).map(([from, needed]) => modelName(from, needed, own)),
  };
}

function enumModel([schema, name, values, note]: SqlRow, own: string): EnumModel {
  const qualified = modelName(textOf(schema), textOf(name), own);
  const comment = optionalText(note);
  return {
    ...qualified,
    typeName: enumTypeName(qualified),
    values: listOf(values),
    ...(comment === undefined ? {} : { comment }),
  };
}

function domainModel([schema, name, type, notNull, value, collation, checks, note]: SqlRow, own: string): DomainModel {
  const base = jsonOf<CatalogType>(type);
  const initial = optionalText(value);
  const collated = jsonOf<CatalogCollation>(collation);
  const comment = optionalText(note);
  return {
    ...modelName(textOf(schema), textOf(name), own),
    type: base === undefined ? { kind: "text" } : reflectedType(base, own),
    nullable: !flagOf(notNull),
    ...(initial === undefined ? {} : { default: rawSql("postgresql", initial) }),
    ...(collated === undefined ? {} : { collation: collationName(collated) }),
    checks: (jsonOf<[string, string, boolean][]>(checks) ?? []).map(domainCheck),
    ...(comment === undefined ? {} : { comment }),
  };
}

function domainCheck([name, condition, validated]: [string, string, boolean]): CheckModel {
  const expression = rawSql("postgresql", withoutParentheses(condition, POSTGRESQL_QUOTING));
  return { name, expression, ...(validated ? {} : { notValid: true }) };
}

function sequenceModel([, facts, note]: SqlRow, own: string): SequenceModel {
  const sequence = jsonOf<CatalogSequence>(facts);
  const comment = optionalText(note);
  return {
    ...modelName(sequence?.schema ?? "", sequence?.name ?? "", own),
    type: sequence?.type ?? "bigint",
    options: sequence === undefined ? {} : sequenceOptions(sequence, sequence.type),
    ...(comment === undefined ? {} : { comment }),
  };
}
