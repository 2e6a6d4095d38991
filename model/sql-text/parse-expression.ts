// The expressions that the schema language shares with SQL, from SQL text to the schema model. Casts are kept, with the
// type as the text has it: `x::t` and `cast(x as t)` alike. Total: anything else gives undefined.
import type { ArithmeticOperator, ComparisonOperator, CurrentValueName, Expression } from "../expression.js";
import { readTokens, type SqlTextStyle, type SqlToken } from "./tokens.js";

/** Deeper expressions stay as they are: nobody should meet the end of the stack because of a database. */
const greatestDepth = 100;

/** Parses `text` whole; undefined where it holds more than the schema language can say. */
export function parseSqlExpression(text: string, style: SqlTextStyle): Expression | undefined {
  const tokens = readTokens(text, style);
  if (tokens === undefined) return undefined;
  try {
    return new SqlExpressionParser(tokens).whole();
  } catch (failure) {
    if (failure instanceof Unreadable) return undefined;
    throw failure;
  }
}

/** Leaves the parser from any depth; never leaves this file. */
class Unreadable extends Error {
  override readonly name = "Unreadable";
}

const currentNames: ReadonlySet<string> = new Set<CurrentValueName>([
  "current_date",
  "current_time",
  "current_timestamp",
  "localtimestamp",
]);

/** Words that no bare column name is. */
const keywords: ReadonlySet<string> = new Set(
  (
    "all and any array as between case cast collate default distinct else end escape exists false from glob ilike in " +
    "interval is isnull like match not notnull null or regexp rlike row select similar some then true union when where"
  ).split(" "),
);

class SqlExpressionParser {
  readonly #tokens: readonly SqlToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#at < this.#tokens.length) throw new Unreadable();
    return expression;
  }

  // ---- tokens

  #peek(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    if (token === undefined) return false;
    if (token.kind === "symbol") return token.text === text;
    return token.kind === "word" && token.text.toLowerCase() === text;
  }

  #take(...texts: readonly string[]): boolean {
    if (!texts.every((text, index) => this.#peek(text, index))) return false;
    this.#at += texts.length;
    return true;
  }

  #need(...texts: readonly string[]): void {
    if (!this.#take(...texts)) throw new Unreadable();
  }

  #next(): SqlToken {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Unreadable();
    this.#at += 1;
    return token;
  }

  // ---- operators, loosest first

  #or(): Expression {
    this.#depth += 1;
    if (this.#depth > greatestDepth) throw new Unreadable();
    const operands = [this.#and()];
    while (this.#take("or")) operands.push(this.#and());
    this.#depth -= 1;
    return chain("or", operands);
  }

  #and(): Expression {
    const operands = [this.#not()];
    while (this.#take("and")) operands.push(this.#not());
    return chain("and", operands);
  }

  #not(): Expression {
    if (!this.#take("not")) return this.#test();
    return { kind: "not", operand: this.#not() };
  }

  #test(): Expression {
    const left = this.#concatenation();
    const comparison = this.#comparison(left);
    if (comparison !== undefined) return comparison;
    if (this.#take("is")) {
      const negated = this.#take("not");
      this.#need("null");
      return { kind: "isNull", negated, operand: left };
    }
    if (this.#take("~~")) return { kind: "like", negated: false, operand: left, pattern: this.#concatenation() };
    if (this.#take("!~~")) return { kind: "like", negated: true, operand: left, pattern: this.#concatenation() };
    const negated = this.#take("not");
    if (this.#take("in")) return { kind: "in", negated, operand: left, values: this.#list("(", ")") };
    if (this.#take("like")) return { kind: "like", negated, operand: left, pattern: this.#concatenation() };
    if (this.#take("between")) {
      const low = this.#concatenation();
      this.#need("and");
      return { kind: "between", negated, operand: left, low, high: this.#concatenation() };
    }
    if (negated) throw new Unreadable();
    return left;
  }

  #comparison(left: Expression): Expression | undefined {
    const operator = comparisonOperators.find((sign) => this.#take(sign));
    if (operator === undefined) return undefined;
    if (operator === "=" && this.#take("any")) return this.#inArray(left, false);
    if (operator === "<>" && this.#take("all")) return this.#inArray(left, true);
    return { kind: "comparison", operator, left, right: this.#concatenation() };
  }

  /** `= ANY (ARRAY[…])`, which is how an `in` is kept; the array may stand in a cast. */
  #inArray(operand: Expression, negated: boolean): Expression {
    this.#need("(");
    const inner = this.#take("(");
    this.#need("array");
    const values = this.#list("[", "]");
    if (inner) this.#need(")");
    if (this.#take("::")) this.#typeName();
    this.#need(")");
    return { kind: "in", negated, operand, values };
  }

  #concatenation(): Expression {
    return this.#leftToRight(["||"], () => this.#leftToRight(["+", "-"], () => this.#product()));
  }

  #product(): Expression {
    return this.#leftToRight(["*", "/", "%"], () => this.#sign());
  }

  #leftToRight(operators: readonly ArithmeticOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((sign) => this.#take(sign));
      if (operator === undefined) return left;
      left = { kind: "arithmetic", operator, left, right: operand() };
    }
  }

  #sign(): Expression {
    if (!this.#take("-")) return this.#cast();
    const operand = this.#sign();
    if (operand.kind === "number" && !operand.digits.startsWith("-"))
      return { kind: "number", digits: `-${operand.digits}` };
    return { kind: "negate", operand };
  }

  #cast(): Expression {
    let operand = this.#primary();
    while (this.#take("::")) operand = { kind: "cast", operand, type: this.#typeName() };
    return operand;
  }

  // ---- the tightest

  #primary(): Expression {
    if (this.#take("(")) {
      const expression = this.#or();
      this.#need(")");
      return expression;
    }
    const token = this.#next();
    if (token.kind === "string") return { kind: "string", value: token.text };
    if (token.kind === "number") return { kind: "number", digits: token.text };
    if (token.kind === "name") return this.#column(token.text);
    if (token.kind === "word") return this.#word(token.text);
    throw new Unreadable();
  }

  #word(written: string): Expression {
    const name = written.toLowerCase();
    if (name === "true" || name === "false") return { kind: "boolean", value: name === "true" };
    if (name === "null") return { kind: "null" };
    if (name === "case") return this.#case();
    if (name === "cast") return this.#castCall();
    if (keywords.has(name)) throw new Unreadable();
    if (this.#peek("(")) return { kind: "call", name, arguments: this.#list("(", ")") };
    if (isCurrentName(name)) return { kind: "current", name };
    return this.#column(written);
  }

  /** A column alone: names with a table or schema before them are no part of the language here. */
  #column(name: string): Expression {
    if (this.#peek(".") || this.#peek("(")) throw new Unreadable();
    return { kind: "column", name };
  }

  #case(): Expression {
    const branches: { readonly when: Expression; readonly then: Expression }[] = [];
    while (this.#take("when")) {
      const when = this.#or();
      this.#need("then");
      // oxlint-disable-next-line unicorn/no-thenable -- the model's own word; nobody awaits a branch
      branches.push({ when, then: this.#or() });
    }
    if (branches.length === 0) throw new Unreadable();
    const otherwise = this.#take("else") ? this.#or() : undefined;
    this.#need("end");
    return { kind: "case", branches, ...(otherwise === undefined ? {} : { otherwise }) };
  }

  #castCall(): Expression {
    this.#need("(");
    const operand = this.#or();
    this.#need("as");
    const type = this.#typeName();
    this.#need(")");
    return { kind: "cast", operand, type };
  }

  #list(opening: string, closing: string): Expression[] {
    this.#need(opening);
    if (this.#take(closing)) return [];
    const values = [this.#or()];
    while (this.#take(",")) values.push(this.#or());
    this.#need(closing);
    return values;
  }

  /** `character varying(30)[]`, `timestamp(6) without time zone`, `s.kind`: lower-case words and what follows them. */
  #typeName(): string {
    let text = "";
    for (;;) {
      const token = this.#tokens[this.#at];
      const continues = text !== "" && !text.endsWith(".");
      if (
        token?.kind === "name" ||
        (token?.kind === "word" && (!continues || typeWords.has(token.text.toLowerCase())))
      ) {
        text += `${continues ? " " : ""}${token.kind === "name" ? token.text : token.text.toLowerCase()}`;
        this.#at += 1;
      } else if (text !== "" && this.#take(".")) text += ".";
      else if (text !== "" && this.#take("[", "]")) text += "[]";
      else if (text !== "" && this.#peek("(")) {
        const numbers = this.#list("(", ")").map((one) => (one.kind === "number" ? one.digits : ""));
        text += `(${numbers.join(",")})`;
      } else break;
    }
    if (text === "") throw new Unreadable();
    return text;
  }
}

/** What follows a type's first word. */
const typeWords: ReadonlySet<string> = new Set(["varying", "precision", "with", "without", "time", "zone"]);

const comparisonOperators: readonly ComparisonOperator[] = ["=", "<>", "<=", ">=", "<", ">"];

function chain(kind: "and" | "or", operands: readonly Expression[]): Expression {
  const [only, ...others] = operands;
  if (only !== undefined && others.length === 0) return only;
  return { kind, operands: operands.flatMap((one) => (one.kind === kind ? one.operands : one)) };
}

function isCurrentName(name: string): name is CurrentValueName {
  return currentNames.has(name);
}
