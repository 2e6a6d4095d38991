// The kind of value that an expression gives, as PostgreSQL types it: what tells divisions of whole numbers from
// others, in the SQL of every dialect and in getters alike.
import { type ColumnType, type ColumnTypeKind, isInteger } from "./column-type.js";
import type { StoredReference } from "./expression-nullability.js";
import type { Expression } from "./expression.js";

const clocks = {
  current_date: "date",
  current_time: "time",
  current_timestamp: "timestamptz",
  localtimestamp: "timestamp",
} as const;

/** What a value of the clock is. */
export function clockKind(name: keyof typeof clocks): (typeof clocks)[keyof typeof clocks] {
  return clocks[name];
}

/**
 * The kind of `expression`'s values; undefined where nothing tells it. Whole numbers of any width are `integer`.
 * `typeOf` knows the types of columns; of an aggregate it gives that of the column under it.
 */
export function expressionKind(
  expression: Expression,
  typeOf: (reference: StoredReference) => ColumnType | undefined,
): ColumnTypeKind | undefined {
  const recur = (part: Expression): ColumnTypeKind | undefined => expressionKind(part, typeOf);
  switch (expression.kind) {
    case "column":
    case "path":
    case "sideColumn": {
      const type = typeOf(expression);
      return type !== undefined && isInteger(type) ? "integer" : type?.kind;
    }
    case "aggregate": {
      if (expression.function === "count") return "integer";
      const type = typeOf(expression);
      if (type === undefined || !isInteger(type)) return type?.kind;
      // The mean of whole numbers has a fraction, as many digits as the database gives.
      return expression.function === "avg" ? "numeric" : "integer";
    }
    case "number":
      return /^-?\d+$/.test(expression.digits) ? "integer" : "numeric";
    case "negate":
      return recur(expression.operand);
    case "arithmetic":
      return expression.operator === "||" ? "text" : commonKind([expression.left, expression.right], recur);
    case "call":
      return callKind(expression, recur);
    case "current":
      return clockKind(expression.name);
    case "cast":
      return castKind(expression.type);
    case "case": {
      const values = expression.branches.map(({ then }) => then);
      return commonKind(expression.otherwise === undefined ? values : [...values, expression.otherwise], recur);
    }
    case "boolean":
    case "comparison":
    case "and":
    case "or":
    case "not":
    case "in":
    case "between":
    case "like":
    case "isNull":
      return "boolean";
    default:
      return undefined;
  }
}

type Call = Extract<Expression, { kind: "call" }>;
type Recur = (part: Expression) => ColumnTypeKind | undefined;

function callKind({ name, arguments: operands }: Call, recur: Recur): ColumnTypeKind | undefined {
  switch (name) {
    case "now":
      return "timestamptz";
    case "length":
      return "integer";
    case "round": {
      // Rounding a whole number gives a floating one: PostgreSQL and SQLite have no other.
      const kind = operands[0] === undefined ? undefined : recur(operands[0]);
      return kind === "integer" ? "double" : kind;
    }
    case "nullif":
      return operands[0] === undefined ? undefined : recur(operands[0]);
    case "abs":
    case "coalesce":
      return commonKind(operands, recur);
    default:
      return "text";
  }
}

/** `cast(x as bigint)`: by the type's own word. */
function castKind(type: string): ColumnTypeKind | undefined {
  const [word = ""] = /^\w+/.exec(type) ?? [];
  if (word === "smallint" || word === "bigint") return "integer";
  return castKinds.find((kind) => kind === word);
}

const castKinds = ["integer", "numeric", "real", "double", "text", "varchar", "char", "date", "time"] as const;

/** Of several values the one kind, where they have one: a whole number with another that is none is none. */
function commonKind(expressions: readonly Expression[], recur: Recur): ColumnTypeKind | undefined {
  const kinds = expressions.flatMap((each) => (each.kind === "null" ? [] : [recur(each)]));
  if (kinds.every((kind) => kind === "integer")) return kinds[0];
  if (kinds.includes(undefined)) return undefined;
  return kinds.find((kind) => kind === "double" || kind === "real") ?? kinds.find((kind) => kind !== "integer");
}
