// A mapped class, or an alias of one, of which a statement reads some columns only.
import { ENTITY } from "../sql/ast/brand.js";
import { freshKey, internPair } from "../sql/ast/intern.js";
import type { ColumnNode, MappedEntity } from "../sql/ast/nodes.js";
import type { Mapper, Slot } from "./mapper.js";

const PARTIAL = freshKey();

export class PartialEntity implements MappedEntity {
  readonly [ENTITY] = true;
  readonly mapper: Mapper;
  readonly name: string;
  readonly key: number;
  readonly from: MappedEntity["from"];
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];

  /** @param whole the class or its alias, with all its columns */
  constructor(whole: MappedEntity, mapper: Mapper, slots: readonly Slot[]) {
    this.mapper = mapper;
    this.name = whole.name;
    this.from = whole.from;
    this.columns = slots.flatMap(({ index }) => whole.columns[index] ?? []);
    this.properties = slots.map(({ property }) => property);
    this.key = slots.reduce((key, { index }) => internPair(key, index), internPair(PARTIAL, whole.key));
  }
}

/** The class or alias, reduced to some of its columns; itself where these are all. */
export function partOf(whole: MappedEntity, mapper: Mapper, slots: readonly Slot[]): MappedEntity {
  return slots.length === mapper.slots.length ? whole : new PartialEntity(whole, mapper, slots);
}
