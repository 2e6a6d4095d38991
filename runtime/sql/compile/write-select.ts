// SELECT and set operations to SQL text: clauses in their order, one a line, each line but the last ending in a space.
import { CompileError } from "../../errors/errors.js";
import { collectBinds } from "../ast/collect-binds.js";
import { NO_LIMIT, NO_OFFSET } from "../ast/expressions.js";
import { displayedFroms, isDerived, namedFroms, referencedFroms } from "../ast/froms.js";
import type {
  ExpressionNode,
  FetchClause,
  FromNode,
  LockClause,
  NamedFromNode,
  SelectExtras,
  SelectItem,
  SelectNode,
  SetOperation,
  SetOperator,
  StatementWords,
} from "../ast/nodes.js";
import { NO_SELECT_EXTRAS } from "../ast/statements.js";
import type { CompileContext } from "./compile-context.js";
import { originalOf } from "../ast/tables.js";
import { itemColumns, ItemNames } from "./result-columns.js";
import type { ExpressionCompiler } from "./write-expression.js";
import type { SourceWriter } from "./write-sources.js";

const SET_WORDS: Readonly<Record<SetOperator, string>> = {
  union: "UNION",
  unionAll: "UNION ALL",
  intersect: "INTERSECT",
  intersectAll: "INTERSECT ALL",
  except: "EXCEPT",
  exceptAll: "EXCEPT ALL",
};
const NO_LABELS: ReadonlySet<number> = new Set();

export class SelectWriter {
  readonly #context: CompileContext;
  readonly #expressions: ExpressionCompiler;
  readonly #sources: SourceWriter;

  constructor(context: CompileContext, expressions: ExpressionCompiler, sources: SourceWriter) {
    this.#context = context;
    this.#expressions = expressions;
    this.#sources = sources;
  }

  select(node: SelectNode): string {
    const extras = node.extras ?? NO_SELECT_EXTRAS;
    for (const cte of extras.ctes) this.#sources.define(cte);
    return extras.set === null ? this.#plain(node, extras) : this.#compound(node, extras.set, extras);
  }

  /** The items of a select list or of RETURNING, those without a name under one made up. */
  items(items: readonly SelectItem[], labelled: boolean): string {
    const names = new ItemNames();
    return items
      .flatMap((item) => itemColumns(item))
      .map((item) => this.#item(item, labelled, names))
      .join(", ");
  }

  words(words: readonly StatementWords[]): string {
    return words
      .filter((each) => this.#context.speaks(each))
      .map((each) => `${each.text} `)
      .join("");
  }

  // ---- set operations

  #compound(node: SelectNode, set: SetOperation, extras: SelectExtras): string {
    if (set.operator === "intersectAll") this.#context.require("intersectAll", "INTERSECT ALL");
    if (set.operator === "exceptAll") this.#context.require("exceptAll", "EXCEPT ALL");
    const members = set.selects.map((select) => this.#member(select));
    const outer = this.#context.qualified;
    this.#context.qualified = false; // the whole has columns, and no table to name them by
    const text = members.join(` ${SET_WORDS[set.operator]} `) + this.#tail(node, extras, labelsOf(node));
    this.#context.qualified = outer;
    return text;
  }

  /** A select with an order, a limit or a set operation of its own has to be told apart from the whole. */
  #member(select: SelectNode): string {
    const text = this.select(select);
    const extras = select.extras ?? NO_SELECT_EXTRAS;
    const own =
      select.orderBy.length > 0 ||
      select.limit !== null ||
      select.offset !== null ||
      extras.set !== null ||
      extras.fetch !== null ||
      extras.lock !== null;
    if (!own) return text;
    return this.#context.dialect.setMember === "subquery" ? `SELECT * FROM (${text})` : `(${text})`;
  }

  // ---- SELECT

  #plain(node: SelectNode, extras: SelectExtras): string {
    const froms = this.#correlated(node, displayedFroms(node.froms, referencedFroms([...node.items, ...node.where])));
    const { enclosing } = this.#context;
    enclosing.push(new Set(froms.flatMap(namedFroms).map((from) => from.key)));
    const outer = this.#context.qualified;
    this.#context.qualified = true;
    try {
      return this.#clauses(node, extras, froms);
    } finally {
      this.#context.qualified = outer;
      enclosing.pop();
    }
  }

  #clauses(node: SelectNode, extras: SelectExtras, froms: readonly FromNode[]): string {
    const expressions = this.#expressions;
    let text = `SELECT ${this.words(extras.prefixes)}${this.#distinct(node, extras)}`;
    text += this.items(node.items, node.labelStyle === "table-column");
    const from = this.#from(node, extras, froms);
    if (from !== "") text += ` \nFROM ${from}`;
    if (node.where.length > 0) text += ` \nWHERE ${expressions.conjunction(node.where)}`;
    const labels = labelsOf(node);
    if (node.groupBy.length > 0) text += ` GROUP BY ${expressions.terms(node.groupBy, labels)}`;
    if (node.having.length > 0) text += ` \nHAVING ${expressions.conjunction(node.having)}`;
    return text + this.#tail(node, extras, labels);
  }

  #distinct(node: SelectNode, extras: SelectExtras): string {
    if (extras.distinctOn.length > 0) {
      this.#context.require("distinctOn", "DISTINCT ON");
      return `DISTINCT ON (${this.#expressions.list(extras.distinctOn)}) `;
    }
    return node.distinct ? "DISTINCT " : "";
  }

  /** What is read from, in the order in which binds are collected: what a column tells of follows what was given. */
  #from(node: SelectNode, extras: SelectExtras, froms: readonly FromNode[]): string {
    const displayed = new Set(froms);
    const all = displayedFroms(node.froms, referencedFroms([...node.items, ...node.where]));
    const texts: string[] = [];
    for (const from of all) {
      if (displayed.has(from)) texts.push(this.#sources.from(from, extras.hints));
      else if (from.kind !== "join" && isDerived(from)) this.#context.skip(collectBinds(from));
    }
    return texts.join(", ");
  }

  /** ORDER BY, LIMIT and what follows them. */
  #tail(node: SelectNode, extras: SelectExtras, labels: ReadonlySet<number>): string {
    let text = node.orderBy.length > 0 ? ` ORDER BY ${this.#expressions.terms(node.orderBy, labels)}` : "";
    if (extras.fetch !== null) text += this.#fetch(node, extras.fetch);
    else if (node.limit !== null || node.offset !== null) text += this.#limit(node.limit, node.offset);
    if (extras.lock !== null) text += this.#lock(extras.lock);
    const suffixes = this.words(extras.suffixes).trimEnd();
    return suffixes === "" ? text : `${text} ${suffixes}`;
  }

  #limit(limit: ExpressionNode | null, offset: ExpressionNode | null): string {
    return this.#context.dialect.limitClause({
      limit: limit === null ? null : this.#expressions.write(limit),
      offset: offset === null ? null : this.#expressions.write(offset),
      noLimit: () => this.#expressions.write(NO_LIMIT),
      noOffset: () => this.#expressions.write(NO_OFFSET),
    });
  }

  #fetch(node: SelectNode, fetch: FetchClause): string {
    const { dialect } = this.#context;
    if (dialect.lacks?.fetch !== undefined) {
      if (fetch.withTies || fetch.percent) this.#context.require("fetch", "FETCH with ties or percents");
      return this.#limit(fetch.count, node.offset);
    }
    const { withTies, percent } = fetch;
    const count = this.#expressions.write(fetch.count);
    const offset = node.offset === null ? null : this.#expressions.write(node.offset);
    if (dialect.fetchClause !== undefined) return dialect.fetchClause({ count, offset, withTies, percent });
    const skipped = offset === null ? "" : `\n OFFSET ${offset} ROWS`;
    return `${skipped}\n FETCH FIRST ${count}${percent ? " PERCENT" : ""} ROWS ${withTies ? "WITH TIES" : "ONLY"}`;
  }

  #lock(lock: LockClause): string {
    const of = lock.of.map((from) => this.#expressions.sourceName(from));
    if (of.length > 0) this.#context.require("lockOf", "FOR UPDATE OF");
    const { dialect } = this.#context;
    if (dialect.lockClause !== undefined) return dialect.lockClause({ strength: lock.strength, wait: lock.wait, of });
    return LOCK_WORDS[lock.strength] + (of.length === 0 ? "" : ` OF ${of.join(", ")}`) + WAIT_WORDS[lock.wait];
  }

  /**
   * A subquery does not read again what a select around it reads, unless its own FROM says so or nothing else is left.
   */
  #correlated(node: SelectNode, froms: readonly FromNode[]): readonly FromNode[] {
    const outer = this.#context.enclosing;
    if (outer.length === 0) return froms;
    const correlation = node.extras?.correlation ?? null;
    if (correlation === null && froms.length < 2) return froms;
    const mayCorrelate = (from: FromNode): boolean => {
      if (correlation === null) return true;
      return correlation.froms.some((each) => each.key === from.key) !== correlation.except;
    };
    const own = froms.filter(
      (from) => node.froms.includes(from) || !mayCorrelate(from) || !outer.some((keys) => keys.has(from.key)),
    );
    if (own.length > 0 || correlation !== null) return own;
    throw new CompileError("a subquery reads only from the tables of the statement around it; alias one of them");
  }

  #item(item: ExpressionNode, labelled: boolean, names: ItemNames): string {
    const { dialect } = this.#context;
    const text = this.#expressions.write(item.kind === "label" ? item.element : item);
    if (item.kind === "label") return `${text} AS ${dialect.quoteIdentifier(item.name)}`;
    if (item.kind === "column") {
      if (!labelled || item.table === null) return text;
      const { table, name } = originalOf(item);
      return `${text} AS ${dialect.quoteIdentifier(`${table?.name ?? ""}_${name}`)}`;
    }
    const name = names.madeUp(item);
    return name === null ? text : `${text} AS ${dialect.quoteIdentifier(name)}`;
  }
}

const LOCK_WORDS = {
  update: " FOR UPDATE",
  noKeyUpdate: " FOR NO KEY UPDATE",
  share: " FOR SHARE",
  keyShare: " FOR KEY SHARE",
} as const;
const WAIT_WORDS = { block: "", nowait: " NOWAIT", skipLocked: " SKIP LOCKED" } as const;

function labelsOf(node: SelectNode): ReadonlySet<number> {
  const labels = node.items.filter((item) => item.kind === "label");
  return labels.length === 0 ? NO_LABELS : new Set(labels.map((item) => item.key));
}

/** The sources that stand in a statement's FROM, by key. */
export function keysOf(froms: readonly FromNode[]): ReadonlySet<number> {
  return new Set(froms.flatMap(namedFroms).map((from: NamedFromNode) => from.key));
}
