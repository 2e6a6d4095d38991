// From what statements and arguments name (classes, aliases) to the mapping behind it.
import { ArgumentError, InternalError } from "../errors/errors.js";
import type { MappedEntity } from "../sql/ast/nodes.js";
import { describeValue } from "../types/describe-value.js";
import { AliasedEntity } from "./aliased-entity.js";
import { Mapper } from "./mapper.js";
import { EntityView } from "./entity-view.js";
import { PolymorphicEntity, type SubclassColumns } from "./polymorphic-entity.js";

/** The mapping behind an entity of a statement: the class's own, or the aliased class's. */
export function mapperBehind(entity: MappedEntity): Mapper {
  if (entity instanceof Mapper) return entity;
  if (entity instanceof AliasedEntity || entity instanceof EntityView || entity instanceof PolymorphicEntity) {
    return entity.mapper;
  }
  throw new InternalError(`Entity ${entity.name} is no mapped class`);
}

/** The columns that subclasses add to an entity of a statement, of whose class this many are loaded. */
export function subclassColumns(entity: MappedEntity, loaded: number): readonly SubclassColumns[] {
  if (!(entity instanceof PolymorphicEntity)) return none;
  const left = loaded - entity.mapper.slots.length;
  return left === 0 ? entity.subclasses : entity.subclasses.map((each) => ({ ...each, at: each.at + left }));
}

const none: readonly SubclassColumns[] = [];

/** The mapping of a class given as an argument. Throws `ArgumentError` for anything else, `where` naming the call. */
export function mapperOfClass(value: unknown, where: string): Mapper {
  if (typeof value === "function" && "$mapper" in value && value.$mapper instanceof Mapper) return value.$mapper;
  throw new ArgumentError(`${where} takes a mapped class, got ${describeValue(value)}`);
}
