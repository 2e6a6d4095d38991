// A mapped class under another name in a statement: the same columns, read from an alias of its tables.
import { ENTITY } from "../sql/ast/brand.js";
import { internList, internPair, internString } from "../sql/ast/intern.js";
import type { AliasNode, ColumnNode, EntitySource, ExpressionNode, MappedEntity } from "../sql/ast/nodes.js";
import { aliasedSource } from "./class-source.js";
import type { Standing } from "./adapt-columns.js";
import { classCriterion } from "./class-rows.js";
import type { Mapper, Slot } from "./mapper.js";

/** A class as a select in FROM has it. */
interface SelectedClass {
  readonly from: AliasNode;
  readonly columns: readonly ColumnNode[];
}

export class AliasedEntity implements MappedEntity {
  readonly [ENTITY] = true;
  readonly mapper: Mapper;
  readonly name: string;
  readonly key: number;
  readonly from: EntitySource;
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];

  /** @param stand an alias of a select with its columns in slot order; else an alias of the class's own tables */
  constructor(mapper: Mapper, name: string, stand?: SelectedClass) {
    this.mapper = mapper;
    this.name = name;
    this.from = stand?.from ?? aliasedSource(name, mapper.from, mapper.layout);
    this.columns = stand?.columns ?? standingIn(this.from, mapper).columns;
    this.properties = mapper.properties;
    const key = internPair(internPair(mapper.key, this.from.key), internString(name));
    this.key = stand === undefined ? key : internList(key, stand.columns);
  }

  /** The same class in another alias of a select that lists its columns. */
  over(from: AliasNode): AliasedEntity {
    return new AliasedEntity(this.mapper, this.name, {
      from,
      columns: this.columns.flatMap(({ index }) => from.columns[index] ?? []),
    });
  }

  get criteria(): readonly ExpressionNode[] {
    return classCriterion(this.mapper, this);
  }
}

/** The class as it stands in its own source or in an alias of that. */
export function standingIn(from: EntitySource, { slots }: Mapper): Standing {
  const place = ({ column, index }: Slot): number => (from.kind === "combined" ? index : column.index);
  return { from, columns: slots.flatMap((slot) => from.columns[place(slot)] ?? []) };
}
