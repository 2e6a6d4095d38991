// A class together with classes that extend it by tables of their own: read as a UNION ALL of these tables, each row
// telling by a number which class it is. `withPolymorphic(Shape, Circle)` where Circle extends Shape concretely.
import { castNode, labelNode, NULL, rawNode } from "../sql/ast/expressions.js";
import { ENTITY } from "../sql/ast/brand.js";
import { freshKey, internPair } from "../sql/ast/intern.js";
import type {
  AliasNode,
  ColumnNode,
  EntitySource,
  ExpressionNode,
  MappedEntity,
  SelectNode,
} from "../sql/ast/nodes.js";
import { bareSelect, NO_SELECT_EXTRAS, selectNode } from "../sql/ast/statements.js";
import { aliasNode } from "../sql/ast/tables.js";
import { Integer } from "../types/types.js";
import { partsOf } from "./adapt-columns.js";
import type { Mapper, Slot } from "./mapper.js";
import type { SubclassColumns } from "./polymorphic-entity.js";

const INTEGER = Integer().type;

export class ConcreteUnion implements MappedEntity {
  readonly [ENTITY] = true;
  readonly mapper: Mapper;
  readonly name: string;
  readonly key: number;
  readonly from: EntitySource;
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];
  /** The classes by the number that their rows have. */
  readonly members: readonly SubclassColumns[];

  readonly #subclasses: readonly Mapper[];

  /** @param restricted the union as criteria leave it, for the entity of this key */
  constructor(
    mapper: Mapper,
    subclasses: readonly Mapper[],
    restricted?: { readonly from: AliasNode; readonly key: number },
  ) {
    this.mapper = mapper;
    this.#subclasses = subclasses;
    this.name = mapper.name;
    const shared = mapper.slots.length;
    let at = shared;
    this.members = [mapper, ...subclasses].map((each) => {
      const slots = each.slots.slice(shared);
      const member = { mapper: each, slots, at };
      at += slots.length;
      return member;
    });
    const added = this.members.flatMap(({ slots }) => slots);
    this.from = restricted?.from ?? aliasNode(unionOf(memberSelects(mapper, this.members)), "pjoin");
    this.key = restricted === undefined ? freshKey() : internPair(restricted.key, restricted.from.key);
    this.columns = this.from.columns;
    this.properties = [...mapper.properties, ...added.map(({ property }) => property), "class"];
  }

  /** The same classes in a union with the same columns. */
  over(from: AliasNode): ConcreteUnion {
    return new ConcreteUnion(this.mapper, this.#subclasses, { from, key: this.key });
  }

  /** Where the number of a row's class stands among the columns. */
  get classAt(): number {
    return this.columns.length - 1;
  }

  /** The columns of one of the classes, in its slot order. */
  columnsOf(mapper: Mapper): readonly ColumnNode[] {
    const member = this.members.find((each) => each.mapper === mapper);
    const own = member === undefined ? [] : this.columns.slice(member.at, member.at + member.slots.length);
    return [...this.columns.slice(0, this.mapper.slots.length), ...own];
  }
}

function memberSelects(mapper: Mapper, members: readonly SubclassColumns[]): SelectNode[] {
  return members.map((member, number) => memberSelect(mapper, member, members, number));
}

function memberSelect(
  base: Mapper,
  { mapper }: SubclassColumns,
  members: readonly SubclassColumns[],
  number: number,
): SelectNode {
  const shared = base.slots.map(({ index, column }) => labelNode(column.name, mapper.columns[index] ?? NULL));
  const own = members.flatMap(({ mapper: owner, slots }) =>
    slots.map((slot) => labelNode(`${owner.table.name}_${slot.column.name}`, memberColumn(mapper, owner, slot))),
  );
  const items = [...shared, ...own, labelNode("class", rawNode(String(number), INTEGER))];
  return selectNode({ ...partsOf(bareSelect(items)), froms: [mapper.from] });
}

function memberColumn(mapper: Mapper, owner: Mapper, { column }: Slot): ExpressionNode {
  return mapper === owner ? column : castNode(NULL, column.type);
}

function unionOf(selects: readonly SelectNode[]): SelectNode {
  const [first] = selects;
  const items = first?.items ?? [];
  const set = { operator: "unionAll" as const, selects };
  return selectNode({ ...partsOf(bareSelect([])), items, extras: { ...NO_SELECT_EXTRAS, set } });
}
