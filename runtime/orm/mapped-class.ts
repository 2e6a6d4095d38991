// From what statements and arguments name (classes, aliases) to the mapping behind it.
import { ArgumentError, InternalError } from "../errors/errors.js";
import type { MappedEntity } from "../sql/ast/nodes.js";
import { describeValue } from "../types/describe-value.js";
import { AliasedEntity } from "./aliased-entity.js";
import type { RowColumns } from "./load/entity-reader.js";
import { Mapper } from "./mapper.js";
import { ConcreteUnion } from "./concrete-union.js";
import { EntityView } from "./entity-view.js";
import { PolymorphicEntity, type SubclassColumns } from "./polymorphic-entity.js";

/** The mapping behind an entity of a statement: the class's own, or the aliased class's. */
export function mapperBehind(entity: MappedEntity): Mapper {
  if (entity instanceof Mapper) return entity;
  if (entity instanceof AliasedEntity || entity instanceof EntityView) return entity.mapper;
  if (entity instanceof PolymorphicEntity || entity instanceof ConcreteUnion) return entity.mapper;
  throw new InternalError(`Entity ${entity.name} is no mapped class`);
}

/** What subclasses add to the columns of an entity of a statement, of whose own class this many are loaded. */
export function subclassColumns(entity: MappedEntity, loaded: number): Pick<RowColumns, "subclasses" | "union"> {
  const shift = loaded - mapperBehind(entity).slots.length;
  const moved = (all: readonly SubclassColumns[]): readonly SubclassColumns[] =>
    shift === 0 ? all : all.map((each) => ({ ...each, at: each.at + shift }));
  if (entity instanceof PolymorphicEntity) return { subclasses: moved(entity.subclasses) };
  if (entity instanceof ConcreteUnion) {
    return { subclasses: [], union: { at: entity.classAt + shift, members: moved(entity.members) } };
  }
  return plain;
}

const plain: Pick<RowColumns, "subclasses"> = { subclasses: [] };

/** The mapping of a class given as an argument. Throws `ArgumentError` for anything else, `where` naming the call. */
export function mapperOfClass(value: unknown, where: string): Mapper {
  if (typeof value === "function" && "$mapper" in value && value.$mapper instanceof Mapper) return value.$mapper;
  throw new ArgumentError(`${where} takes a mapped class, got ${describeValue(value)}`);
}
