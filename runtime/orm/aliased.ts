// `aliased(User, "u2")`: a mapped class under another name, with attributes of its own, for statements that use the
// class twice.
import { ArgumentError } from "../errors/errors.js";
import { elementOf, typed } from "../sql/build/element.js";
import type { Attr, EntityClass, Meta, ProxyMany, ProxyOne, RelMany, RelOne, Source } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";
import { AliasedEntity } from "./aliased-entity.js";
import { ColumnAttribute } from "./column-attribute.js";
import type { AliasNode, ColumnNode, MappedEntity } from "../sql/ast/nodes.js";
import { ComputedAttribute } from "./computed.js";
import { mapperOfClass } from "./mapped-class.js";
import type { Mapper } from "./mapper.js";
import { RelationshipAttribute } from "./relationships/attribute.js";
import { ProxyAttribute } from "./relationships/proxy-attribute.js";

/** An attribute under another owner. */
type Reown<A, N extends string> =
  A extends Attr<string, infer K, infer T>
    ? Attr<N, K, T>
    : A extends RelOne<string, infer K, infer E, infer R>
      ? RelOne<N, K, E, R>
      : A extends RelMany<string, infer K, infer E, infer R>
        ? RelMany<N, K, E, R>
        : A extends ProxyMany<string, unknown> | ProxyOne<string, unknown>
          ? A
          : never;

/** A mapped class under the name `N`: the same attributes, and rows that hold its objects as `row.N`. */
export type Aliased<C extends EntityClass, N extends string> = {
  readonly [K in Exclude<keyof C, "prototype">]: K extends "$mapper"
    ? C extends { readonly $mapper: Meta<string, infer Columns, infer Key> }
      ? Meta<N, Columns, Key>
      : never
    : Reown<C[K], N>;
} & { readonly prototype: C["prototype"] };

/**
 * A mapped class under another name: `SELECT … FROM user_account AS u2`; or the class as a subquery has it, which is
 * called as the subquery is: `aliased(User, select(User).where(…).subquery("grown"))`.
 * @throws ArgumentError where this is no mapped class, no name, or a subquery without the class's columns
 */
export function aliased<C extends EntityClass, const N extends string>(
  entityClass: C,
  name: N | Source<N>,
): Aliased<C, N> {
  const mapper = mapperOfClass(entityClass, "aliased()");
  const entity = aliasOf(mapper, name);
  const alias = entityAttributes(entity, mapper);
  alias["$mapper"] = entity;
  alias["prototype"] = entityClass.prototype;
  return typed(alias);
}

function aliasOf(mapper: Mapper, name: unknown): AliasedEntity {
  const source = elementOf(name)?.node;
  if (source?.kind === "alias" && source.element.kind !== "table") {
    return new AliasedEntity(mapper, source.name, { from: source, columns: columnsIn(mapper, source) });
  }
  if (typeof name === "string" && name !== "") return new AliasedEntity(mapper, name);
  throw new ArgumentError(`aliased() takes a name or a subquery for ${mapper.name}, got ${describeValue(name)}`);
}

/** The class's columns in a subquery, each by its property or by the name that it has in the database. */
function columnsIn({ name, slots }: Mapper, source: AliasNode): ColumnNode[] {
  return slots.map(({ property, column }) => {
    const found = source.columns.find((each) => each.property === property || each.name === column.name);
    if (found !== undefined) return found;
    throw new ArgumentError(`aliased(${name}, …): subquery '${source.name}' has no column '${property}'`);
  });
}

/** The attributes of whatever stands for a class in a statement, by property. */
export function entityAttributes(entity: MappedEntity, mapper: Mapper): Record<string, unknown> {
  const attributes: Record<string, unknown> = Object.create(null);
  entity.columns.forEach((column, index) => {
    const property = entity.properties[index] ?? column.property;
    Object.defineProperty(attributes, property, { value: new ColumnAttribute(column, entity), enumerable: true });
  });
  for (const [name, computed] of Object.entries(mapper.definition.computed ?? {})) {
    Object.defineProperty(attributes, name, { value: new ComputedAttribute(name, computed, entity), enumerable: true });
  }
  for (const [name, proxy] of Object.entries(mapper.definition.proxies ?? {})) {
    Object.defineProperty(attributes, name, { value: new ProxyAttribute(name, proxy, entity), enumerable: true });
  }
  for (const relationship of mapper.relationships) {
    const value = new RelationshipAttribute(relationship, entity, null);
    Object.defineProperty(attributes, relationship.name, { value, enumerable: true });
  }
  return attributes;
}
