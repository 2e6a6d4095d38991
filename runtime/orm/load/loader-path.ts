// What a loader option holds: the relationships it leads along, how each is loaded, and what it says of the columns of
// the class it ends at.
import { ArgumentError } from "../../errors/errors.js";
import type { ColumnNode, MappedEntity } from "../../sql/ast/nodes.js";
import { elementOf } from "../../sql/build/element.js";
import type { LoadOption } from "../../sql/typing.js";
import { describeValue } from "../../types/describe-value.js";
import { mapperBehind } from "../mapped-class.js";
import type { Mapper } from "../mapper.js";
import { RelationshipAttribute } from "../relationships/attribute.js";
import { type BranchDetails, type LoadStrategy, noDetails } from "./load-tree.js";

interface PathStep {
  readonly attribute: RelationshipAttribute;
  readonly strategy: LoadStrategy | null;
  readonly details: BranchDetails;
}

/** What an option says at its end, of the class that the path leads to. */
export type PathEnd =
  | { readonly kind: "rest"; readonly strategy: LoadStrategy }
  | { readonly kind: "only" | "undefer"; readonly columns: readonly ColumnNode[] }
  | { readonly kind: "defer"; readonly columns: readonly ColumnNode[]; readonly raise: boolean }
  | { readonly kind: "undeferAll" };

/** An end, and after how many steps it was said. */
interface PlacedEnd {
  readonly end: PathEnd;
  readonly depth: number;
}

/** A path of relationships. Each method makes a longer one. */
export class LoaderPath implements LoadOption {
  readonly kind = "option";
  readonly steps: readonly PathStep[];
  /** The class or alias that the path starts from; null where its first step, or the query, says. */
  readonly root: MappedEntity | null;
  readonly ends: readonly PlacedEnd[];

  constructor(steps: readonly PathStep[] = [], root: MappedEntity | null = null, ends: readonly PlacedEnd[] = []) {
    this.steps = steps;
    this.root = root;
    this.ends = ends;
  }

  selectinload(
    relationship: unknown,
    options: Pick<BranchDetails, "recursionDepth" | "limitPerParent"> = {},
  ): LoaderPath {
    checkCount(options.recursionDepth, "recursionDepth");
    checkCount(options.limitPerParent, "limitPerParent");
    return this.#then(relationship, "selectin", "selectinload()", options);
  }

  joinedload(relationship: unknown, { innerJoin = false }: Pick<BranchDetails, "innerJoin"> = {}): LoaderPath {
    return this.#then(relationship, "joined", "joinedload()", innerJoin ? { innerJoin } : {});
  }

  subqueryload(relationship: unknown): LoaderPath {
    return this.#then(relationship, "subquery", "subqueryload()");
  }

  containsEager(relationship: unknown): LoaderPath {
    return this.#then(relationship, "contained", "containsEager()");
  }

  lazyload(relationship: unknown): LoaderPath {
    return this.#thenOrRest(relationship, "select", "lazyload()");
  }

  immediateload(relationship: unknown, options: Pick<BranchDetails, "recursionDepth"> = {}): LoaderPath {
    checkCount(options.recursionDepth, "recursionDepth");
    return this.#then(relationship, "immediate", "immediateload()", options);
  }

  raiseload(relationship: unknown, { sqlOnly = false }: { readonly sqlOnly?: boolean } = {}): LoaderPath {
    return this.#thenOrRest(relationship, sqlOnly ? "raiseOnSql" : "raise", "raiseload()");
  }

  noload(relationship: unknown): LoaderPath {
    return this.#then(relationship, "noload", "noload()");
  }

  defaultload(relationship: unknown): LoaderPath {
    return this.#then(relationship, null, "defaultload()");
  }

  loadOnly(...columns: unknown[]): LoaderPath {
    return this.#ended({ kind: "only", columns: columns.map((column) => columnOf(column, "loadOnly()")) });
  }

  defer(column: unknown, { raise = false }: { readonly raise?: boolean } = {}): LoaderPath {
    return this.#ended({ kind: "defer", columns: [columnOf(column, "defer()")], raise });
  }

  undefer(column: unknown): LoaderPath {
    if (column === "*") return this.#ended({ kind: "undeferAll" });
    return this.#ended({ kind: "undefer", columns: [columnOf(column, "undefer()")] });
  }

  toString(): string {
    return this.steps.map(({ attribute }) => String(attribute)).join(" → ") || (this.root?.name ?? "*");
  }

  #then(relationship: unknown, strategy: LoadStrategy | null, where: string, details = noDetails): LoaderPath {
    if (!(relationship instanceof RelationshipAttribute)) {
      throw new ArgumentError(
        `${where} takes a relationship such as User.addresses, got ${describeValue(relationship)}`,
      );
    }
    const from = this.#end;
    const { owner } = relationship.relationship;
    if (from !== null && !from.isA(owner) && !owner.isA(from)) {
      const last = this.steps.at(-1)?.attribute;
      throw new ArgumentError(
        last === undefined
          ? `${where}: ${String(relationship)} does not start from ${from.name}`
          : `${where}: ${String(relationship)} does not lead on from ${String(last)}, whose target is ${last.target}`,
      );
    }
    const { criteria, toward } = relationship;
    const all: BranchDetails = {
      ...details,
      ...(criteria.length === 0 ? {} : { criteria }),
      ...(toward === null || strategy !== "contained" ? {} : { source: toward }),
    };
    return new LoaderPath([...this.steps, { attribute: relationship, strategy, details: all }], this.root, this.ends);
  }

  #thenOrRest(relationship: unknown, strategy: LoadStrategy, where: string): LoaderPath {
    if (relationship !== "*") return this.#then(relationship, strategy, where);
    return this.#ended({ kind: "rest", strategy });
  }

  #ended(end: PathEnd): LoaderPath {
    return new LoaderPath(this.steps, this.root, [...this.ends, { end, depth: this.steps.length }]);
  }

  /** The class that the next step starts from; null where any will do. */
  get #end(): Mapper | null {
    const last = this.steps.at(-1);
    if (last !== undefined) return last.attribute.relationship.target;
    return this.root === null ? null : mapperBehind(this.root);
  }
}

/** The path that says nothing yet. */
export const start = new LoaderPath();

function columnOf(value: unknown, where: string): ColumnNode {
  const node = elementOf(value)?.node;
  if (node?.kind === "column" && node.table !== null) return node;
  throw new ArgumentError(`${where} takes columns such as User.name, got ${describeValue(value)}`);
}

function checkCount(count: number | undefined, name: string): void {
  if (count === undefined || count === Infinity || (Number.isInteger(count) && count > 0)) return;
  throw new ArgumentError(`${name} is a whole number of at least 1, got ${describeValue(count)}`);
}
