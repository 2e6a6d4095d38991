// The reference: what a query gives by SQL's own rules, over plain rows and in three-valued logic. Slow and simple.
import type {
  Aggregate,
  Comparison,
  ConditionSpec,
  GroupsSpec,
  JoinSpec,
  NestedSpec,
  NumberSpec,
  OrderSpec,
  PairSpec,
  PatternPart,
  QuerySpec,
  RowsSpec,
  SetSpec,
  TextSpec,
  ValueSpec,
  WindowSpec,
} from "./query-spec.js";
import type { Data, DataRow, TableName } from "./tables.js";

export type SqlValue = number | string | boolean | null;
/** True, false or unknown. */
type Truth = boolean | null;

/** Where databases differ and the difference can be written as a rule. */
export interface Traits {
  /** LIKE takes `a` and `A` for one letter. */
  readonly likeIgnoresCase: boolean;
}

/** One combination of rows; null stands for the missing partner of an outer join. */
type Scope = { readonly [Name in TableName]?: DataRow | null };

/** The rows that a query gives; in order where it orders them. */
export function evaluate(query: QuerySpec, data: Data, traits: Traits): SqlValue[][] {
  const evaluator = new Evaluator(data, traits);
  switch (query.kind) {
    case "rows":
      return evaluator.rows(query);
    case "groups":
      return evaluator.groups(query);
    case "set":
      return combined(query.operator, evaluator.pairs(query.left), evaluator.pairs(query.right));
    case "nested":
      return evaluator.nested(query);
    case "window":
      return evaluator.window(query);
  }
}

class Evaluator {
  readonly #data: Data;
  readonly #traits: Traits;

  constructor(data: Data, traits: Traits) {
    this.#data = data;
    this.#traits = traits;
  }

  rows(query: RowsSpec): SqlValue[][] {
    const scopes = this.#matching(query.join, query.where);
    const { order } = query;
    if (order !== null) {
      scopes.sort((a, b) => this.#compareByTerms(a, b, order.terms));
      const end = order.offset + order.limit;
      return scopes.slice(order.offset, end).map((scope) => query.columns.map((each) => this.#value(each, scope)));
    }
    const rows = scopes.map((scope) => query.columns.map((each) => this.#value(each, scope)));
    return query.distinct ? distinct(rows) : rows;
  }

  groups(query: GroupsSpec): SqlValue[][] {
    const groups = new Map<string, { readonly keys: SqlValue[]; readonly scopes: Scope[] }>();
    if (query.keys.length === 0) groups.set("", { keys: [], scopes: [] });
    for (const scope of this.#matching(query.join, query.where)) {
      const keys = query.keys.map((key) => groupKey(key, scope));
      const id = keys.length === 0 ? "" : JSON.stringify(keys);
      const group = groups.get(id) ?? { keys, scopes: [] };
      groups.set(id, group);
      group.scopes.push(scope);
    }
    const { having } = query;
    return [...groups.values()]
      .filter(({ scopes }) => {
        if (having === null) return true;
        return compare(having.operator, this.#aggregate(having.aggregate, scopes), having.value) === true;
      })
      .map(({ keys, scopes }) => keys.concat(query.aggregates.map((each) => this.#aggregate(each, scopes))));
  }

  pairs({ number, text, where }: PairSpec): SqlValue[][] {
    return this.#matching(null, where).map((scope) => [this.#number(number, scope), this.#text(text, scope)]);
  }

  nested({ query, above }: NestedSpec): SqlValue[][] {
    const counts = new Map<string, { readonly values: SqlValue[]; count: number }>();
    for (const values of this.pairs(query)) {
      if (compare("gt", values[0] ?? null, above) !== true) continue;
      const id = JSON.stringify(values);
      const known = counts.get(id) ?? { values, count: 0 };
      counts.set(id, known);
      known.count += 1;
    }
    return [...counts.values()].map(({ values, count }) => values.concat(count));
  }

  window(query: WindowSpec): SqlValue[][] {
    const { orderBy, partitionBy } = query;
    const ordered = this.#data.item.toSorted((a, b) => compareInOrder(a, b, orderBy) || a.id - b.id);
    return ordered.map((row) => {
      const partition =
        partitionBy === null ? ordered : ordered.filter((other) => other[partitionBy] === row[partitionBy]);
      return [row.id, this.#windowValue(query, partition, partition.indexOf(row))];
    });
  }

  #windowValue(query: WindowSpec, partition: readonly DataRow[], at: number): SqlValue {
    const { orderBy, of } = query;
    const column = (row: DataRow): SqlValue => row[orderBy.column];
    const upToHere = partition.slice(0, at + 1);
    const here = partition[at];
    switch (query.function) {
      case "rowNumber":
        return at + 1;
      case "rank":
        return partition.findIndex((row) => here !== undefined && column(row) === column(here)) + 1;
      case "denseRank":
        return new Set(upToHere.map(column)).size;
      case "lag":
      case "lead": {
        const item = partition[query.function === "lag" ? at - 1 : at + 1];
        return item === undefined ? null : this.#number(of, { item });
      }
      default:
        return this.#aggregate(
          { function: query.function, of },
          upToHere.map((item) => ({ item })),
        );
    }
  }

  #matching(join: JoinSpec | null, where: ConditionSpec | null): Scope[] {
    const scopes = this.#data.item.flatMap((item): Scope[] => {
      if (join === null) return [{ item }];
      const pairs = this.#data.part.map((part) => ({ item, part }));
      const partners = pairs.filter((scope) => this.#truth(join.on, scope) === true);
      return partners.length === 0 && join.outer ? [{ item, part: null }] : partners;
    });
    return where === null ? scopes : scopes.filter((scope) => this.#truth(where, scope) === true);
  }

  #compareByTerms(a: Scope, b: Scope, terms: readonly OrderSpec[]): number {
    for (const { value, descending, nullsFirst } of terms) {
      const [left, right] = [this.#value(value, a), this.#value(value, b)];
      if (left === right) continue;
      if (left === null || right === null) return (left === null) === nullsFirst ? -1 : 1;
      return compareValues(left, right) * (descending ? -1 : 1);
    }
    const keys = (scope: Scope): readonly number[] => [scope.item?.id ?? 0, scope.part?.id ?? Number.MAX_SAFE_INTEGER];
    const [first = 0, second = 0] = keys(a).map((key, index) => key - (keys(b)[index] ?? 0));
    return first === 0 ? second : first;
  }

  #aggregate(aggregate: Aggregate, scopes: readonly Scope[]): number | null {
    if (aggregate.function === "countRows") return scopes.length;
    const values = scopes.map((scope) => this.#number(aggregate.of, scope)).filter((value) => value !== null);
    switch (aggregate.function) {
      case "count":
        return values.length;
      case "countDistinct":
        return new Set(values).size;
      case "sum":
        return values.length === 0 ? null : sum(values);
      case "avg":
        return values.length === 0 ? null : sum(values) / values.length;
      case "min":
        return values.length === 0 ? null : Math.min(...values);
      case "max":
        return values.length === 0 ? null : Math.max(...values);
    }
  }

  #value(spec: ValueSpec, scope: Scope): SqlValue {
    switch (spec.type) {
      case "number":
        return this.#number(spec.value, scope);
      case "text":
        return this.#text(spec.value, scope);
      case "quotient": {
        const dividend = this.#number(spec.value, scope);
        return dividend === null ? null : dividend / spec.by;
      }
      case "truth": {
        const truth = this.#truth(spec.value, scope);
        return truth === null ? null : Number(truth);
      }
    }
  }

  #number(spec: NumberSpec, scope: Scope): number | null {
    switch (spec.kind) {
      case "number":
        return spec.value;
      case "column":
        return scope[spec.of]?.[spec.column] ?? null;
      case "plus":
      case "minus":
      case "times":
        return calculate(spec.kind, this.#number(spec.left, scope), this.#number(spec.right, scope));
      case "modulo": {
        const left = this.#number(spec.left, scope);
        // The sign is the dividend's; JavaScript would give -0 as well.
        return left === null ? null : (left % spec.by) + 0;
      }
      case "abs": {
        const operand = this.#number(spec.operand, scope);
        return operand === null ? null : Math.abs(operand);
      }
      case "length": {
        const operand = this.#text(spec.operand, scope);
        return operand === null ? null : [...operand].length;
      }
      case "aggregate": {
        const scopes = this.#notes(spec.where, scope);
        return this.#aggregate({ function: spec.function, of: { kind: "column", of: "note", column: "n" } }, scopes);
      }
      case "coalesce":
        return this.#number(spec.first, scope) ?? this.#number(spec.second, scope);
      case "nullif": {
        const first = this.#number(spec.first, scope);
        return first === this.#number(spec.second, scope) ? null : first;
      }
      case "case":
        if (this.#truth(spec.when, scope) === true) return this.#number(spec.result, scope);
        return spec.otherwise === null ? null : this.#number(spec.otherwise, scope);
    }
  }

  #text(spec: TextSpec, scope: Scope): string | null {
    switch (spec.kind) {
      case "text":
        return spec.value;
      case "column":
        return scope[spec.of]?.[spec.column] ?? null;
      case "concat": {
        const [left, right] = [this.#text(spec.left, scope), this.#text(spec.right, scope)];
        return left === null || right === null ? null : left + right;
      }
      case "lower":
        return this.#text(spec.operand, scope)?.toLowerCase() ?? null;
      case "upper":
        return this.#text(spec.operand, scope)?.toUpperCase() ?? null;
      case "trim":
        return this.#text(spec.operand, scope)?.replaceAll(/^ +| +$/g, "") ?? null;
      case "substr": {
        const characters = [...(this.#text(spec.operand, scope) ?? "")].slice(spec.start - 1);
        if (this.#text(spec.operand, scope) === null) return null;
        return characters.slice(0, spec.count ?? undefined).join("");
      }
      case "replace":
        return this.#text(spec.operand, scope)?.replaceAll(spec.from, () => spec.to) ?? null;
      case "coalesce":
        return this.#text(spec.first, scope) ?? this.#text(spec.second, scope);
      case "nullif": {
        const first = this.#text(spec.first, scope);
        return first === this.#text(spec.second, scope) ? null : first;
      }
      case "case":
        if (this.#truth(spec.when, scope) === true) return this.#text(spec.result, scope);
        return spec.otherwise === null ? null : this.#text(spec.otherwise, scope);
    }
  }

  #truth(spec: ConditionSpec, scope: Scope): Truth {
    switch (spec.kind) {
      case "compare":
        return spec.type === "number"
          ? compare(spec.operator, this.#number(spec.left, scope), this.#number(spec.right, scope))
          : compare(spec.operator, this.#text(spec.left, scope), this.#text(spec.right, scope));
      case "isNull": {
        const value = spec.type === "number" ? this.#number(spec.operand, scope) : this.#text(spec.operand, scope);
        return (value === null) !== spec.negated;
      }
      case "flag":
        return this.#flag(scope[spec.of]?.f ?? null, spec.value, spec.negated);
      case "in":
        return negatedIf(spec.negated, member(this.#number(spec.operand, scope), spec.values));
      case "inText":
        return negatedIf(spec.negated, member(this.#text(spec.operand, scope), spec.values));
      case "inSelect": {
        const found = this.#notes(spec.where, scope).map(({ note }) => note?.n ?? null);
        return negatedIf(spec.negated, member(this.#number(spec.operand, scope), found));
      }
      case "between": {
        const operand = this.#number(spec.operand, scope);
        return conjunction([
          compare("ge", operand, this.#number(spec.low, scope)),
          compare("le", operand, this.#number(spec.high, scope)),
        ]);
      }
      case "like":
        return matches(this.#text(spec.operand, scope), spec.pattern, this.#traits.likeIgnoresCase);
      case "ilike":
        return matches(this.#text(spec.operand, scope), spec.pattern, true);
      case "startsWith":
        return matches(this.#text(spec.operand, scope), [...plain(spec.part), ANY], this.#traits.likeIgnoresCase);
      case "endsWith":
        return matches(this.#text(spec.operand, scope), [ANY, ...plain(spec.part)], this.#traits.likeIgnoresCase);
      case "contains":
        return matches(this.#text(spec.operand, scope), [ANY, ...plain(spec.part), ANY], this.#traits.likeIgnoresCase);
      case "distinctFrom":
        return (this.#number(spec.left, scope) === this.#number(spec.right, scope)) === spec.negated;
      case "exists":
        return this.#notes(spec.where, scope).length > 0;
      case "and":
        return conjunction(spec.operands.map((each) => this.#truth(each, scope)));
      case "or":
        return negation(conjunction(spec.operands.map((each) => negation(this.#truth(each, scope)))));
      case "not":
        return negation(this.#truth(spec.operand, scope));
    }
  }

  #flag(value: boolean | null, wanted: boolean | null, negated: boolean): Truth {
    if (wanted === null) return (value === null) !== negated;
    return value === null ? null : (value === wanted) !== negated;
  }

  /** The notes that meet a condition, which may speak of the rows around it. */
  #notes(where: ConditionSpec, scope: Scope): Scope[] {
    return this.#data.note.map((note) => ({ ...scope, note })).filter((inner) => this.#truth(where, inner) === true);
  }
}

function groupKey(key: GroupsSpec["keys"][number], scope: Scope): SqlValue {
  const item = scope.item ?? null;
  if (key === "n") return item?.n ?? null;
  return (key === "s" ? item?.s : item?.s?.toLowerCase()) ?? null;
}

function compareInOrder(a: DataRow, b: DataRow, { column, descending, nullsFirst }: WindowSpec["orderBy"]): number {
  const [left, right] = [a[column], b[column]];
  if (left === right) return 0;
  if (left === null || right === null) return (left === null) === nullsFirst ? -1 : 1;
  return compareValues(left, right) * (descending ? -1 : 1);
}

function combined(operator: SetSpec["operator"], left: SqlValue[][], right: SqlValue[][]): SqlValue[][] {
  if (operator === "unionAll") return [...left, ...right];
  if (operator === "union") return distinct([...left, ...right]);
  const others = new Set(right.map((row) => JSON.stringify(row)));
  return distinct(left).filter((row) => others.has(JSON.stringify(row)) === (operator === "intersect"));
}

function distinct(rows: readonly SqlValue[][]): SqlValue[][] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function calculate(operator: "plus" | "minus" | "times", left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null;
  if (operator === "plus") return left + right;
  return operator === "minus" ? left - right : left * right + 0;
}

function compareValues(left: SqlValue, right: SqlValue): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  // The order of bytes in UTF-8, which is that of code points.
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
}

function compare(operator: Comparison, left: SqlValue, right: SqlValue): Truth {
  if (left === null || right === null) return null;
  const order = compareValues(left, right);
  switch (operator) {
    case "eq":
      return order === 0;
    case "ne":
      return order !== 0;
    case "lt":
      return order < 0;
    case "le":
      return order <= 0;
    case "gt":
      return order > 0;
    case "ge":
      return order >= 0;
  }
}

/** `value IN (…)`: false for an empty list, whatever the value; unknown where a NULL might have been the one. */
function member(value: SqlValue, among: readonly SqlValue[]): Truth {
  if (among.length === 0) return false;
  if (value === null) return null;
  if (among.includes(value)) return true;
  return among.includes(null) ? null : false;
}

function negation(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function negatedIf(negated: boolean, truth: Truth): Truth {
  return negated ? negation(truth) : truth;
}

function conjunction(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

const ANY: PatternPart = { kind: "any" };

function plain(text: string): PatternPart[] {
  return Array.from(text, (character) => ({ kind: "plain", character }));
}

function matches(text: string | null, pattern: readonly PatternPart[], ignoreCase: boolean): Truth {
  if (text === null) return null;
  const source = pattern.map((part) => {
    if (part.kind === "any") return ".*";
    return part.kind === "one" ? "." : part.character.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  });
  return new RegExp(`^${source.join("")}$`, ignoreCase ? "sui" : "su").test(text);
}
