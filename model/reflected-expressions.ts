// Expressions of a reflected schema: the database's text becomes typed wherever that loses nothing.
import type { ColumnModel } from "./column-model.js";
import type { ColumnType } from "./column-type.js";
import type { Expression } from "./expression.js";
import type { CheckModel, DomainModel, IndexModel, TableModel, ViewModel } from "./schema-model.js";
import type { ReflectedSchema } from "./reflected-classes.js";
import { readExpression, type ReadingContext } from "./sql-text/read-expression.js";

/** `schema` as the dialect called `dialect` gave it, with typed expressions where they say the same. */
export function typeExpressions(schema: ReflectedSchema, dialect: string): ReflectedSchema {
  const { domains, views } = schema;
  return {
    ...schema,
    tables: schema.tables.map((table) => typedTable(table, dialect)),
    ...(domains === undefined ? {} : { domains: domains.map((domain) => typedDomain(domain, dialect)) }),
    ...(views === undefined ? {} : { views: views.map((view) => typedView(view, dialect)) }),
  };
}

function typedTable(table: TableModel, dialect: string): TableModel {
  const reader = new Reader(table.columns, dialect);
  return {
    ...table,
    columns: table.columns.map((column) => reader.column(column)),
    checks: table.checks.map((check) => reader.check(check)),
    indexes: table.indexes.map((index) => reader.index(index)),
  };
}

function typedView(view: ViewModel, dialect: string): ViewModel {
  const reader = new Reader(view.columns, dialect);
  return { ...view, indexes: view.indexes.map((index) => reader.index(index)) };
}

/** The conditions of a domain name its value as the column `value`. */
function typedDomain(domain: DomainModel, dialect: string): DomainModel {
  const value = { name: "value", property: "value", type: domain.type, nullable: domain.nullable };
  const reader = new Reader([value], dialect, "domain");
  const initial = domain.default === undefined ? {} : { default: reader.initial(domain.default, domain.type) };
  return { ...domain, ...initial, checks: domain.checks.map((check) => reader.check(check)) };
}

class Reader {
  readonly #dialect: string;
  readonly #context: ReadingContext;

  constructor(columns: readonly ColumnModel[], dialect: string, place?: "domain") {
    this.#dialect = dialect;
    const types = new Map(columns.map(({ name, type }): [string, ColumnType] => [name, type]));
    const columnType = (name: string): ColumnType | undefined => types.get(name);
    this.#context = { columnType, columns: [...types.keys()], ...(place === undefined ? {} : { place }) };
  }

  column(column: ColumnModel): ColumnModel {
    const { default: initial, generated, onUpdate, type } = column;
    return {
      ...column,
      ...(initial === undefined ? {} : { default: this.initial(initial, type) }),
      ...(generated === undefined
        ? {}
        : { generated: { ...generated, expression: this.#read(generated.expression, this.#context) } }),
      ...(onUpdate === undefined ? {} : { onUpdate: this.initial(onUpdate, type) }),
    };
  }

  initial(expression: Expression, type: ColumnType): Expression {
    return this.#read(expression, { ...this.#context, place: "default", type });
  }

  check(check: CheckModel): CheckModel {
    return { ...check, expression: this.#read(check.expression, this.#context) };
  }

  index(index: IndexModel): IndexModel {
    const { where } = index;
    return {
      ...index,
      keys: index.keys.map((key) => ({ ...key, expression: this.#read(key.expression, this.#context) })),
      ...(where === undefined ? {} : { where: this.#read(where, this.#context) }),
    };
  }

  #read(expression: Expression, context: ReadingContext): Expression {
    if (expression.kind !== "raw") return expression;
    const text = expression.variants.find(({ dialect }) => dialect === this.#dialect)?.sql;
    return (text === undefined ? undefined : readExpression(text, this.#dialect, context)) ?? expression;
  }
}
