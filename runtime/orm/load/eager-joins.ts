// The joins that joined eager loading adds to a select: each relationship's target under an alias of its own, on the
// far side of LEFT OUTER JOINs.
import { displayedFroms, namedFroms, referencedFroms } from "../../sql/ast/froms.js";
import type { FromNode, JoinStep, MappedEntity, NamedFromNode, SelectNode } from "../../sql/ast/nodes.js";
import { selectNode, type SelectParts } from "../../sql/ast/statements.js";
import { aliasNode, entityNode, joinNode } from "../../sql/ast/tables.js";
import { ArgumentError } from "../../errors/errors.js";
import { adaptColumns, partsOf, standingAdapter } from "../adapt-columns.js";
import { AliasedEntity } from "../aliased-entity.js";
import { classCriterion } from "../class-rows.js";
import { mapperBehind, subclassColumns } from "../mapped-class.js";
import { joinSteps, linkTable, orderOf, withCriteria } from "../relationships/join-conditions.js";
import type { JoinedLoads } from "./entity-loads.js";
import { slotsToLoad } from "./column-choice.js";
import { type EagerBranch, eagerBranches } from "./load-tree.js";
import { criteriaOn } from "./loader-criteria.js";
import { partOf } from "../entity-view.js";

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
    return branches.flatMap((branch) => {
      if (branch.strategy === "joined") return [this.#join(source, branch)];
      return branch.strategy === "contained" ? [this.#contained(branch)] : [];
    });
  }

  #join(source: MappedEntity, branch: EagerBranch): JoinedLoads {
    const { relationship, details } = branch;
    const mapper = relationship.target;
    const link = linkTable(relationship);
    const linkAlias = link === null ? null : aliasNode(link, this.#freeName(link));
    const target = new AliasedEntity(mapper, this.#freeName(mapper.from));
    let left: NamedFromNode = source.from;
    const adapter = standingAdapter(mapper, target);
    const asked = [...(details.criteria ?? []), ...criteriaOn(mapper, branch.below.criteria)];
    const criteria = [...asked.map((node) => adaptColumns(node, adapter)), ...classCriterion(mapper, target)];
    for (const step of withCriteria(joinSteps(relationship, source.columns, target, linkAlias), criteria)) {
      this.#joinTo(left, step, details.innerJoin === true ? "inner" : "left");
      left = step.right;
    }
    this.#orderBy.push(...orderOf(relationship, target));
    return this.#read(target, branch);
  }

  /** The columns of a join that the statement has itself. */
  #contained(branch: EagerBranch): JoinedLoads {
    const { relationship, details } = branch;
    const source = details.source ?? relationship.target;
    if (this.#holderOf(source.from) === undefined) {
      throw new ArgumentError(
        `containsEager(${String(relationship)}) reads from '${source.from.name}', which the statement does not join: ` +
          `add .join(${String(relationship)})`,
      );
    }
    return this.#read(source, branch);
  }

  /** The columns of a related class behind all others, and what is loaded with its objects. */
  #read(source: MappedEntity, { relationship, below, path }: EagerBranch): JoinedLoads {
    const mapper = mapperBehind(source);
    if (relationship.collection) this.#repeats = true;
    const at = this.#width;
    const branches = eagerBranches(mapper, below, path);
    const slots = slotsToLoad(mapper, below, branches);
    const part = partOf(source, mapper, slots);
    this.#items.push(entityNode(part));
    this.#width += part.columns.length;
    const later = branches.filter(({ strategy }) => strategy !== "joined" && strategy !== "contained");
    const joined = this.attach(source, branches);
    return {
      relationship,
      loads: { mapper, at, slots, ...subclassColumns(source, slots.length), joined, later, tree: below, source },
    };
  }

  #holderOf(source: NamedFromNode): FromNode | undefined {
    return this.#froms.find((from) => namedFroms(from).some((named) => named.key === source.key));
  }

  #joinTo(source: NamedFromNode, { right, on }: JoinStep, kind: "inner" | "left"): void {
    const holder = this.#holderOf(source);
    const joined = joinNode(holder ?? source, right, on, kind);
    if (holder === undefined) this.#froms.push(joined);
    else this.#froms = this.#froms.map((from) => (from === holder ? joined : from));
  }

  /** A name for the table that the statement does not use yet: `address_1`. */
  #freeName(table: NamedFromNode): string {
    let count = 1;
    while (this.#names.has(`${table.name}_${count}`)) count++;
    const name = `${table.name}_${count}`;
    this.#names.add(name);
    return name;
  }
}
