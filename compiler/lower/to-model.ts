// The last stage before emission: a schema that passed the checks, as the schema model. Nothing is reported here.
import { createNameScope } from "../../model/naming.js";
import type { NamingTemplates } from "../../model/naming-templates.js";
import type {
  CheckModel,
  DomainModel,
  EnumModel,
  SchemaModel,
  SequenceModel,
  ViewModel,
} from "../../model/schema-model.js";
import { InternalError } from "../../model/internal-error.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { columnNames } from "../bind/column-names.js";
import { qualifiedName } from "../bind/qualified-path.js";
import { rawSql } from "../bind/raw-sql.js";
import type {
  BoundSchema,
  BoundTable,
  DomainSymbol,
  EnumSymbol,
  ResolvedType,
  SequenceSymbol,
} from "../bind/symbols.js";
import { currentValueName } from "../check/current-values.js";
import { lowerClass } from "./lower-class.js";
import { lowerColumn, lowerSequence } from "./lower-column.js";
import { type LowerScope, lowerIn } from "./lower-expression.js";
import { lowerIndex, lowerObject, lowerOptions, lowerTable } from "./lower-table.js";
import { TableNamer, takeWrittenNames } from "./made-names.js";

/** Lowers a schema without errors; one with errors is a bug of the caller. */
export function toModel(schema: BoundSchema, templates: NamingTemplates): SchemaModel {
  const scopes = takeWrittenNames(schema);
  const namerOf = ({ symbol: { name } }: BoundTable): TableNamer =>
    new TableNamer(scopes.get(name.schema) ?? createNameScope(), name.name, templates);
  const views = schema.tables.filter(isView).map((view) => lowerView(view, namerOf(view)));
  const { domains, sequences, objects } = schema;
  return {
    dialects: schema.dialects,
    enums: schema.enums.map(lowerEnum),
    ...(domains.length === 0 ? {} : { domains: domains.map(lowerDomain) }),
    ...(sequences.length === 0 ? {} : { sequences: sequences.map(lowerDeclaredSequence) }),
    tables: schema.tables.filter((table) => !isView(table)).map((table) => lowerTable(table, namerOf(table))),
    ...(views.length === 0 ? {} : { views }),
    ...(objects.length === 0 ? {} : { objects: objects.map(lowerObject) }),
    classes: inSourceOrder(schema).map((symbol) => lowerClass(symbol, schema)),
  };
}

function isView({ symbol }: BoundTable): boolean {
  return symbol.declaration.kind === "view";
}

/** Classes where their tables stand, and the classes that share a table where they are declared. */
function inSourceOrder({ units, classes }: BoundSchema) {
  const order = new Map(units.flatMap((unit) => unit.declarations).map((declaration, index) => [declaration, index]));
  const place = (symbol: BoundSchema["classes"][number]): number => order.get(symbol.declaration) ?? 0;
  return classes.toSorted((left, right) => place(left) - place(right));
}

function lowerEnum({ name, typeName, declaration }: EnumSymbol): EnumModel {
  const renamed = declaration.values.flatMap(({ value, was }) => (was === undefined ? [] : [{ value, was }]));
  const comment = declaration.comment?.value ?? declaration.doc?.text;
  return {
    ...name,
    typeName,
    values: declaration.values.map(({ value }) => value),
    ...(renamed.length === 0 ? {} : { renamedValues: renamed }),
    ...(comment === undefined ? {} : { comment }),
    ...(declaration.was === undefined ? {} : { was: qualifiedName(declaration.was) }),
  };
}

function lowerDomain(domain: DomainSymbol): DomainModel {
  const { name, declaration, resolved } = domain;
  if (resolved === undefined) throw new InternalError(`the type of domain ${domain.key} is unknown after the checks`);
  const scope = checkScope(resolved);
  const initial = declaration.options.find((option) => option.kind === "default");
  const collation = declaration.options.find((option) => option.kind === "collate");
  const comment = declaration.options.find((option) => option.kind === "comment")?.text.value ?? declaration.doc?.text;
  const checks = declaration.options.filter((option) => option.kind === "check");
  return {
    ...name,
    type: resolved.type,
    nullable: declaration.type.nullable,
    ...(initial === undefined ? {} : { default: lowerIn(initial.value, scope, resolved.storage) }),
    ...(collation === undefined ? {} : { collation: qualifiedKey(qualifiedName(collation.name)) }),
    checks: checks.map(({ constraintName, expression }, index): CheckModel => ({
      // PostgreSQL's names: `d_check`, `d_check1`, …
      name: constraintName?.text ?? `${name.name}_check${index === 0 ? "" : index}`,
      expression: lowerIn(expression, scope),
    })),
    ...(comment === undefined ? {} : { comment }),
  };
}

/** A domain's checks name the value as the column `value`. */
function checkScope({ storage }: ResolvedType): LowerScope {
  return {
    typeOf: ([name]) => (name?.text === "value" ? storage : undefined),
    lowerName: ([name]) => {
      const current = currentValueName(name?.text ?? "");
      return current === undefined ? { kind: "column", name: "value" } : { kind: "current", name: current };
    },
  };
}

function lowerDeclaredSequence({ name, declaration }: SequenceSymbol): SequenceModel {
  const type = declaration.type?.kind === "type" ? declaration.type.name.name.text : "bigint";
  const comment = declaration.comment?.value ?? declaration.doc?.text;
  return {
    ...name,
    type: type === "smallint" || type === "integer" ? type : "bigint",
    options: lowerSequence(declaration.options) ?? {},
    ...(comment === undefined ? {} : { comment }),
  };
}

function lowerView(view: BoundTable, namer: TableNamer): ViewModel {
  const { symbol, primaryKeys, definitions } = view;
  const { declaration } = symbol;
  const [definition] = definitions;
  if (definition === undefined) throw new InternalError(`view ${symbol.key} has no definition after the checks`);
  const comment = declaration.comment?.value ?? declaration.doc?.text;
  const [key] = primaryKeys;
  return {
    ...symbol.name,
    materialized: declaration.kind === "view" && declaration.materialized,
    columns: [...symbol.columns.values()].map((column) => lowerColumn(column, symbol)),
    definition: rawSql(definition),
    ...(key === undefined ? {} : { primaryKey: columnNames(key.columns) }),
    indexes: view.indexes.map((index) => lowerIndex(index, symbol, namer)),
    ...(view.options.length === 0 ? {} : { options: view.options.map(lowerOptions) }),
    ...(comment === undefined ? {} : { comment }),
  };
}
