// The grammar of expressions and types. Operators are collected flat and put together by precedence afterwards, which
// keeps the call depth of one nesting level small; nesting itself is capped.
import type { IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { coverSpans } from "../text/span.js";
import type { BinaryOperator, CaseBranch, Expression, Identifier, NumberLiteral, TypeReference } from "./ast.js";
import {
  binaryOperators,
  buildExpression,
  type ExpressionPart,
  precedence,
  precedenceOfBinary,
} from "./build-expression.js";
import { type Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";
import { TypeParser } from "./type-parser.js";

const deepestNesting = 200;
const mostOperators = 1000;

/** What an operator's text means; a map, because the text comes from the source. */
const operatorOf: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ...binaryOperators.map((operator) => [operator, operator] as const),
  ["!=", "<>"],
]);

export abstract class ExpressionParser extends TypeParser {
  private depth = 0;

  /** Any expression; undefined where it could not be read, which has been reported then. */
  protected readonly expression: Rule<Expression | undefined> = this.RULE("expression", () => {
    const parts: ExpressionPart[] = [];
    if (this.RECORDING_PHASE || this.enterNesting()) {
      try {
        this.SUBRULE(this.operand, { ARGS: [parts] });
        this.MANY(() => this.SUBRULE(this.operatorTail, { ARGS: [parts] }));
      } finally {
        this.depth--;
      }
    }
    return this.ACTION(() => this.finishExpression(parts));
  });

  /** Low and high of `between`, and patterns: nothing looser than arithmetic. */
  private readonly arithmeticExpression: Rule<Expression | undefined> = this.RULE("arithmeticExpression", () => {
    const parts: ExpressionPart[] = [];
    this.SUBRULE(this.operand, { ARGS: [parts, precedence.concatenation] });
    this.MANY(() => {
      const operator = this.CONSUME(tokens.ArithmeticOperatorToken);
      const level = this.ACTION(() => this.addOperator(parts, operator));
      this.SUBRULE2(this.operand, { ARGS: [parts, level] });
    });
    return this.ACTION(() => this.finishExpression(parts));
  });

  /** An operator with what follows it, or a test that follows its operand. */
  private readonly operatorTail: Rule<void, [ExpressionPart[]?]> = this.RULE(
    "operatorTail",
    (parts: ExpressionPart[] = []) => {
      this.OR([
        {
          ALT: () => {
            const operator = this.CONSUME(tokens.BinaryOperatorToken);
            const level = this.ACTION(() => this.addOperator(parts, operator));
            this.SUBRULE(this.operand, { ARGS: [parts, level] });
          },
        },
        { ALT: () => this.SUBRULE(this.nullTest, { ARGS: [parts] }) },
        { ALT: () => this.SUBRULE(this.rangeTest, { ARGS: [parts] }) },
      ]);
    },
  );

  private readonly nullTest: Rule<void, [ExpressionPart[]?]> = this.RULE("nullTest", (parts: ExpressionPart[] = []) => {
    this.CONSUME(keyword("is"));
    const negated = this.OPTION(() => this.CONSUME(keyword("not"))) !== undefined;
    const last = this.CONSUME(keyword("null"));
    this.ACTION(() => {
      const span = this.spanOf(last);
      const apply = (operand: Expression): Expression => ({
        kind: "isNull",
        negated,
        operand,
        span: coverSpans(operand.span, span),
      });
      parts.push({ kind: "postfix", precedence: precedence.isNull, apply });
    });
  });

  /** `[not] in (…)`, `[not] between … and …`, `[not] like …`. */
  private readonly rangeTest: Rule<void, [ExpressionPart[]?]> = this.RULE(
    "rangeTest",
    (parts: ExpressionPart[] = []) => {
      const first = this.LA(1);
      const negated = this.OPTION(() => this.CONSUME(keyword("not"))) !== undefined;
      const apply = this.OR({
        DEF: [
          { ALT: () => this.SUBRULE(this.inTail, { ARGS: [negated] }) },
          { ALT: () => this.SUBRULE(this.betweenTail, { ARGS: [negated] }) },
          { ALT: () => this.SUBRULE(this.likeTail, { ARGS: [negated] }) },
        ],
        ERR_MSG: "`in`, `between` or `like`",
      });
      this.ACTION(() => {
        if (apply === undefined) return;
        const span = this.spanFrom(first);
        parts.push({
          kind: "postfix",
          precedence: precedence.range,
          apply: (operand) => ({ ...apply(operand), span: coverSpans(operand.span, span) }),
        });
      });
    },
  );

  private readonly inTail: Rule<Postfix, [boolean?]> = this.RULE("inTail", (negated = false) => {
    this.CONSUME(keyword("in"));
    const values = this.SUBRULE(this.argumentList);
    return this.ACTION(() => {
      if (values?.length === 0) this.report(diagnostic("S1023", this.spanOf(this.LA(0)), "the list after `in`"));
      if (values === undefined) return undefined;
      return (operand: Expression): Expression => ({ kind: "in", negated, operand, values, span: operand.span });
    });
  });

  private readonly betweenTail: Rule<Postfix, [boolean?]> = this.RULE("betweenTail", (negated = false) => {
    this.CONSUME(keyword("between"));
    const low = this.SUBRULE(this.arithmeticExpression);
    this.CONSUME(keyword("and"));
    const high = this.SUBRULE2(this.arithmeticExpression);
    return this.ACTION(() => {
      if (low === undefined || high === undefined) return undefined;
      return (operand: Expression): Expression => ({
        kind: "between",
        negated,
        operand,
        low,
        high,
        span: operand.span,
      });
    });
  });

  private readonly likeTail: Rule<Postfix, [boolean?]> = this.RULE("likeTail", (negated = false) => {
    this.CONSUME(keyword("like"));
    const pattern = this.SUBRULE(this.arithmeticExpression);
    return this.ACTION(() => {
      if (pattern === undefined) return undefined;
      return (operand: Expression): Expression => ({ kind: "like", negated, operand, pattern, span: operand.span });
    });
  });

  /** Prefix operators and what they stand before; `level` is the precedence of the operator before them. */
  private readonly operand: Rule<void, [ExpressionPart[]?, number?]> = this.RULE(
    "operand",
    (parts: ExpressionPart[] = [], level = 0) => {
      let tightest = level;
      this.MANY(() => {
        const token = this.OR([{ ALT: () => this.CONSUME(tokens.Minus) }, { ALT: () => this.CONSUME(keyword("not")) }]);
        this.ACTION(() => {
          const operator = token.tokenType === tokens.Minus ? "-" : "not";
          if (operator === "not" && tightest > precedence.not) this.reportBareNot(token);
          if (operator === "-") tightest = precedence.negation;
          parts.push({ kind: "prefix", operator, span: this.spanOf(token) });
        });
      });
      const expression = this.SUBRULE(this.primary);
      this.ACTION(() => {
        if (expression !== undefined) parts.push({ kind: "operand", expression });
      });
    },
  );

  /** What needs no operator: a literal, a name, a call, `case`, `cast`, raw SQL, or parentheses. */
  protected readonly primary: Rule<Expression | undefined> = this.RULE("primary", () =>
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.rawSql) },
        { ALT: () => this.SUBRULE(this.literal) },
        { ALT: () => this.SUBRULE(this.caseExpression) },
        { ALT: () => this.SUBRULE(this.castExpression) },
        { ALT: () => this.SUBRULE(this.parenthesized) },
        { ALT: () => this.SUBRULE(this.nameOrCall) },
        { ALT: () => this.SUBRULE(this.arrayExpression) },
      ],
      ERR_MSG: "an expression",
    }),
  );

  /** `[a, b]`. */
  protected readonly arrayExpression: Rule<Expression | undefined> = this.RULE("arrayExpression", () => {
    const elements: (Expression | undefined)[] = [];
    const first = this.CONSUME(tokens.LeftBracket);
    const read = this.recovering(() => {
      this.MANY_SEP({
        SEP: tokens.Comma,
        DEF: () => {
          const element = this.SUBRULE(this.expression);
          this.ACTION(() => elements.push(element));
        },
      });
      return true;
    }, false);
    this.ACTION(() => {
      if (this.LA(1).tokenType === tokens.RightBracket) return;
      this.unexpected("`,` or `]`");
      this.skipTo(() => false);
    });
    this.CONSUME(tokens.RightBracket);
    return this.ACTION((): Expression | undefined => {
      const complete = elements.filter((element) => element !== undefined);
      if (!read || complete.length < elements.length) return undefined;
      return { kind: "array", elements: complete, span: this.spanFrom(first) };
    });
  });

  protected readonly literal: Rule<Expression> = this.RULE("literal", () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.stringLiteral) },
      {
        ALT: () => {
          const token = this.CONSUME(tokens.NumberText);
          return this.ACTION((): NumberLiteral => ({ kind: "number", digits: token.image, span: this.spanOf(token) }));
        },
      },
      {
        ALT: () => {
          const token = this.OR2([
            { ALT: () => this.CONSUME(keyword("true")) },
            { ALT: () => this.CONSUME(keyword("false")) },
          ]);
          return this.ACTION((): Expression => ({
            kind: "boolean",
            value: token.image === "true",
            span: this.spanOf(token),
          }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(keyword("null"));
          return this.ACTION((): Expression => ({ kind: "null", span: this.spanOf(token) }));
        },
      },
    ]),
  );

  private readonly caseExpression: Rule<Expression | undefined> = this.RULE("caseExpression", () => {
    const branches: (CaseBranch | undefined)[] = [];
    const first = this.CONSUME(keyword("case"));
    this.AT_LEAST_ONE({
      DEF: () => {
        const start = this.CONSUME(keyword("when"));
        const when = this.SUBRULE(this.expression);
        this.CONSUME(keyword("then"));
        const then = this.SUBRULE2(this.expression);
        // oxlint-disable-next-line unicorn/no-thenable -- a branch of `case` has a `then`, and nothing awaits it
        this.ACTION(() => branches.push(when && then && { when, then, span: this.spanFrom(start) }));
      },
      ERR_MSG: "`when`",
    });
    const otherwise = this.OPTION(() => {
      this.CONSUME(keyword("else"));
      return this.SUBRULE3(this.expression);
    });
    this.CONSUME(keyword("end"));
    return this.ACTION((): Expression | undefined => {
      const complete = branches.filter((branch) => branch !== undefined);
      if (complete.length < branches.length) return undefined;
      const rest = otherwise === undefined ? {} : { otherwise };
      return { kind: "case", branches: complete, ...rest, span: this.spanFrom(first) };
    });
  });

  private readonly castExpression: Rule<Expression | undefined> = this.RULE("castExpression", () => {
    let operand: Expression | undefined;
    let type: TypeReference | undefined;
    const first = this.CONSUME(keyword("cast"));
    this.CONSUME(tokens.LeftParenthesis);
    this.recovering(() => {
      operand = this.SUBRULE(this.expression);
      this.CONSUME(keyword("as"));
      type = this.SUBRULE(this.typeReference);
    }, undefined);
    this.closeParenthesis("`)`");
    this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(
      (): Expression | undefined => operand && type && { kind: "cast", operand, type, span: this.spanFrom(first) },
    );
  });

  /** `( expression )`, its parentheses kept. */
  protected readonly parenthesized: Rule<Expression | undefined> = this.RULE("parenthesized", () => {
    const first = this.CONSUME(tokens.LeftParenthesis);
    const expression = this.recovering(() => this.SUBRULE(this.expression), undefined);
    this.closeParenthesis("an operator or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(
      (): Expression | undefined => expression && { kind: "parenthesized", expression, span: this.spanFrom(first) },
    );
  });

  /** `a`, `a.b`, `f(…)`, `s.f(…)`. */
  protected readonly nameOrCall: Rule<Expression | undefined> = this.RULE("nameOrCall", () => {
    const first = this.CONSUME(tokens.ExpressionName);
    const path: Identifier[] = [];
    this.ACTION(() => path.push(this.identifier(first)));
    this.MANY(() => {
      this.CONSUME(tokens.Dot);
      const token = this.CONSUME(tokens.Name);
      this.ACTION(() => path.push(this.identifier(token)));
    });
    const pathEnd = this.LA(0);
    let called = false;
    const values = this.OPTION(() => {
      called = true;
      return this.SUBRULE(this.argumentList);
    });
    return this.ACTION((): Expression | undefined => {
      const span = this.spanFrom(first);
      if (!called) return { kind: "name", path, span };
      if (values === undefined) return undefined;
      return this.callExpression(path, coverSpans(this.spanOf(first), this.spanOf(pathEnd)), values, span);
    });
  });

  /** `(a, b)`: expressions in parentheses, possibly none; undefined where one could not be read. */
  protected readonly argumentList: Rule<Expression[] | undefined> = this.RULE("argumentList", () => {
    const values: (Expression | undefined)[] = [];
    this.CONSUME(tokens.LeftParenthesis);
    const read = this.recovering(() => {
      this.MANY_SEP({
        SEP: tokens.Comma,
        DEF: () => {
          const value = this.SUBRULE(this.expression);
          this.ACTION(() => values.push(value));
        },
      });
      return true;
    }, false);
    this.closeParenthesis("`,` or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(() => {
      const complete = values.filter((value) => value !== undefined);
      return read && complete.length === values.length ? complete : undefined;
    });
  });

  private callExpression(
    path: readonly Identifier[],
    nameSpan: Expression["span"],
    values: readonly Expression[],
    span: Expression["span"],
  ): Expression | undefined {
    const [first, second, third] = path;
    if (first === undefined) return undefined;
    if (third !== undefined) {
      this.report(diagnostic("S1001", third.span, "`(`", `\`.${third.text}\``));
      return undefined;
    }
    const name =
      second === undefined ? { name: first, span: nameSpan } : { schema: first, name: second, span: nameSpan };
    return { kind: "call", name, arguments: values, span };
  }

  /** Notes an operator and gives its precedence. */
  private addOperator(parts: ExpressionPart[], token: IToken): number {
    const operator = operatorOf.get(token.image);
    if (operator === undefined) return 0;
    parts.push({ kind: "binary", operator });
    return precedenceOfBinary(operator);
  }

  /** `a = not b`: databases disagree on what that means. */
  private reportBareNot(token: IToken): void {
    const place = { span: this.spanOf(token), help: "put it in parentheses: `(not …)`" };
    this.report(diagnostic("S1001", place, "an operand", "`not`"));
  }

  private finishExpression(parts: readonly ExpressionPart[]): Expression | undefined {
    if (parts.length > 2 * mostOperators) {
      const span = this.spanOf(this.LA(0));
      this.report(diagnostic("S1015", span, `${mostOperators} operators`));
      return undefined;
    }
    return buildExpression(parts);
  }

  /** Counts a level of nesting; past the cap skips what is inside, so that no input exhausts the stack. */
  private enterNesting(): boolean {
    this.depth++;
    if (this.depth <= deepestNesting) return true;
    this.report(diagnostic("S1015", this.spanOf(this.LA(1)), `${deepestNesting} levels of nesting`));
    this.skipTo(() => false);
    this.depth--;
    return false;
  }
}

type Postfix = ((operand: Expression) => Expression) | undefined;
