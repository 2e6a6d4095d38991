// The joins that joined eager loading adds to a select: each relationship's target under an alias of its own, on the
// far side of LEFT OUTER JOINs.
import { displayedFroms, namedFroms, referencedFroms } from "../../sql/ast/froms.js";
import type { AliasNode, FromNode, JoinStep, MappedEntity, NamedFromNode, SelectNode } from "../../sql/ast/nodes.js";
import { selectNode, type SelectParts } from "../../sql/ast/statements.js";
import { aliasNode, entityNode, joinNode } from "../../sql/ast/tables.js";
import { partsOf } from "../adapt-columns.js";
import { AliasedEntity } from "../aliased-entity.js";
import { joinSteps, linkTable, orderOf } from "../relationships/join-conditions.js";
import type { JoinedLoads } from "./entity-loads.js";
import { type EagerBranch, eagerBranches } from "./load-tree.js";

export class EagerJoins {
  readonly #select: SelectNode;
  readonly #items: SelectParts["items"][number][];
  readonly #orderBy: SelectParts["orderBy"][number][];
  readonly #names: Set<string>;
  #froms: FromNode[];
  /** The number of columns that rows have so far. */
  #width: number;
  #repeats = false;

  constructor(select: SelectNode) {
    this.#select = select;
    this.#items = [...select.items];
    this.#orderBy = [...select.orderBy];
    this.#froms = [...select.froms];
    this.#width = select.items.reduce(
      (sum, item) => sum + (item.kind === "entity" ? item.entity.columns.length : 1),
      0,
    );
    const mentioned = referencedFroms([
      ...select.items,
      ...select.where,
      ...select.orderBy,
      ...select.groupBy,
      ...select.having,
    ]);
    this.#names = new Set(
      displayedFroms(select.froms, mentioned)
        .flatMap(namedFroms)
        .map((from) => from.name),
    );
  }

  /** True where a joined collection repeats the rows of its owners. */
  get repeats(): boolean {
    return this.#repeats;
  }

  /** The select with all the joins. */
  select(): SelectNode {
    return selectNode({
      ...partsOf(this.#select),
      items: this.#items,
      froms: this.#froms,
      orderBy: this.#orderBy,
      options: [],
    });
  }

  /** Joins what the branches say to `source`, and what their targets say to those. */
  attach(source: MappedEntity, branches: readonly EagerBranch[]): JoinedLoads[] {
    return branches.flatMap((branch) => (branch.strategy === "joined" ? [this.#join(source, branch)] : []));
  }

  #join(source: MappedEntity, { relationship, below, path }: EagerBranch): JoinedLoads {
    const mapper = relationship.target;
    const link = linkTable(relationship);
    const linkAlias = link === null ? null : this.#alias(link);
    const target = this.#alias(mapper.from);
    let left: NamedFromNode = source.from;
    for (const step of joinSteps(relationship, source.columns, target, linkAlias)) {
      this.#joinTo(left, step);
      left = step.right;
    }
    if (relationship.collection) this.#repeats = true;
    const at = this.#width;
    const entity = new AliasedEntity(mapper, target.name, target);
    this.#items.push(entityNode(entity));
    this.#width += mapper.columns.length;
    this.#orderBy.push(...orderOf(relationship, target));
    const branches = eagerBranches(mapper, below, path);
    const later = branches.filter((branch) => branch.strategy !== "joined");
    return { relationship, loads: { mapper, at, joined: this.attach(entity, branches), later, tree: below } };
  }

  #joinTo(source: NamedFromNode, { right, on }: JoinStep): void {
    const holder = this.#froms.find((from) => namedFroms(from).some((named) => named.key === source.key));
    const joined = joinNode(holder ?? source, right, on, "left");
    if (holder === undefined) this.#froms.push(joined);
    else this.#froms = this.#froms.map((from) => (from === holder ? joined : from));
  }

  /** The table under a name that the statement does not use yet: `address_1`. */
  #alias(table: NamedFromNode & { kind: "table" }): AliasNode {
    let count = 1;
    while (this.#names.has(`${table.name}_${count}`)) count++;
    const name = `${table.name}_${count}`;
    this.#names.add(name);
    return aliasNode(table, name);
  }
}
