// Columns that belong together in a result: `select(bundle("user", User.id, User.name))` gives `row.user.name`.
import { ArgumentError } from "../errors/errors.js";
import { ENTITY } from "../sql/ast/brand.js";
import { freshKey, internPair, internString } from "../sql/ast/intern.js";
import type { ColumnNode, EntitySource, MappedEntity, NamedFromNode } from "../sql/ast/nodes.js";
import { elementOf, typed } from "../sql/build/element.js";
import type { ColumnOf, EntityClass, Sql } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";

const BUNDLE = freshKey();

/** What a bundle's columns are in an object, by property. */
type ValuesOf<A extends readonly ColumnOf<string>[]> = {
  [C in A[number] as C["key"]]: C extends Sql<infer T> ? T : never;
};

/** Several columns as one item of a select list. */
export class Bundle implements MappedEntity {
  readonly [ENTITY] = true;
  readonly name: string;
  readonly key: number;
  readonly from: EntitySource;
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];
  readonly bundled: readonly NamedFromNode[];

  constructor(name: string, columns: readonly ColumnNode[], properties: readonly string[]) {
    this.name = name;
    this.columns = columns;
    this.properties = properties;
    this.bundled = columns.flatMap(({ table }) => table ?? []);
    this.from = sourceOf(name, this.bundled);
    this.key = columns.reduce((key, column) => internPair(key, column.key), internPair(BUNDLE, internString(name)));
  }

  /** The columns of a row as an object. */
  read(row: readonly unknown[], at: number): Readonly<Record<string, unknown>> {
    const values: Record<string, unknown> = Object.create(null);
    this.properties.forEach((property, index) => {
      values[property] = row[at + index];
    });
    return values;
  }
}

/**
 * Columns of classes or their aliases as one item of a select list: rows of a session have them together, in an object
 * of this name.
 * @throws ArgumentError for what is no column, or two of one name
 */
export function bundle<const N extends string, A extends readonly ColumnOf<string>[]>(
  name: N,
  ...columns: A
): EntityClass<N> & { readonly prototype: ValuesOf<A> } {
  const nodes = columns.map((column) => columnOf(column));
  const properties = nodes.map(({ property }) => property);
  const twice = properties.find((property, at) => properties.indexOf(property) < at);
  if (twice !== undefined) throw new ArgumentError(`bundle("${name}", …) has two columns '${twice}'`);
  return typed({ $mapper: new Bundle(name, nodes, properties) });
}

function columnOf(value: unknown): ColumnNode {
  const node = elementOf(value)?.node;
  if (node?.kind === "column" && node.table !== null) return node;
  throw new ArgumentError(`bundle() takes columns such as User.name, got ${describeValue(value)}`);
}

function sourceOf(name: string, sources: readonly NamedFromNode[]): EntitySource {
  for (const each of sources) {
    if (each.kind === "table" || each.kind === "alias" || each.kind === "combined") return each;
  }
  throw new ArgumentError(`bundle("${name}", …) needs a column of a class`);
}
