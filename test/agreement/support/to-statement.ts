// A query's data as a statement, by the same functions that programs write queries with.
import {
  and,
  type AnyQuery,
  caseWhen,
  type Condition,
  exists,
  type Expr,
  func,
  type FunctionExpr,
  literal,
  not,
  or,
  type Order,
  select,
  type Sql,
  type WhereClause,
} from "athanor";
import type {
  Aggregate,
  ConditionSpec,
  GroupsSpec,
  NestedSpec,
  NumberSpec,
  PairSpec,
  PatternPart,
  QuerySpec,
  RowsSpec,
  TextSpec,
  ValueSpec,
  WindowSpec,
} from "./query-spec.js";
import { tables } from "./tables.js";

const { item, part, note } = tables;

/** The escape in patterns that have one. */
const ESCAPE = "!";

export function toStatement(query: QuerySpec): AnyQuery {
  switch (query.kind) {
    case "rows":
      return rowsStatement(query);
    case "groups":
      return groupsStatement(query);
    case "set":
      return pairStatement(query.left)[query.operator](pairStatement(query.right));
    case "nested":
      return nestedStatement(query);
    case "window":
      return windowStatement(query);
  }
}

function pairStatement({ number, text, where }: PairSpec) {
  const statement = select(numberOf(number).label("number"), textOf(text).label("text")).selectFrom(item);
  return where === null ? statement : statement.where(conditionOf(where));
}

function nestedStatement({ as, query, above }: NestedSpec) {
  const inner = pairStatement(query);
  const { c } = as === "cte" ? inner.cte("inner_rows") : inner.subquery("inner_rows");
  return select(c.number, c.text, func.count()).where(c.number.gt(above)).groupBy(c.number, c.text);
}

function windowStatement(query: WindowSpec) {
  const { column, descending, nullsFirst } = query.orderBy;
  const term = descending ? item.c[column].desc() : item.c[column].asc();
  const placed = nullsFirst ? term.nullsFirst() : term.nullsLast();
  const ties = query.function === "rank" || query.function === "denseRank";
  const window = {
    ...(query.partitionBy === null ? {} : { partitionBy: item.c[query.partitionBy] }),
    orderBy: ties ? placed : [placed, item.c.id],
  };
  return select(item.c.id, windowFunction(query).over(window).label("value"));
}

function windowFunction(query: WindowSpec): FunctionExpr<unknown> {
  const call = query.function;
  // Sound: only `over` is called, which every function has.
  return (
    call === "rowNumber" || call === "rank" || call === "denseRank" ? func[call]() : func[call](numberOf(query.of))
  ) as FunctionExpr<unknown>;
}

function rowsStatement(query: RowsSpec) {
  const [first, ...rest] = query.columns.map((each, index) => valueOf(each).label(`c${String(index)}`));
  if (first === undefined) throw new TypeError("a query has columns");
  let statement = select(first, ...rest).selectFrom(item);
  const { join, where, order } = query;
  if (join?.outer === false) statement = statement.join(part, conditionOf(join.on));
  if (where !== null) statement = statement.where(conditionOf(where));
  if (query.distinct) statement = statement.distinct();
  if (order !== null) {
    const terms: Order[] = order.terms.map(({ value, descending, nullsFirst }) => {
      const term = descending ? valueOf(value).desc() : valueOf(value).asc();
      return nullsFirst ? term.nullsFirst() : term.nullsLast();
    });
    const keys = join === null ? [item.c.id.asc()] : [item.c.id.asc(), part.c.id.asc().nullsLast()];
    statement = statement
      .orderBy(...terms, ...keys)
      .limit(order.limit)
      .offset(order.offset);
  }
  return join?.outer === true ? statement.outerJoin(part, conditionOf(join.on)) : statement;
}

function groupsStatement(query: GroupsSpec) {
  const keys = query.keys.map((key) => {
    if (key === "lower(s)") return func.lower(item.c.s);
    return key === "n" ? item.c.n : item.c.s;
  });
  const aggregates = query.aggregates.map(aggregateOf);
  const [first, ...rest] = [...keys, ...aggregates];
  if (first === undefined) throw new TypeError("a query has columns");
  let statement = select(first, ...rest).selectFrom(item);
  const { join, where, having } = query;
  if (join?.outer === false) statement = statement.join(part, conditionOf(join.on));
  if (where !== null) statement = statement.where(conditionOf(where));
  if (keys.length > 0) statement = statement.groupBy(...keys);
  if (having !== null) statement = statement.having(aggregateOf(having.aggregate)[having.operator](having.value));
  return join?.outer === true ? statement.outerJoin(part, conditionOf(join.on)) : statement;
}

function aggregateOf(aggregate: Aggregate): Expr<number | null> {
  switch (aggregate.function) {
    case "countRows":
      return widened(func.count());
    default:
      return widened(func[aggregate.function](numberOf(aggregate.of)));
  }
}

/** A value of a select list or of ORDER BY. */
function valueOf(spec: ValueSpec): Expr<number | string | null> {
  switch (spec.type) {
    case "number":
      return widened(numberOf(spec.value));
    case "text":
      return widened(textOf(spec.value));
    case "quotient":
      return widened(numberOf(spec.value).dividedBy(spec.by));
    case "truth": {
      const condition = conditionOf(spec.value);
      return widened(
        caseWhen<number>([
          [condition, 1],
          [not(condition), 0],
        ]),
      );
    }
  }
}

function numberOf(spec: NumberSpec): Expr<number | null> {
  switch (spec.kind) {
    case "number":
      return widened(literal(spec.value));
    case "column":
      return widened(tables[spec.of].c[spec.column]);
    case "plus":
    case "minus":
    case "times":
      return numberOf(spec.left)[spec.kind](numberOf(spec.right));
    case "modulo":
      return numberOf(spec.left).modulo(spec.by);
    case "abs":
      return func.abs(numberOf(spec.operand));
    case "length":
      return widened(func.length(textOf(spec.operand)));
    case "aggregate":
      return select(func[spec.function](note.c.n)).selectFrom(note).where(conditionOf(spec.where)).scalar();
    case "coalesce":
      return widened(func.coalesce(numberOf(spec.first), numberOf(spec.second)));
    case "nullif":
      return func.nullif(numberOf(spec.first), numberOf(spec.second));
    case "case":
      return choice(
        conditionOf(spec.when),
        numberOf(spec.result),
        spec.otherwise === null ? null : numberOf(spec.otherwise),
      );
  }
}

function textOf(spec: TextSpec): Expr<string | null> {
  switch (spec.kind) {
    case "text":
      return widened(literal(spec.value));
    case "column":
      return widened(tables[spec.of].c.s);
    case "concat":
      return textOf(spec.left).concat(textOf(spec.right));
    case "lower":
    case "upper":
    case "trim":
      return func[spec.kind](textOf(spec.operand));
    case "substr":
      return func.substr(textOf(spec.operand), spec.start, spec.count ?? undefined);
    case "replace":
      return func.replace(textOf(spec.operand), spec.from, spec.to);
    case "coalesce":
      return widened(func.coalesce(textOf(spec.first), textOf(spec.second)));
    case "nullif":
      return func.nullif(textOf(spec.first), textOf(spec.second));
    case "case":
      return choice(
        conditionOf(spec.when),
        textOf(spec.result),
        spec.otherwise === null ? null : textOf(spec.otherwise),
      );
  }
}

/** The expression as one whose values may be more than they are. */
function widened<T>(expression: Sql<NoInfer<T>>): Expr<T> {
  // Sound: every expression has all the operators, and these are used on texts or numbers as the type says.
  return expression as Expr<T>;
}

function choice<T>(when: WhereClause, then: Sql<T | null>, otherwise: Sql<T | null> | null): Expr<T | null> {
  return otherwise === null ? caseWhen<T | null>([[when, then]]) : caseWhen<T | null>([[when, then]], otherwise);
}

export function conditionOf(spec: ConditionSpec): Condition {
  switch (spec.kind) {
    case "compare":
      return spec.type === "number"
        ? numberOf(spec.left)[spec.operator](numberOf(spec.right))
        : textOf(spec.left)[spec.operator](textOf(spec.right));
    case "isNull": {
      const operand = spec.type === "number" ? numberOf(spec.operand) : textOf(spec.operand);
      return spec.negated ? operand.isNotNull() : operand.isNull();
    }
    case "flag": {
      const flag = tables[spec.of].c.f;
      return spec.negated ? flag.ne(spec.value) : flag.eq(spec.value);
    }
    case "in":
      return numberOf(spec.operand)[spec.negated ? "notIn" : "in"](spec.values);
    case "inText":
      return textOf(spec.operand)[spec.negated ? "notIn" : "in"](spec.values);
    case "inSelect": {
      const found = select(note.c.n).selectFrom(note).where(conditionOf(spec.where)).subquery();
      return numberOf(spec.operand)[spec.negated ? "notIn" : "in"](found);
    }
    case "between":
      return numberOf(spec.operand).between(numberOf(spec.low), numberOf(spec.high));
    case "like":
      return textOf(spec.operand).like(patternText(spec.pattern), spec.escape ? { escape: ESCAPE } : {});
    case "ilike":
      return textOf(spec.operand).ilike(patternText(spec.pattern));
    case "startsWith":
    case "endsWith":
    case "contains":
      return textOf(spec.operand)[spec.kind](spec.part);
    case "distinctFrom": {
      const left = numberOf(spec.left);
      return spec.negated ? left.isNotDistinctFrom(numberOf(spec.right)) : left.isDistinctFrom(numberOf(spec.right));
    }
    case "exists":
      return exists(select(note.c.id).selectFrom(note).where(conditionOf(spec.where)));
    case "and":
      return and(...spec.operands.map(conditionOf));
    case "or":
      return or(...spec.operands.map(conditionOf));
    case "not":
      return not(conditionOf(spec.operand));
  }
}

function patternText(pattern: readonly PatternPart[]): string {
  const texts = pattern.map((each) => {
    if (each.kind === "any") return "%";
    if (each.kind === "one") return "_";
    return each.kind === "escaped" ? ESCAPE + each.character : each.character;
  });
  return texts.join("");
}
