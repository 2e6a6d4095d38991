// Reading a hierarchy of classes by one statement, and what an object's class is called in its rows.
import { ArgumentError } from "../errors/errors.js";
import { typed } from "../sql/build/element.js";
import type { EntityClass, Meta } from "../sql/typing.js";
import { type Aliased, entityAttributes } from "./aliased.js";
import { ConcreteUnion } from "./concrete-union.js";
import type { Entity } from "./entity.js";
import { EntityView } from "./entity-view.js";
import { mapperOfClass } from "./mapped-class.js";
import { type Mapper, mapperOf } from "./mapper.js";
import { PolymorphicEntity } from "./polymorphic-entity.js";

type NameOfClass<C> = C extends { readonly $mapper: Meta<infer N, unknown, unknown> } ? N : never;

/** The base class in a statement; each subclass under its name, for its attributes: `all.Manager.budget`. */
export type Polymorphic<B extends EntityClass, S extends readonly EntityClass[]> = Aliased<B, NameOfClass<B>> & {
  readonly [C in S[number] as NameOfClass<C>]: Aliased<C, NameOfClass<B>>;
};

/**
 * A class with the columns of classes that extend it, so that their objects come whole with one SELECT:
 * `select(withPolymorphic(Employee, Manager, Engineer))`. Without subclasses named: with all of them.
 * @throws ArgumentError where one of the classes does not extend the first
 */
export function withPolymorphic<B extends EntityClass, S extends readonly EntityClass[]>(
  base: B,
  ...subclasses: S
): Polymorphic<B, S> {
  const mapper = mapperOfClass(base, "withPolymorphic()");
  const named = subclasses.map((each) => subclassOf(mapper, each));
  const all = named.length === 0 ? mapper.family.slice(1) : withBases(mapper, named);
  const isConcrete = all.some((each) => each.root !== mapper.root);
  const entity = isConcrete ? new ConcreteUnion(mapper, all) : new PolymorphicEntity(mapper, all);
  const result = attributesOf(entity, mapper);
  for (const each of all) {
    Object.defineProperty(result, each.name, { value: attributesOf(entity, each), enumerable: true });
  }
  result["$mapper"] = entity;
  result["prototype"] = base.prototype;
  return typed(result);
}

/** The value that says in a new object's row which class it is: for generated constructors. */
export function polymorphicIdentity(entity: Entity): never {
  // The generated constructor knows the column's type; `undefined` where the class has no identity.
  return mapperOf(entity).definition.polymorphicIdentity as never;
}

function subclassOf(base: Mapper, entityClass: EntityClass): Mapper {
  const mapper = mapperOfClass(entityClass, "withPolymorphic()");
  if (mapper !== base && mapper.isA(base)) return mapper;
  throw new ArgumentError(`withPolymorphic(${base.name}, …): ${mapper.name} does not extend ${base.name}`);
}

/** The classes and those between them and the base, in an order in which a class follows the one it extends. */
function withBases(base: Mapper, named: readonly Mapper[]): Mapper[] {
  return base.family.slice(1).filter((each) => named.some((wanted) => wanted.isA(each)));
}

function attributesOf(entity: PolymorphicEntity | ConcreteUnion, mapper: Mapper): Record<string, unknown> {
  const { name, key, from } = entity;
  const { properties } = mapper;
  const columns = entity.columnsOf(mapper);
  return entityAttributes(new EntityView(mapper, { name, key, from, columns, properties }), mapper);
}
