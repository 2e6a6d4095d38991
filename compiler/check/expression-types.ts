// The type check of expressions: what each part is, and whether parts go together. Unknown columns, enum labels and
// functions come out of the same walk, so that one mistake gives one diagnostic.
import type { ColumnType } from "../../model/column-type.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { portableFunctions, type PortableFunction, type ValueCategory } from "../../model/portable-functions.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { qualifiedName } from "../bind/qualified-path.js";
import { resolveBuiltIn, unknownType } from "../bind/resolve-type.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Expression, Identifier, TypeReference } from "../syntax/ast.js";
import { functionAdvice } from "../diagnostics/foreign-words.js";
import { coverSpans } from "../text/span.js";
import { currentValueName } from "./current-values.js";
import type { ExpressionScope, NamedValue } from "./expression-scopes.js";
import { asLiteral, describeLiteral, formatHelp, literalMisfit } from "./literals.js";
import { describeType } from "./type-text.js";

type Call = Extract<Expression, { kind: "call" }>;
type Binary = Extract<Expression, { kind: "binary" }>;

export class ExpressionChecker {
  readonly diagnostics: Diagnostic[] = [];
  readonly #scope: ExpressionScope;

  constructor(scope: ExpressionScope) {
    this.#scope = scope;
  }

  /** Checks an expression that decides something: a CHECK, a partial index's condition, an operand of `and`. */
  condition(expression: Expression, place: string): void {
    const category = this.categoryOf(expression);
    if (category === "boolean" || category === "any") return;
    this.diagnostics.push(diagnostic("S3021", expression.span, place, describeCategory(category)));
  }

  /** What an expression's value is; its parts are checked on the way. */
  categoryOf(expression: Expression): ValueCategory {
    switch (expression.kind) {
      case "string":
        return "text";
      case "number":
        return "number";
      case "boolean":
        return "boolean";
      case "null":
      case "raw":
        return "any";
      case "array":
        for (const element of expression.elements) this.categoryOf(element);
        return "any";
      case "parenthesized":
        return this.categoryOf(expression.expression);
      case "name":
        return this.#nameCategory(expression.path);
      case "call":
        return this.#callCategory(expression);
      case "unary":
        if (expression.operator === "-") return this.#expect(expression.operand, "number", "`-`");
        this.condition(expression.operand, "the operand of `not`");
        return "boolean";
      case "binary":
        return this.#binaryCategory(expression);
      case "cast": {
        this.categoryOf(expression.operand);
        return this.#castCategory(expression.type);
      }
      case "case":
        return this.#caseCategory(expression);
      default:
        return this.#testCategory(expression);
    }
  }

  #testCategory(expression: Extract<Expression, { kind: "in" | "between" | "like" | "isNull" }>): ValueCategory {
    switch (expression.kind) {
      case "in":
        this.#compareAll(expression.operand, expression.values, "`in`");
        break;
      case "between":
        this.#compareAll(expression.operand, [expression.low, expression.high], "`between`");
        break;
      case "like":
        this.#expect(expression.operand, "text", "`like`");
        this.#expect(expression.pattern, "text", "`like`");
        break;
      case "isNull":
        this.categoryOf(expression.operand);
        break;
    }
    return "boolean";
  }

  /** A cast is to a built-in type, as every database knows those alone. */
  #castCategory(type: TypeReference): ValueCategory {
    if (type.kind === "rawType" || type.dimensions > 0) {
      this.diagnostics.push(diagnostic("S3027", type.span));
      return "any";
    }
    const known = resolveBuiltIn(type);
    if (known === undefined) this.diagnostics.push(unknownType(qualifiedKey(qualifiedName(type.name)), type, []));
    else this.diagnostics.push(...known.diagnostics);
    return known?.value === undefined ? "any" : typeCategory(known.value);
  }

  #nameCategory(path: readonly Identifier[]): ValueCategory {
    const value = this.#scope.find(path);
    if (value !== undefined) return value.storage === undefined ? "any" : typeCategory(value.storage);
    const [name] = path;
    const current = path.length === 1 && name !== undefined ? currentValueName(name.text) : undefined;
    if (current === undefined) {
      const problem = this.#scope.unknown(path);
      if (problem !== undefined) this.diagnostics.push(problem);
    }
    switch (current) {
      case undefined:
        return "any";
      case "current_date":
        return "date";
      case "current_time":
        return "time";
      default:
        return "timestamp";
    }
  }

  #callCategory(call: Call): ValueCategory {
    const special = this.#scope.call?.(call, this);
    if (special !== undefined) return special;
    const name = call.name.name.text;
    const known = call.name.schema === undefined ? portableFunctions.get(name.toLowerCase()) : undefined;
    if (known === undefined) {
      for (const argument of call.arguments) this.categoryOf(argument);
      const help = functionAdvice(name) ?? didYouMean(name, portableFunctions.keys());
      this.diagnostics.push(diagnostic("S2007", { span: call.name.span, help }, name));
      return "any";
    }
    const count = call.arguments.length;
    if (count < known.least || (known.most !== undefined && count > known.most)) {
      this.diagnostics.push(diagnostic("S3024", call.span, name, expectedCount(known)));
    }
    const categories = call.arguments.map((argument, index) => {
      const takes = known.takes[Math.min(index, known.takes.length - 1)] ?? "any";
      return takes === "any" ? this.categoryOf(argument) : this.#expect(argument, takes, `function \`${name}\``);
    });
    if (known.gives !== "argument") return known.gives;
    return categories.find((category) => category !== "any") ?? "any";
  }

  #binaryCategory({ operator, left, right }: Binary): ValueCategory {
    switch (operator) {
      case "and":
      case "or":
        this.condition(left, `each side of \`${operator}\``);
        this.condition(right, `each side of \`${operator}\``);
        return "boolean";
      case "+":
        return this.#sumCategory(left, right);
      case "-":
      case "*":
      case "/":
      case "%":
        this.#expect(left, "number", `\`${operator}\``);
        return this.#expect(right, "number", `\`${operator}\``);
      case "||":
        this.#expect(left, "text", "`||`");
        return this.#expect(right, "text", "`||`");
      default:
        this.#compare(left, right, `\`${operator}\``);
        return "boolean";
    }
  }

  /** Texts beside `+` are one mistake: other languages join them so. */
  #sumCategory(left: Expression, right: Expression): ValueCategory {
    const before = this.diagnostics.length;
    const [first, second] = [this.categoryOf(left), this.categoryOf(right)];
    if (this.diagnostics.length > before) return "number";
    if ((first === "text" && second !== "number") || (second === "text" && first !== "number")) {
      const place = { span: coverSpans(left.span, right.span), help: "texts are joined by `||`" };
      this.diagnostics.push(diagnostic("S3026", place, "`+`", describeCategory("number"), describeCategory("text")));
      return "text";
    }
    this.#expect(left, "number", "`+`");
    return this.#expect(right, "number", "`+`");
  }

  #caseCategory(expression: Extract<Expression, { kind: "case" }>): ValueCategory {
    const results = expression.branches.map((branch) => {
      this.condition(branch.when, "what follows `when`");
      return this.categoryOf(branch.then);
    });
    if (expression.otherwise !== undefined) results.push(this.categoryOf(expression.otherwise));
    return results.find((category) => category !== "any") ?? "any";
  }

  #compareAll(operand: Expression, values: readonly Expression[], operation: string): void {
    const before = this.diagnostics.length;
    this.categoryOf(operand);
    const isSound = this.diagnostics.length === before;
    for (const value of values) {
      if (isSound) this.#compare(operand, value, operation);
      else this.categoryOf(value);
    }
  }

  /** One category on both sides; a literal beside a column must be a value of the column. */
  #compare(left: Expression, right: Expression, operation: string): void {
    const before = this.diagnostics.length;
    const [leftCategory, rightCategory] = [this.categoryOf(left), this.categoryOf(right)];
    if (this.diagnostics.length > before) return;
    if (this.#literalFits(left, right) && this.#literalFits(right, left)) {
      const isLiteral = asLiteral(left) !== undefined || asLiteral(right) !== undefined;
      const hasColumn = this.#valueOf(left) !== undefined || this.#valueOf(right) !== undefined;
      if ((isLiteral && hasColumn) || goTogether(leftCategory, rightCategory)) return;
      const span = { ...left.span, end: right.span.end };
      const [one, other] = [describeCategory(leftCategory), describeCategory(rightCategory)];
      this.diagnostics.push(diagnostic("S3020", span, operation, one, other));
    }
  }

  #literalFits(columnSide: Expression, valueSide: Expression): boolean {
    const column = this.#valueOf(columnSide);
    const literal = asLiteral(valueSide);
    if (column?.storage === undefined || literal === undefined) return true;
    const labels = column.enum?.declaration.values.map(({ value }) => value) ?? [];
    const misfit = literalMisfit(column.storage, literal, labels);
    if (misfit === undefined) return true;
    if (misfit === "label" && literal.kind === "string") {
      const place = { span: valueSide.span, help: didYouMean(literal.value, labels) };
      this.diagnostics.push(diagnostic("S2005", place, column.enum?.key ?? "", literal.value));
    } else {
      const place = { span: valueSide.span, help: formatHelp(column.storage) };
      this.diagnostics.push(
        diagnostic("S3023", place, column.path, describeType(column.storage), describeLiteral(literal)),
      );
    }
    return false;
  }

  #valueOf(expression: Expression): NamedValue | undefined {
    if (expression.kind === "parenthesized") return this.#valueOf(expression.expression);
    return expression.kind === "name" ? this.#scope.find(expression.path) : undefined;
  }

  #expect(expression: Expression, wanted: ValueCategory, operation: string): ValueCategory {
    const found = this.categoryOf(expression);
    if (found !== wanted && found !== "any") {
      this.diagnostics.push(
        diagnostic("S3026", expression.span, operation, describeCategory(wanted), describeCategory(found)),
      );
    }
    return wanted;
  }
}

/** What values of a column type are to expressions. */
export function typeCategory(type: ColumnType): ValueCategory {
  switch (type.kind) {
    case "smallint":
    case "integer":
    case "bigint":
    case "real":
    case "double":
    case "numeric":
      return "number";
    case "char":
    case "varchar":
    case "text":
    case "enum":
    case "uuid":
      return "text";
    case "bytes":
    case "binary":
    case "varbinary":
      return "bytes";
    case "date":
    case "time":
    case "boolean":
      return type.kind;
    case "timestamp":
    case "timestamptz":
      return "timestamp";
    case "json":
    case "jsonb":
      return "json";
    default:
      return "any";
  }
}

export function describeCategory(category: ValueCategory): string {
  switch (category) {
    case "number":
      return "a number";
    case "boolean":
      return "a condition";
    case "any":
      return "a value";
    case "text":
    case "date":
    case "time":
    case "timestamp":
      return `a ${category}`;
    case "bytes":
    case "json":
      return category;
  }
}

function goTogether(left: ValueCategory, right: ValueCategory): boolean {
  return left === right || left === "any" || right === "any" || (isMoment(left) && isMoment(right));
}

function isMoment(category: ValueCategory): boolean {
  return category === "date" || category === "timestamp";
}

function expectedCount({ least, most }: PortableFunction): string {
  const arguments_ = most === 1 ? "argument" : "arguments";
  if (most === undefined) return `at least ${least} arguments`;
  if (most === 0) return "no arguments";
  return least === most ? `${least} ${arguments_}` : `${least} to ${most} ${arguments_}`;
}
