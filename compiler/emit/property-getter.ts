// The expression of a property as TypeScript, by the runtime's own evaluation, which gives SQL's answer.
import type { ColumnTypeKind } from "../../model/column-type.js";
import type { Expression } from "../../model/expression.js";
import { clockKind, expressionKind } from "../../model/expression-kind.js";
import { assertNever } from "../../model/internal-error.js";
import type { ClassContents } from "./class-plan.js";
import { memberAccess } from "./identifiers.js";
import { stringLiteral } from "./literals.js";
import { type PropertyScope, referencedColumn, referencedType, relationshipAlong } from "./property-scope.js";

/** The statement of the getter. */
export function getterStatement(
  expression: Expression,
  type: { readonly code: string; readonly kind: ColumnTypeKind },
  contents: ClassContents,
): string {
  const printer = new GetterPrinter(contents);
  if (expression.kind === "column" && printer.kind(expression) === type.kind) {
    return `return ${printer.print(expression)};`;
  }
  const value = printer.print(expression);
  // Texts and truths are what they are; of numbers and times there are several kinds.
  const isSettled = settledKinds.has(type.kind);
  return `return ${isSettled ? value : printer.call("to", [stringLiteral(type.kind), value])} as ${type.code};`;
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
        return String(Number(expression.digits));
      case "boolean":
        return String(expression.value);
      case "null":
        return "null";
      case "column":
        return memberAccess("this", this.#property(expression));
      case "path":
        return this.#path(expression);
      case "aggregate":
        return this.#aggregate(expression);
      case "current":
        return this.call("now", [stringLiteral(clockKind(expression.name))]);
      case "call":
        if (expression.name === "now") return this.call("now", ['"timestamptz"']);
        return this.call(
          expression.name,
          expression.arguments.map((each) => this.print(each, expression.arguments[0])),
        );
      case "negate":
        return this.call("negated", [this.print(expression.operand)]);
      case "arithmetic":
        return this.call(this.#operator(expression), [this.print(expression.left), this.print(expression.right)]);
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

  #case({ branches, otherwise }: Extract<Expression, { kind: "case" }>): string {
    const pairs = branches.map(({ when, then }) => `[${this.print(when)}, ${this.print(then)}]`);
    return this.call("choose", [`[${pairs.join(", ")}]`, otherwise === undefined ? "null" : this.print(otherwise)]);
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
    return `(${memberAccess("this", first)}${rest.map((step) => `?.${step}`).join("")} ?? null)`;
  }

  #aggregate({ function: name, relationships, name: column }: Extract<Expression, { kind: "aggregate" }>): string {
    const [first = "", ...rest] = relationships;
    const isMap = relationshipAlong(this.#scope, relationships).collectionClass?.kind === "map";
    const reached = memberAccess("this", first) + rest.map((step) => `?.${step}`).join("") + (isMap ? ".values()" : "");
    const elements = rest.length === 0 ? reached : `${reached} ?? []`;
    if (column === undefined) return this.call("count", [elements]);
    const { property } = referencedColumn(this.#scope, relationships, column);
    const array = this.#contents.imports.global("Array");
    return this.call(name, [`${array}.from(${elements}, (each) => ${memberAccess("each", property)})`]);
  }

  #property({ name }: Extract<Expression, { kind: "column" }>): string {
    return referencedColumn(this.#scope, [], name).property;
  }

  /** The kind of value that `expression` gives, as far as dividing and comparing need to know. */
  kind(expression: Expression): ColumnTypeKind | undefined {
    return expressionKind(expression, (reference) => referencedType(this.#scope, reference));
  }
}
