// Random rows and random queries over them. A query's depth is bounded, so that a failing one can be read.
import * as fc from "fast-check";
import {
  type Aggregate,
  AGGREGATES,
  COMPARISONS,
  type ConditionSpec,
  type GroupsSpec,
  type JoinSpec,
  type NestedSpec,
  type NumberSpec,
  type PairSpec,
  type PatternPart,
  type QuerySpec,
  type RowsSpec,
  SET_OPERATORS,
  type SetSpec,
  type TextSpec,
  type ValueSpec,
  WINDOW_FUNCTIONS,
  type WindowSpec,
} from "./query-spec.js";
import type { Data, DataRow, TableName } from "./tables.js";

/** Few values, so that comparisons are met; letters beyond ASCII that have no case, one outside the basic plane. */
const TEXTS = ["", "a", "A", "b", "ab", "aB", "AB", "ba", " a", "a ", "%", "_", "a%b", "!", "日", "😀", "a😀b", "'"];
/** Blanks come from columns alone: at the end of other texts, some databases do not see them. */
const WORDS = TEXTS.filter((each) => !each.includes(" "));
const CHARACTERS = ["a", "b", "A", "B", " ", "日", "😀", "'"];

/** Null half of the time: conditions leave few rows. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { freq: 1, nil: null });

const smallNumber = fc.integer({ min: -3, max: 9 });
const text = fc.constantFrom(...WORDS);

const dataRow = (id: number): fc.Arbitrary<DataRow> =>
  fc.record({
    id: fc.constant(id),
    ref: fc.option(fc.integer({ min: 1, max: 5 })),
    n: fc.option(smallNumber),
    s: fc.option(fc.constantFrom(...TEXTS)),
    f: fc.option(fc.boolean()),
  });

/** Uniform: small numbers are not what is looked for. */
const upTo = (most: number): fc.Arbitrary<number> => fc.constantFrom(...Array.from({ length: most + 1 }, (_, n) => n));

const tableRows = upTo(6).chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => dataRow(n + 1))));

export const data: fc.Arbitrary<Data> = fc.record({ item: tableRows, part: tableRows, note: tableRows });

/** What a piece of a query may speak of, and how deep it may go. */
interface Scope {
  readonly tables: readonly TableName[];
  readonly depth: number;
}

/** Arbitraries by what they are made for: made once, since nesting makes many. */
function memoized<T>(make: (scope: Scope) => fc.Arbitrary<T>): (scope: Scope) => fc.Arbitrary<T> {
  const made = new Map<string, fc.Arbitrary<T>>();
  return (scope) => {
    const key = `${scope.tables.join()} ${String(scope.depth)}`;
    const known = made.get(key) ?? make(scope);
    made.set(key, known);
    return known;
  };
}

const inside = ({ tables, depth }: Scope): Scope => ({ tables, depth: depth - 1 });
/** The scope of a subquery over `note`. */
const subquery = ({ tables, depth }: Scope): Scope => ({ tables: [...tables, "note"], depth: Math.min(depth - 1, 1) });
const canNest = ({ tables, depth }: Scope): boolean => depth > 0 && !tables.includes("note");

const tag = <K extends string>(...kinds: readonly K[]): fc.Arbitrary<K> => fc.constantFrom(...kinds);

const numberSpec: (scope: Scope) => fc.Arbitrary<NumberSpec> = memoized((scope) => {
  const column = fc.record({
    kind: tag("column"),
    of: fc.constantFrom(...scope.tables),
    column: tag("id", "ref", "n", "n"),
  });
  const leaves: fc.Arbitrary<NumberSpec>[] = [column, column, fc.record({ kind: tag("number"), value: smallNumber })];
  if (scope.depth <= 0) return fc.oneof(...leaves);
  const operand = numberSpec(inside(scope));
  const nested: fc.Arbitrary<NumberSpec>[] = [
    fc.record({ kind: tag("plus", "minus", "times"), left: operand, right: operand }),
    fc.record({ kind: tag("modulo"), left: operand, by: fc.constantFrom(-3, -2, 2, 3, 5) }),
    fc.record({ kind: tag("abs"), operand }),
    fc.record({ kind: tag("length"), operand: textSpec(inside(scope)) }),
    fc.record({ kind: tag("coalesce", "nullif"), first: operand, second: operand }),
    fc.record({
      kind: tag("case"),
      when: conditionSpec(inside(scope)),
      result: operand,
      otherwise: fc.option(operand, { nil: null }),
    }),
  ];
  if (canNest(scope)) {
    const where = conditionSpec(subquery(scope));
    nested.push(fc.record({ kind: tag("aggregate"), function: tag("count", "min", "max", "sum"), where }));
  }
  return fc.oneof(...leaves, ...nested);
});

const textSpec: (scope: Scope) => fc.Arbitrary<TextSpec> = memoized((scope) => {
  const leaves: fc.Arbitrary<TextSpec>[] = [
    fc.record({ kind: tag("column"), of: fc.constantFrom(...scope.tables), column: tag("s") }),
    fc.record({ kind: tag("text"), value: text }),
  ];
  if (scope.depth <= 0) return fc.oneof(...leaves);
  const operand = textSpec(inside(scope));
  return fc.oneof<fc.Arbitrary<TextSpec>[]>(
    ...leaves,
    fc.record({ kind: tag("concat"), left: operand, right: operand }),
    fc.record({ kind: tag("lower", "upper", "trim"), operand }),
    fc.record({
      kind: tag("substr"),
      operand,
      start: fc.integer({ min: 1, max: 4 }),
      count: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
    }),
    fc.record({ kind: tag("replace"), operand, from: fc.constantFrom("a", "A", "ab", "😀", " "), to: text }),
    fc.record({ kind: tag("coalesce", "nullif"), first: operand, second: operand }),
    fc.record({
      kind: tag("case"),
      when: conditionSpec(inside(scope)),
      result: operand,
      otherwise: fc.option(operand, { nil: null }),
    }),
  );
});

const patternPart: fc.Arbitrary<PatternPart> = fc.oneof(
  fc.constantFrom<PatternPart[]>({ kind: "any" }, { kind: "one" }),
  fc.record({ kind: tag("plain"), character: fc.constantFrom(...CHARACTERS) }),
);
const escapedPart: fc.Arbitrary<PatternPart> = fc.record({
  kind: tag("escaped"),
  character: fc.constantFrom("%", "_", "!"),
});
const pattern = fc.array(patternPart, { maxLength: 4 });

const conditionSpec: (scope: Scope) => fc.Arbitrary<ConditionSpec> = memoized((scope) => {
  const number = numberSpec(inside(scope));
  const words = textSpec(inside(scope));
  const operator = fc.constantFrom(...COMPARISONS);
  const negated = fc.boolean();
  const leaves: fc.Arbitrary<ConditionSpec>[] = [
    fc.record({ kind: tag("compare"), type: tag("number"), operator, left: number, right: number }),
    fc.record({ kind: tag("compare"), type: tag("text"), operator, left: words, right: words }),
    fc.record({ kind: tag("isNull"), type: tag("number"), operand: number, negated }),
    fc.record({ kind: tag("isNull"), type: tag("text"), operand: words, negated }),
    fc.record({
      kind: tag("flag"),
      of: fc.constantFrom(...scope.tables),
      value: fc.constantFrom(true, false, null),
      negated,
    }),
    fc.record({ kind: tag("in"), operand: number, values: fc.array(smallNumber, { maxLength: 3 }), negated }),
    fc.record({ kind: tag("inText"), operand: words, values: fc.array(text, { maxLength: 3 }), negated }),
    fc.record({ kind: tag("distinctFrom"), left: number, right: number, negated }),
    fc.record({ kind: tag("between"), operand: number, low: number, high: number }),
    fc.record({ kind: tag("like"), operand: words, pattern, escape: fc.constant(false) }),
    fc.record({
      kind: tag("like"),
      operand: words,
      pattern: fc.array(
        fc.oneof(
          patternPart.filter((each) => !isEscape(each)),
          escapedPart,
        ),
        { maxLength: 4 },
      ),
      escape: fc.constant(true),
    }),
    fc.record({ kind: tag("ilike"), operand: words, pattern }),
    fc.record({ kind: tag("startsWith", "endsWith", "contains"), operand: words, part: text }),
  ];
  if (scope.depth <= 0) return fc.oneof(...leaves);
  const operand = conditionSpec(inside(scope));
  const nested: fc.Arbitrary<ConditionSpec>[] = [
    fc.record({ kind: tag("and", "or"), operands: fc.array(operand, { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: tag("and", "or"), operands: fc.array(operand, { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: tag("not"), operand }),
  ];
  if (canNest(scope)) {
    const where = conditionSpec(subquery(scope));
    nested.push(
      fc.record({ kind: tag("exists"), where }),
      fc.record({ kind: tag("inSelect"), operand: number, where, negated }),
    );
  }
  return fc.oneof(...leaves, ...nested);
});

function isEscape(part: PatternPart): boolean {
  return part.kind === "plain" && part.character === "!";
}

const valueSpec = (scope: Scope): fc.Arbitrary<ValueSpec> =>
  fc.oneof(
    fc.record({ type: tag("number"), value: numberSpec(scope) }),
    fc.record({ type: tag("text"), value: textSpec(scope) }),
    fc.record({ type: tag("quotient"), value: numberSpec(scope), by: fc.constantFrom(-7, 2, 3, 4) }),
    fc.record({ type: tag("truth"), value: conditionSpec(scope) }),
  );

const join: fc.Arbitrary<JoinSpec | null> = fc.option(
  fc.record({
    outer: fc.boolean(),
    on: fc.oneof(
      fc.constant<ConditionSpec>({
        kind: "compare",
        type: "number",
        operator: "eq",
        left: { kind: "column", of: "part", column: "ref" },
        right: { kind: "column", of: "item", column: "id" },
      }),
      conditionSpec({ tables: ["item", "part"], depth: 0 }),
    ),
  }),
);

const scopeOf = (joined: JoinSpec | null, depth: number): Scope => ({
  tables: joined === null ? ["item"] : ["item", "part"],
  depth,
});

const rows: fc.Arbitrary<RowsSpec> = join.chain((joined) => {
  const value = valueSpec(scopeOf(joined, 2));
  const order = fc.record({
    terms: fc.array(
      fc.record({ value: orderable(scopeOf(joined, 1)), descending: fc.boolean(), nullsFirst: fc.boolean() }),
      {
        maxLength: 2,
      },
    ),
    limit: upTo(6),
    offset: fc.nat({ max: 2 }),
  });
  return fc
    .record({
      kind: tag("rows"),
      join: fc.constant(joined),
      columns: fc.array(value, { minLength: 1, maxLength: 3 }),
      where: sometimes(conditionSpec(scopeOf(joined, 3))),
      distinct: fc.boolean(),
      order: fc.option(order),
    })
    .filter((spec) => spec.order === null || !spec.distinct);
});

/** What a query is ordered by: never a parameter alone, which some databases take for a position. */
const orderable = (scope: Scope): fc.Arbitrary<ValueSpec> =>
  fc.oneof(
    fc.record({ type: tag("number"), value: numberSpec(scope).filter((each) => each.kind !== "number") }),
    fc.record({ type: tag("text"), value: textSpec(scope).filter((each) => each.kind !== "text") }),
  );

const aggregate = (scope: Scope): fc.Arbitrary<Aggregate> =>
  fc.oneof(
    fc.record({ function: tag("countRows") }),
    fc.record({ function: fc.constantFrom(...AGGREGATES), of: numberSpec(scope) }),
  );

const groups: fc.Arbitrary<GroupsSpec> = join.chain((joined) => {
  // Subqueries inside aggregates are beyond some databases.
  const plainScope: Scope = { ...scopeOf(joined, 1), depth: 1 };
  const each = aggregate({ ...plainScope, depth: 0 });
  return fc.record({
    kind: tag("groups"),
    join: fc.constant(joined),
    keys: fc.uniqueArray(tag("n", "s", "lower(s)"), { maxLength: 2 }),
    aggregates: fc.array(each, { minLength: 1, maxLength: 3 }),
    where: sometimes(conditionSpec(scopeOf(joined, 2))),
    having: sometimes(fc.record({ aggregate: each, operator: fc.constantFrom(...COMPARISONS), value: smallNumber })),
  });
});

const itemScope: Scope = { tables: ["item"], depth: 2 };
const pair: fc.Arbitrary<PairSpec> = fc.record({
  number: numberSpec(itemScope),
  text: textSpec(itemScope),
  where: sometimes(conditionSpec(itemScope)),
});

const set: fc.Arbitrary<SetSpec> = fc.record({
  kind: tag("set"),
  operator: fc.constantFrom(...SET_OPERATORS),
  left: pair,
  right: pair,
});

const nested: fc.Arbitrary<NestedSpec> = fc.record({
  kind: tag("nested"),
  as: tag("cte", "subquery"),
  query: pair,
  above: smallNumber,
});

const window: fc.Arbitrary<WindowSpec> = fc.record({
  kind: tag("window"),
  function: fc.constantFrom(...WINDOW_FUNCTIONS),
  of: numberSpec({ tables: ["item"], depth: 1 }).filter((each) => each.kind !== "aggregate"),
  partitionBy: fc.constantFrom("n", "s", "ref", null),
  orderBy: fc.record({ column: tag("n", "s", "ref"), descending: fc.boolean(), nullsFirst: fc.boolean() }),
});

export const query: fc.Arbitrary<QuerySpec> = fc.oneof(
  { arbitrary: rows, weight: 5 },
  { arbitrary: groups, weight: 2 },
  { arbitrary: set, weight: 1 },
  { arbitrary: nested, weight: 1 },
  { arbitrary: window, weight: 1 },
);

/** A condition over `item` alone. */
export const itemCondition: fc.Arbitrary<ConditionSpec> = conditionSpec({ tables: ["item"], depth: 3 });
