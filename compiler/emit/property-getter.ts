// The expression of a property as TypeScript, by the runtime's own evaluation, which gives SQL's answer.
import type { ColumnModel } from "../../model/column-model.js";
import type { ColumnType, ColumnTypeKind } from "../../model/column-type.js";
import type { Expression } from "../../model/expression.js";
import { clockKind, expressionKind } from "../../model/expression-kind.js";
import { assertNever } from "../../model/internal-error.js";
import type { ClassContents } from "./class-plan.js";
import { memberAccess } from "./identifiers.js";
import { stringLiteral } from "./literals.js";
import { type PropertyScope, referencedColumn, referencedType, relationshipAlong } from "./property-scope.js";
import { plainerValue } from "./value-types.js";

/** The statement of the getter, which gives what `code` says of the property's type. */
export function getterStatement(
  expression: Expression,
  type: ColumnType,
  code: string,
  contents: ClassContents,
): string {
  const printer = new GetterPrinter(contents);
  const same = expression.kind === "column" ? printer.column(expression) : undefined;
  if (same?.type.kind === type.kind && same.converter === undefined) {
    return `return ${memberAccess("this", same.property)};`;
  }
  const value = printer.print(expression);
  // Texts and truths are what they are; of numbers and times there are several kinds.
  const typed = settledKinds.has(type.kind) ? value : printer.call("to", [stringLiteral(type.kind), value]);
  const plainer = plainerValue(type, contents.output);
  if (plainer === undefined) return `return ${typed} as ${code};`;
  const scale = type.kind === "numeric" && type.scale !== undefined ? [String(type.scale)] : [];
  return `return ${printer.call(plainer === "Date" ? "toDate" : "toText", [typed, ...scale])} as ${code};`;
}

const comparisons = {
  "=": "equal",
  "<>": "unequal",
  "<": "less",
  "<=": "lessOrEqual",
  ">": "greater",
  ">=": "greaterOrEqual",
} as const;

const operators = { "+": "plus", "-": "minus", "*": "times", "%": "modulo", "||": "concat" } as const;

const settledKinds: ReadonlySet<ColumnTypeKind> = new Set<ColumnTypeKind>([
  "boolean",
  "char",
  "varchar",
  "text",
  "enum",
  "uuid",
]);
const temporalKinds: ReadonlySet<ColumnTypeKind> = new Set<ColumnTypeKind>([
  "date",
  "time",
  "timestamp",
  "timestamptz",
]);

class GetterPrinter {
  readonly #contents: ClassContents;
  readonly #scope: PropertyScope;

  constructor(contents: ClassContents) {
    this.#contents = contents;
    this.#scope = { plan: contents.plan, output: contents.output };
  }

  /** A call of the runtime's evaluation. */
  call(name: string, operands: readonly string[]): string {
    return `${this.#contents.imports.runtime("evaluate")}.${name}(${operands.join(", ")})`;
  }

  print(expression: Expression, beside?: Expression): string {
    switch (expression.kind) {
      case "string": {
        const kind = beside === undefined ? undefined : this.kind(beside);
        const text = stringLiteral(expression.value);
        return kind !== undefined && temporalKinds.has(kind) ? this.call("to", [stringLiteral(kind), text]) : text;
      }
      case "number":
        // What is only compared may stay a number: it is held against decimals by its digits.
        return this.#number(expression.digits, beside === undefined);
      case "boolean":
        return String(expression.value);
      case "null":
        return "null";
      case "column":
        return this.#stored(memberAccess("this", this.column(expression).property), this.column(expression));
      case "path":
        return this.#path(expression);
      case "aggregate":
        return this.#aggregate(expression);
      case "current":
        return this.call("now", [stringLiteral(clockKind(expression.name))]);
      case "call":
        return this.#function(expression);
      case "negate":
        return this.call("negated", [this.print(expression.operand)]);
      case "arithmetic":
        return this.call(this.#operator(expression), this.#operands([expression.left, expression.right], expression));
      case "comparison": {
        const { left, right, operator } = expression;
        return this.call(comparisons[operator], [this.print(left, right), this.print(right, left)]);
      }
      case "and":
      case "or":
        return this.call(
          expression.kind,
          expression.operands.map((each) => this.print(each)),
        );
      case "not":
        return this.call("not", [this.print(expression.operand)]);
      case "in":
      case "between":
      case "like":
      case "isNull":
        return this.#test(expression);
      case "case":
        return this.#case(expression);
      case "cast":
        return this.call("to", [stringLiteral(expression.type.replace(/\(.*$/, "")), this.print(expression.operand)]);
      case "array":
        return `[${expression.elements.map((each) => this.print(each)).join(", ")}]`;
      case "raw":
      case "sideColumn":
        // The checks let neither into a property.
        return "null";
      default:
        return assertNever(expression);
    }
  }

  #test(expression: Extract<Expression, { kind: "in" | "between" | "like" | "isNull" }>): string {
    const { operand } = expression;
    const operands = [this.print(operand)];
    if (expression.kind === "in") {
      operands.push(`[${expression.values.map((value) => this.print(value, operand)).join(", ")}]`);
    } else if (expression.kind === "between") {
      operands.push(this.print(expression.low, operand), this.print(expression.high, operand));
    } else if (expression.kind === "like") operands.push(this.print(expression.pattern));
    const test = this.call(expression.kind, operands);
    return expression.negated ? this.call("not", [test]) : test;
  }

  #case(expression: Extract<Expression, { kind: "case" }>): string {
    const { branches, otherwise } = expression;
    const values = branches.map(({ then }) => then);
    const printed = this.#operands(otherwise === undefined ? values : [...values, otherwise], expression);
    const pairs = branches.map(({ when }, index) => `[${this.print(when)}, ${printed[index] ?? "null"}]`);
    return this.call("choose", [`[${pairs.join(", ")}]`, printed[branches.length] ?? "null"]);
  }

  #operator({ operator, left, right }: Extract<Expression, { kind: "arithmetic" }>): string {
    if (operator !== "/") return operators[operator];
    return this.kind(left) === "integer" && this.kind(right) === "integer" ? "quotient" : "dividedBy";
  }

  #path({ relationships, name }: Extract<Expression, { kind: "path" }>): string {
    const column = referencedColumn(this.#scope, relationships, name);
    const steps = [...relationships, column.property].map((each) => memberAccess("", each).replace(/^\./, ""));
    const [first = "", ...rest] = steps;
    // Along the way there may be nobody.
    const reached = `${memberAccess("this", first)}${rest.map((step) => `?.${step}`).join("")} ?? null`;
    return this.#isConverted(column) ? this.#stored(reached, column) : `(${reached})`;
  }

  #aggregate({ function: name, relationships, name: column }: Extract<Expression, { kind: "aggregate" }>): string {
    const [first = "", ...rest] = relationships;
    const isMap = relationshipAlong(this.#scope, relationships).collectionClass?.kind === "map";
    const reached = memberAccess("this", first) + rest.map((step) => `?.${step}`).join("") + (isMap ? ".values()" : "");
    const elements = rest.length === 0 ? reached : `${reached} ?? []`;
    if (column === undefined) return this.call("count", [elements]);
    const summed = referencedColumn(this.#scope, relationships, column);
    const array = this.#contents.imports.global("Array");
    const value = this.#stored(memberAccess("each", summed.property), summed);
    return this.call(name, [`${array}.from(${elements}, (each) => ${value})`]);
  }

  column({ name }: Extract<Expression, { kind: "column" }>): ColumnModel {
    return referencedColumn(this.#scope, [], name);
  }

  /** A column's value as one to compute with: not of the user's own, nor in the form that the settings want. */
  #stored(code: string, { type, converter }: ColumnModel): string {
    const { output, imports } = this.#contents;
    let value = code;
    if (converter !== undefined) {
      const encoder = imports.userValue(output.userModule(converter), converter.name);
      value = this.call("stored", [code, `(value) => ${encoder}.encode(value)`]);
    }
    return plainerValue(type, output) === undefined ? value : this.call("to", [stringLiteral(type.kind), value]);
  }

  #isConverted({ type, converter }: ColumnModel): boolean {
    return converter !== undefined || plainerValue(type, this.#contents.output) !== undefined;
  }

  #function(expression: Extract<Expression, { kind: "call" }>): string {
    const { name, arguments: operands } = expression;
    if (name === "now") return this.call("now", ['"timestamptz"']);
    if (name === "coalesce" || name === "nullif") return this.call(name, this.#operands(operands, expression));
    return this.call(
      name,
      operands.map((each) => (each.kind === "number" ? this.print(each) : this.print(each, operands[0]))),
    );
  }

  /** Operands that become one kind of number before they meet: decimals stay exact, beside floating numbers none is. */
  #operands(operands: readonly Expression[], whole: Expression): string[] {
    const kind = this.kind(whole);
    // Beside a decimal, a number becomes one by itself.
    const meetsDecimal = operands.some((each) => each.kind !== "number" && this.kind(each) === "numeric");
    const isDecimal = kind === "numeric" && !(whole.kind === "arithmetic" && meetsDecimal);
    return operands.map((each) => {
      if (each.kind === "number") return this.#number(each.digits, isDecimal);
      const value = this.print(each, operands[0]);
      const isWidened = (kind === "double" || kind === "real") && this.kind(each) === "numeric";
      return isWidened ? this.call("to", ['"double"', value]) : value;
    });
  }

  /** A literal; as a decimal where it meets others, or where a number of JavaScript could not hold it. */
  #number(digits: string, isDecimal: boolean): string {
    const isWhole = /^-?\d+$/.test(digits);
    const isShort = digits.replace(/^-?[0.]*/, "").replace(".", "").length <= 15;
    if (isShort && !(isDecimal && !isWhole)) return String(Number(digits));
    return isWhole ? `${BigInt(digits)}n` : this.call("to", ['"numeric"', stringLiteral(digits)]);
  }

  /** The kind of value that `expression` gives, as far as dividing and comparing need to know. */
  kind(expression: Expression): ColumnTypeKind | undefined {
    return expressionKind(expression, (reference) => referencedType(this.#scope, reference));
  }
}
