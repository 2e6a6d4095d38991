// Expressions with every cast spelled out, as PostgreSQL's catalogue gives them back: `plan in ('a', 'b')` is kept as
// `((plan)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`. Reading drops the casts;
// writing them again and comparing shows whether they said anything that the expression itself does not.
import type { ColumnType } from "../column-type.js";
import type { Expression } from "../expression.js";
import { mapSubexpressions, subexpressions } from "../expression-parts.js";

/** `expression` without casts; `'-1'::integer` is a number. */
export function withoutCasts(expression: Expression): Expression {
  if (expression.kind !== "cast") return mapSubexpressions(expression, withoutCasts);
  const operand = withoutCasts(expression.operand);
  const isNumber = operand.kind === "string" && /^(integer|bigint|smallint|numeric)\b/.test(expression.type);
  return isNumber && /^-?\d+(\.\d+)?$/.test(operand.value) ? { kind: "number", digits: operand.value } : operand;
}

interface CastContext {
  readonly columnType: (name: string) => ColumnType | undefined;
  /** The type of the column that takes the value, where one does. */
  readonly type?: ColumnType;
  /** A name as the catalogue writes it. */
  readonly quote: (name: string) => string;
}

/** What the catalogue would say for `expression`; undefined where it holds something whose casts are not known here. */
export function withCasts(expression: Expression, context: CastContext): string | undefined {
  const { type } = context;
  if (type !== undefined) {
    if (expression.kind === "string") return stringWithCast(expression.value, type, context);
    if (expression.kind === "null") return undefined;
    if (subexpressions(expression).length > 0) return undefined;
  }
  try {
    return new CastWriter(context).write(expression);
  } catch (failure) {
    if (failure instanceof UnknownCasts) return undefined;
    throw failure;
  }
}

/** Leaves the writer from any depth; never leaves this file. */
class UnknownCasts extends Error {
  override readonly name = "UnknownCasts";
}

/** What a value is to the rules of casts; `own` for types that only go with themselves. */
type Family = "text" | "varchar" | "char" | "integer" | "numeric" | "double" | "boolean" | "own";

class CastWriter {
  readonly #context: CastContext;

  constructor(context: CastContext) {
    this.#context = context;
  }

  write(expression: Expression): string {
    switch (expression.kind) {
      case "column":
        return this.#context.quote(expression.name);
      case "number":
        return writeNumber(expression.digits);
      case "boolean":
        return String(expression.value);
      case "current":
        return expression.name.toUpperCase();
      case "call":
        return this.#call(expression.name, expression.arguments);
      case "and":
      case "or":
        return `(${expression.operands.map((one) => this.write(one)).join(` ${expression.kind.toUpperCase()} `)})`;
      case "not":
        return `(NOT ${this.write(expression.operand)})`;
      case "isNull":
        return `(${this.write(expression.operand)} IS ${expression.negated ? "NOT " : ""}NULL)`;
      case "comparison":
        return this.#comparison(expression);
      case "in":
        return this.#in(expression);
      case "like": {
        const sign = expression.negated ? "!~~" : "~~";
        return `(${this.#text(expression.operand)} ${sign} ${this.#text(expression.pattern)})`;
      }
      case "arithmetic":
        return this.#arithmetic(expression);
      default:
        throw new UnknownCasts();
    }
  }

  #call(name: string, operands: readonly Expression[]): string {
    if (!textFunctions.has(name) && operands.length > 0) throw new UnknownCasts();
    return `${name}(${operands.map((operand) => this.#text(operand)).join(", ")})`;
  }

  #arithmetic({ left, operator, right }: Extract<Expression, { kind: "arithmetic" }>): string {
    if (operator === "||" || this.#family(left) !== this.#family(right)) throw new UnknownCasts();
    return `(${this.write(left)} ${operator} ${this.write(right)})`;
  }

  #comparison({ left, operator, right }: Extract<Expression, { kind: "comparison" }>): string {
    const family = this.#common(left, right);
    return `(${this.#as(left, family, right)} ${operator} ${this.#as(right, family, left)})`;
  }

  #in({ negated, operand, values }: Extract<Expression, { kind: "in" }>): string {
    const [sign, quantifier] = negated ? ["<>", "ALL"] : ["=", "ANY"];
    const [only, ...others] = values;
    // One value is a comparison to the catalogue, and would come back as one.
    if (only === undefined || others.length === 0) throw new UnknownCasts();
    if (values.some((value) => value.kind !== "string" && value.kind !== "number")) throw new UnknownCasts();
    const family = this.#family(operand);
    if (family === undefined) throw new UnknownCasts();
    if (family === "varchar") {
      const list = values.map((value) => this.#literal(value, { kind: "varchar" })).join(", ");
      return `(${this.#text(operand)} ${sign} ${quantifier} ((ARRAY[${list}])::text[]))`;
    }
    const list = values.map((value) => this.#as(value, family, operand)).join(", ");
    return `(${this.write(operand)} ${sign} ${quantifier} (ARRAY[${list}]))`;
  }

  /** What both sides of a comparison become. */
  #common(left: Expression, right: Expression): Family {
    const [first, second] = [this.#family(left), this.#family(right)];
    const known = first ?? second;
    if (known === undefined) throw new UnknownCasts();
    if (first === second || first === undefined || second === undefined) return known;
    const families = new Set([first, second]);
    if (families.has("varchar") && families.has("text")) return "varchar";
    for (const wider of ["double", "numeric"] as const) {
      if (families.has(wider) && (families.has("integer") || families.has("numeric"))) return wider;
    }
    throw new UnknownCasts();
  }

  /** `expression` as one side of an operation of `family`, held against `other`. */
  #as(expression: Expression, family: Family, other: Expression): string {
    if (expression.kind === "string") return this.#literal(expression, this.#literalType(family, other));
    if (family === "varchar") return this.#text(expression);
    const written = this.write(expression);
    if (this.#family(expression) === family || family === "own") return written;
    return `(${written})::${family === "double" ? "double precision" : family}`;
  }

  #literalType(family: Family, other: Expression): ColumnType {
    if (family === "varchar" || family === "text") return { kind: "text" };
    const type = other.kind === "column" ? this.#context.columnType(other.name) : undefined;
    if (type === undefined) throw new UnknownCasts();
    return type;
  }

  /** An argument of a function or operator that takes text alone. */
  #text(expression: Expression): string {
    if (expression.kind === "string") return this.#literal(expression, { kind: "text" });
    const family = this.#family(expression);
    if (family === "varchar" && expression.kind === "column") return `(${this.write(expression)})::text`;
    if (family === "text") return this.write(expression);
    throw new UnknownCasts();
  }

  #literal(expression: Expression, type: ColumnType): string {
    const text = expression.kind === "string" ? stringWithCast(expression.value, type, this.#context) : undefined;
    if (text === undefined) throw new UnknownCasts();
    return text;
  }

  #family(expression: Expression): Family | undefined {
    switch (expression.kind) {
      case "column":
        return familyOf(this.#context.columnType(expression.name));
      case "number":
        return /^-?\d+$/.test(expression.digits) ? "integer" : "numeric";
      case "call":
        if (expression.name === "length") return "integer";
        return textFunctions.has(expression.name) ? "text" : undefined;
      case "arithmetic":
        return this.#family(expression.left);
      case "boolean":
      case "comparison":
        return "boolean";
      default:
        return undefined;
    }
  }
}

/** Functions that take text alone. */
const textFunctions: ReadonlySet<string> = new Set(["lower", "upper", "length"]);

function familyOf(type: ColumnType | undefined): Family | undefined {
  if (type === undefined) return undefined;
  switch (type.kind) {
    case "text":
    case "varchar":
    case "char":
    case "numeric":
    case "boolean":
      return type.kind;
    case "smallint":
    case "integer":
    case "bigint":
      return "integer";
    case "real":
    case "double":
      return "double";
    default:
      return castName(type, (name) => name) === undefined ? undefined : "own";
  }
}

const castNames: ReadonlyMap<ColumnType["kind"], string> = new Map<ColumnType["kind"], string>([
  ["text", "text"],
  ["varchar", "character varying"],
  ["char", "bpchar"],
  ["boolean", "boolean"],
  ["date", "date"],
  ["timestamp", "timestamp without time zone"],
  ["timestamptz", "timestamp with time zone"],
  ["time", "time without time zone"],
  ["bytes", "bytea"],
  ["uuid", "uuid"],
  ["json", "json"],
  ["jsonb", "jsonb"],
  ["interval", "interval"],
  ["inet", "inet"],
  ["cidr", "cidr"],
  ["macaddr", "macaddr"],
]);

/** A type's name in a cast, without length; undefined where it is not known here. */
function castName(type: ColumnType, quote: (name: string) => string): string | undefined {
  return type.kind === "enum" ? type.name.split(".").map(quote).join(".") : castNames.get(type.kind);
}

function stringWithCast(value: string, type: ColumnType, { quote }: CastContext): string | undefined {
  const name = castName(type, quote);
  if (name === undefined) return undefined;
  const escapes = value.includes("\\");
  const quoted = `'${(escapes ? value.replaceAll("\\", "\\\\") : value).replaceAll("'", "''")}'`;
  return `${escapes ? "E" : ""}${quoted}::${name}`;
}

function writeNumber(digits: string): string {
  const isWhole = /^-?\d+$/.test(digits);
  const isLarge = isWhole && BigInt(digits) > 2147483647n;
  if (!digits.startsWith("-") && !isLarge) return digits;
  return `'${digits}'::${isWhole ? (isLarge ? "bigint" : "integer") : "numeric"}`;
}
