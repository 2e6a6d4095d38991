// A class of a hierarchy together with classes that extend it, read by one statement. Its columns are the class's own
// and then what each subclass adds, from the one table or from tables joined outer.
import { ENTITY } from "../sql/ast/brand.js";
import { freshKey } from "../sql/ast/intern.js";
import type { ColumnNode, EntitySource, ExpressionNode, MappedEntity } from "../sql/ast/nodes.js";
import { type ClassTables, classSource } from "./class-source.js";
import { classCriterion } from "./class-rows.js";
import type { Mapper, Slot } from "./mapper.js";

/** What one subclass adds, and where it begins among the entity's columns. */
export interface SubclassColumns {
  readonly mapper: Mapper;
  readonly slots: readonly Slot[];
  readonly at: number;
}

export class PolymorphicEntity implements MappedEntity {
  readonly [ENTITY] = true;
  readonly mapper: Mapper;
  readonly name: string;
  readonly key = freshKey();
  readonly from: EntitySource;
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];
  readonly subclasses: readonly SubclassColumns[];

  /** @param subclasses those whose columns are read as well, a base before the classes that extend it */
  constructor(mapper: Mapper, subclasses: readonly Mapper[]) {
    this.mapper = mapper;
    this.name = mapper.name;
    const added: SubclassColumns[] = [];
    let at = mapper.slots.length;
    for (const each of subclasses) {
      const known = Math.max(mapper.slots.length, ...added.map((other) => commonSlots(each, other.mapper)));
      const slots = each.slots.slice(known);
      added.push({ mapper: each, slots, at });
      at += slots.length;
    }
    this.subclasses = added;
    this.properties = [...mapper.properties, ...added.flatMap(({ slots }) => slots.map(({ property }) => property))];
    const tables = tablesOf(mapper, added);
    this.from = classSource(mapper.table.name, tables);
    this.columns = this.from.kind === "combined" ? this.from.columns : tables.columns;
  }

  get criteria(): readonly ExpressionNode[] {
    return classCriterion(this.mapper, this);
  }

  /** The columns of one of the classes, in its slot order. */
  columnsOf(mapper: Mapper): readonly ColumnNode[] {
    return mapper.slots.flatMap(({ index }) => {
      if (index < this.mapper.slots.length) return this.columns[index] ?? [];
      for (const { mapper: owner, slots, at } of this.subclasses) {
        const place = slots.findIndex((slot) => slot.index === index);
        if (place >= 0 && mapper.isA(owner)) return this.columns[at + place] ?? [];
      }
      return [];
    });
  }
}

/** How many slots two classes share: those of the nearest class that both extend. */
function commonSlots(first: Mapper, second: Mapper): number {
  if (first.isA(second)) return second.slots.length;
  return second.base === null ? 0 : commonSlots(first, second.base);
}

function tablesOf(mapper: Mapper, subclasses: readonly SubclassColumns[]): ClassTables {
  const parts = [...mapper.layout.parts];
  const columns = [...mapper.layout.columns];
  for (const { mapper: each, slots } of subclasses) {
    for (const part of each.layout.parts) {
      if (!parts.some((known) => known.table === part.table)) parts.push({ ...part, optional: true });
    }
    columns.push(...slots.flatMap(({ index }) => each.layout.columns[index] ?? []));
  }
  return { parts, columns };
}
