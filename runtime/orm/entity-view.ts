// A mapped class as one statement reads it: some of its columns, or its columns where they stand among others'.
import { ENTITY } from "../sql/ast/brand.js";
import { freshKey, internPair } from "../sql/ast/intern.js";
import type { ColumnNode, MappedEntity } from "../sql/ast/nodes.js";
import type { Mapper, Slot } from "./mapper.js";

const PARTIAL = freshKey();

export class EntityView implements MappedEntity {
  readonly [ENTITY] = true;
  readonly mapper: Mapper;
  readonly name: string;
  readonly key: number;
  readonly from: MappedEntity["from"];
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];

  constructor(mapper: Mapper, parts: Omit<MappedEntity, typeof ENTITY>) {
    this.mapper = mapper;
    this.name = parts.name;
    this.key = parts.key;
    this.from = parts.from;
    this.columns = parts.columns;
    this.properties = parts.properties;
  }
}

/** The class or alias, reduced to some of its columns; itself where these are all. What subclasses add to it stays. */
export function partOf(whole: MappedEntity, mapper: Mapper, slots: readonly Slot[]): MappedEntity {
  const own = mapper.slots.length;
  if (slots.length === own) return whole;
  return new EntityView(mapper, {
    name: whole.name,
    from: whole.from,
    columns: [...slots.flatMap(({ index }) => whole.columns[index] ?? []), ...whole.columns.slice(own)],
    properties: [...slots.map(({ property }) => property), ...whole.properties.slice(own)],
    key: slots.reduce((key, { index }) => internPair(key, index), internPair(PARTIAL, whole.key)),
  });
}
