// Prints expressions of the schema model as SQL text in a dialect's own words: CHECK conditions, defaults, index keys
// and index conditions. What dialects spell differently comes from their capabilities; parentheses are minimal.
import { findCapabilities, type Spelling } from "./capabilities.js";
import type { ColumnType, ColumnTypeKind } from "./column-type.js";
import { arrayLiteral, jsonArray } from "./array-literal.js";
import type { Expression } from "./expression.js";
import { expressionKind } from "./expression-kind.js";
import { expressionScale } from "./expression-scale.js";
import type { StoredReference } from "./expression-nullability.js";
import { rawSqlText, subexpressions } from "./expression-parts.js";
import { InternalError } from "./internal-error.js";
import { globPattern } from "./like-pattern.js";
import { quoteIdentifier } from "./sql-identifier.js";

export interface ExpressionContext {
  /** `default` adds the parentheses that some dialects want around computed defaults. */
  readonly place?: "default";
  /** The type of the column that takes the value: the clock's words follow it. */
  readonly type?: ColumnType;
  /** The types of columns, by database name: divisions of whole numbers are told by them. */
  readonly columnType?: (name: string) => ColumnType | undefined;
  /** How a column is spelled, where not by its name. */
  readonly column?: (name: string) => string;
  /** How what properties and joins alone hold is spelled, by aliases that only the caller knows. */
  readonly reference?: (expression: Reference) => string;
  /** The type of what such a one leads to. */
  readonly referenceType?: (expression: Reference) => ColumnType | undefined;
  /** Decimals computed in binary are rounded back to the digits that they have. */
  readonly roundedDecimals?: true;
}

/** What stands for something outside the row. */
type Reference = Exclude<StoredReference, { kind: "column" }>;

type Arithmetic = Extract<Expression, { kind: "arithmetic" }>;

/** How strongly an expression holds together; operands that hold less get parentheses. */
const precedence = { or: 1, and: 2, not: 3, test: 4, concatenation: 5, sum: 6, product: 7, sign: 8, atom: 9 } as const;

/**
 * The SQL of `expression` for the dialect called `dialect`; undefined where raw SQL in it has neither a variant for
 * that dialect nor a fallback.
 */
export function expressionSql(
  expression: Expression,
  dialect: string,
  context: ExpressionContext = {},
): string | undefined {
  const capabilities = findCapabilities(dialect);
  if (capabilities === undefined) throw new InternalError(`no capabilities of dialect ${dialect}`);
  if (!hasVariants(expression, dialect)) return undefined;
  const printer = new ExpressionPrinter(dialect, capabilities.spelling, context);
  const text = printer.print(expression, 0);
  const isBare = isLiteral(expression) || isClock(expression) || expression.kind === "raw";
  return context.place === "default" && capabilities.spelling.parenthesizedDefaults && !isBare ? `(${text})` : text;
}

class ExpressionPrinter {
  readonly #dialect: string;
  readonly #spelling: Spelling;
  readonly #context: ExpressionContext;

  constructor(dialect: string, spelling: Spelling, context: ExpressionContext) {
    this.#dialect = dialect;
    this.#spelling = spelling;
    this.#context = context;
  }

  /**
   * The text of `expression`, in parentheses where it holds together less than `least`. `type` is the column's that
   * it is held against, where there is one.
   */
  print(expression: Expression, least: number, type?: ColumnType): string {
    const text = this.#text(expression, type);
    return this.#strength(expression) < least ? `(${text})` : text;
  }

  #text(expression: Expression, type: ColumnType | undefined): string {
    switch (expression.kind) {
      case "string":
        return this.#string(expression.value);
      case "number":
        return expression.digits;
      case "boolean":
        return expression.value ? this.#spelling.true : this.#spelling.false;
      case "null":
        return "null";
      case "raw":
        return rawSqlText(expression, this.#dialect) ?? "";
      case "column":
        return (
          this.#context.column?.(expression.name) ?? quoteIdentifier(expression.name, this.#spelling.identifierQuote)
        );
      case "array":
        return this.#array(expression);
      case "path":
      case "aggregate":
      case "sideColumn":
        return this.#reference(expression);
      case "current":
        return this.#spelling.current[expression.name];
      case "call":
        return this.#call(expression.name, expression.arguments, type);
      case "negate":
        return `-${this.print(expression.operand, precedence.atom)}`;
      case "arithmetic":
        return this.#arithmetic(expression);
      case "comparison":
        return this.#comparison(expression);
      case "and":
      case "or": {
        const operands = expression.operands.map((operand) => this.print(operand, precedence[expression.kind] + 1));
        return operands.join(` ${expression.kind} `);
      }
      case "not":
        return `not ${this.print(expression.operand, precedence.not)}`;
      case "case":
        return this.#case(expression);
      case "cast":
        return this.#cast(expression);
      default:
        return this.#test(expression);
    }
  }

  /** As one literal, which takes its type from the column. */
  #array(expression: Extract<Expression, { kind: "array" }>): string {
    return this.#string(this.#spelling.arrays === "json" ? jsonArray(expression) : arrayLiteral(expression));
  }

  #reference(expression: Reference): string {
    const { reference } = this.#context;
    if (reference === undefined) throw new InternalError(`a ${expression.kind} outside a property or join`);
    return reference(expression);
  }

  #test(expression: Extract<Expression, { kind: "in" | "between" | "like" | "isNull" }>): string {
    const operand = this.print(expression.operand, precedence.test + 1);
    const type = this.#columnType(expression.operand);
    const not = expression.negated ? "not " : "";
    switch (expression.kind) {
      case "in":
        return `${operand} ${not}in (${expression.values.map((value) => this.print(value, 0, type)).join(", ")})`;
      case "between": {
        const low = this.print(expression.low, precedence.test + 1, type);
        return `${operand} ${not}between ${low} and ${this.print(expression.high, precedence.test + 1, type)}`;
      }
      case "like": {
        const { pattern } = expression;
        if (this.#spelling.likeIgnoresCase && pattern.kind === "string") {
          return `${operand} ${not}glob ${this.#string(globPattern(pattern.value))}`;
        }
        return `${operand} ${not}like ${this.print(pattern, precedence.test + 1)}`;
      }
      case "isNull":
        return `${operand} is ${not}null`;
    }
  }

  #arithmetic(expression: Arithmetic): string {
    const { operator, left, right } = expression;
    const strength = operator === "+" || operator === "-" ? precedence.sum : precedence.product;
    if (operator === "||") {
      const operands = concatenated(expression);
      if (this.#spelling.concatenation === "function") return this.#call("concat", operands);
      // Dialects disagree on how strongly `||` holds, so operands that are not atoms get parentheses.
      return operands.map((operand) => this.print(operand, precedence.sign)).join(" || ");
    }
    const kind = this.#kind(expression);
    const sign = operator === "/" && kind === "integer" ? this.#spelling.integerDivision : operator;
    const second = this.print(right, strength + 1);
    if (kind !== "numeric" || this.#spelling.decimals === "exact") {
      return `${this.print(left, strength)} ${sign} ${second}`;
    }
    // A decimal that happens to be whole is an integer there, and would be divided as one.
    if (operator === "/") return `cast(${this.print(left, 0)} as REAL) / ${second}`;
    const scale = this.#context.roundedDecimals === true ? (this.#scale(expression) ?? 0) : 0;
    if (operator === "%" && scale > 0) return this.#remainder(left, right, scale);
    const text = `${this.print(left, strength)} ${sign} ${second}`;
    return this.#isRounded(expression) ? `round(${text}, ${this.#scale(expression) ?? 0})` : text;
  }

  /** SQLite's `%` cuts off fractions first: it is that of whole numbers of the last digit. */
  #remainder(left: Expression, right: Expression, scale: number): string {
    const factor = `1${"0".repeat(scale)}`;
    const whole = (part: Expression) => `cast(round(${this.print(part, precedence.product)} * ${factor}) as INTEGER)`;
    return `${whole(left)} % ${whole(right)} / ${factor}.0`;
  }

  /** True where binary arithmetic has to be rounded back to a decimal. */
  #isRounded(expression: Arithmetic): boolean {
    if (this.#context.roundedDecimals !== true || this.#spelling.decimals === "exact") return false;
    const { operator } = expression;
    const isExact = operator === "+" || operator === "-" || operator === "*";
    return isExact && this.#kind(expression) === "numeric" && this.#scale(expression) !== undefined;
  }

  #comparison({ left, operator, right }: Extract<Expression, { kind: "comparison" }>): string {
    return `${this.#compared(left, right)} ${operator} ${this.#compared(right, left)}`;
  }

  /** A side of a comparison: a date beside a time of day and date is its midnight. */
  #compared(expression: Expression, beside: Expression): string {
    const text = this.print(expression, precedence.test + 1, this.#columnType(beside));
    if (this.#spelling.times === "own" || this.#kind(expression) !== "date") return text;
    return this.#kind(beside) === "timestamp" ? `(${text} || 'T00:00:00.000000')` : text;
  }

  #call(name: string, operands: readonly Expression[], type?: ColumnType): string {
    if (name === "now" && operands.length === 0) return this.#now(type);
    if (name === "round" && this.#context.roundedDecimals === true && this.#spelling.decimals === "binary") {
      const rounded = this.#roundedExactly(operands);
      if (rounded !== undefined) return rounded;
    }
    return `${this.#spelling.functions[name] ?? name}(${operands.map((operand) => this.print(operand, 0)).join(", ")})`;
  }

  /**
   * Binary fractions miss most halves: `229.075` is a little less. Moved to where a half is one exactly, and rid of
   * what the move left behind, it rounds as a decimal does.
   */
  #roundedExactly([value, digits]: readonly Expression[]): string | undefined {
    if (value === undefined || this.#kind(value) !== "numeric") return undefined;
    const places = digits === undefined ? 0 : digits.kind === "number" ? Number(digits.digits) : -1;
    const scale = this.#scale(value) ?? places + quotientDigits;
    if (places < 0 || scale <= places) return undefined;
    if (places === 0) return `round(round(${this.print(value, 0)}, ${scale}))`;
    const factor = `1${"0".repeat(places)}`;
    const moved = `${this.print(value, precedence.product)} * ${factor}`;
    return `(round(round(${moved}, ${scale - places})) / ${factor}.0)`;
  }

  #now(type: ColumnType | undefined): string {
    const kind = (type ?? this.#context.type)?.kind;
    const isClockType = kind === "timestamp" || kind === "time" || kind === "date";
    return this.#spelling.now[isClockType ? kind : "timestamptz"];
  }

  #case({ branches, otherwise }: Extract<Expression, { kind: "case" }>): string {
    const parts = branches.map(({ when, then }) => `when ${this.print(when, 0)} then ${this.print(then, 0)}`);
    if (otherwise !== undefined) parts.push(`else ${this.print(otherwise, 0)}`);
    return `case ${parts.join(" ")} end`;
  }

  #cast({ operand, type }: Extract<Expression, { kind: "cast" }>): string {
    const kind = this.#kind(operand);
    const [word = ""] = /^\w+/.exec(type) ?? [];
    if (kind === "boolean" && this.#spelling.booleans === "numbers" && textTypes.has(word)) {
      const truth = this.print(operand, precedence.not + 1);
      return `case when ${truth} then 'true' when not ${truth} then 'false' end`;
    }
    // A cast to text has the connection's collation, which goes together with no column of another.
    if (type === "text" && this.#spelling.concatenation === "function") return this.#call("concat", [operand]);
    // Casts of binary fractions cut them off.
    const isRounded = kind === "numeric" && this.#spelling.decimals === "binary" && wholeTypes.has(word);
    const value = this.print(operand, 0);
    return `cast(${isRounded ? `round(${value})` : value} as ${this.#castType(type)})`;
  }

  #castType(type: string): string {
    const [, name = type, rest = ""] = /^(\w+)(.*)$/.exec(type) ?? [];
    const spelled = this.#spelling.castTypes[name];
    // A spelling with arguments of its own replaces the schema's.
    if (spelled === undefined) return type;
    return spelled.includes("(") ? spelled : `${spelled}${rest}`;
  }

  #string(value: string): string {
    const escaped = this.#spelling.backslashEscapes ? value.replaceAll("\\", "\\\\") : value;
    return `'${escaped.replaceAll("'", "''")}'`;
  }

  /** The type of a column that a value is held against. */
  #columnType(expression: Expression): ColumnType | undefined {
    return expression.kind === "column" || expression.kind === "path" || expression.kind === "sideColumn"
      ? this.#typeOf(expression)
      : undefined;
  }

  #typeOf(reference: StoredReference): ColumnType | undefined {
    return reference.kind === "column"
      ? this.#context.columnType?.(reference.name)
      : this.#context.referenceType?.(reference);
  }

  #kind(expression: Expression): ColumnTypeKind | undefined {
    return expressionKind(expression, (reference) => this.#typeOf(reference));
  }

  #scale(expression: Expression): number | undefined {
    return expressionScale(expression, (reference) => this.#typeOf(reference));
  }

  #strength(expression: Expression): number {
    switch (expression.kind) {
      case "or":
      case "and":
      case "not":
        return precedence[expression.kind];
      case "comparison":
      case "in":
      case "between":
      case "like":
      case "isNull":
        return precedence.test;
      case "arithmetic":
        if (expression.operator === "||") {
          return this.#spelling.concatenation === "function" ? precedence.atom : precedence.concatenation;
        }
        if (this.#isRounded(expression)) return precedence.atom;
        return expression.operator === "+" || expression.operator === "-" ? precedence.sum : precedence.product;
      case "negate":
        return precedence.sign;
      case "number":
        return expression.digits.startsWith("-") ? precedence.sign : precedence.atom;
      case "raw":
        // Nobody knows what it holds: it stands alone, or in parentheses.
        return 0.5;
      default:
        return precedence.atom;
    }
  }
}

/** So many digits behind the last one that counts tell a half from what only comes near it. */
const quotientDigits = 8;

const textTypes: ReadonlySet<string> = new Set(["text", "varchar", "char"]);
const wholeTypes: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);

function concatenated(expression: Expression): Expression[] {
  if (expression.kind !== "arithmetic" || expression.operator !== "||") return [expression];
  return [...concatenated(expression.left), ...concatenated(expression.right)];
}

function hasVariants(expression: Expression, dialect: string): boolean {
  if (expression.kind !== "raw") return subexpressions(expression).every((part) => hasVariants(part, dialect));
  return rawSqlText(expression, dialect) !== undefined;
}

function isLiteral({ kind }: Expression): boolean {
  return kind === "string" || kind === "number" || kind === "boolean" || kind === "null";
}

function isClock(expression: Expression): boolean {
  return expression.kind === "current" || (expression.kind === "call" && expression.name === "now");
}
