// The grammar of where a column's values come from: defaults, numbering, generators, generated columns.
import type { IToken } from "chevrotain";
import type { ColumnOption, Expression, NamePath, NumberLiteral, SequenceOption } from "./ast.js";
import type { Rule } from "./parser-base.js";
import { ReferenceParser } from "./reference-parser.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

export abstract class ValueOptionParser extends ReferenceParser {
  /** One option about values. */
  protected readonly valueOption: Rule<ColumnOption | undefined> = this.RULE("valueOption", () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.identityOption) },
      { ALT: () => this.SUBRULE(this.serialOption) },
      { ALT: () => this.SUBRULE(this.autoincrementOption) },
      { ALT: () => this.SUBRULE(this.defaultOption) },
      { ALT: () => this.SUBRULE(this.onUpdateOption) },
      { ALT: () => this.SUBRULE(this.generateOption) },
      { ALT: () => this.SUBRULE(this.generatedOption) },
    ]),
  );

  private readonly identityOption: Rule<ColumnOption> = this.RULE("identityOption", () => {
    const first = this.CONSUME(keyword("identity"));
    const always = this.OPTION(() => this.CONSUME(keyword("always"))) !== undefined;
    const sequence = this.OPTION2(() => {
      this.CONSUME(tokens.LeftParenthesis);
      const options = this.SUBRULE(this.sequenceOptions);
      this.closeParenthesis("an option of a sequence or `)`");
      this.CONSUME(tokens.RightParenthesis);
      return options;
    });
    return this.ACTION((): ColumnOption => ({
      kind: "identity",
      always,
      ...(sequence === undefined || sequence.length === 0 ? {} : { sequence }),
      span: this.spanFrom(first),
    }));
  });

  /** `serial`, `serial (name start 1 …)`: an owned sequence. */
  private readonly serialOption: Rule<ColumnOption> = this.RULE("serialOption", () => {
    const first = this.CONSUME(keyword("serial"));
    let name: NamePath | undefined;
    let sequence: SequenceOption[] = [];
    this.OPTION(() => {
      this.CONSUME(tokens.LeftParenthesis);
      // A sequence may be called `start`; followed by a number, the word is the option.
      this.OPTION2({
        GATE: () => this.LA(1).tokenType === tokens.QuotedName || !this.isSequenceOption(),
        DEF: () => {
          name = this.SUBRULE(this.namePath);
        },
      });
      sequence = this.SUBRULE(this.sequenceOptions);
      this.closeParenthesis("an option of a sequence or `)`");
      this.CONSUME(tokens.RightParenthesis);
    });
    return this.ACTION((): ColumnOption => ({
      kind: "serial",
      ...(name === undefined ? {} : { name }),
      ...(sequence.length === 0 ? {} : { sequence }),
      span: this.spanFrom(first),
    }));
  });

  private isSequenceOption(): boolean {
    const next = this.LA(2).tokenType;
    if (this.LA(1).tokenType === keyword("cycle")) return next !== tokens.Dot;
    return next === tokens.NumberText || next === tokens.Minus;
  }

  private readonly autoincrementOption: Rule<ColumnOption> = this.RULE("autoincrementOption", () => {
    const first = this.CONSUME(keyword("autoincrement"));
    return this.ACTION((): ColumnOption => ({ kind: "autoincrement", span: this.spanFrom(first) }));
  });

  /** `start 1 increment 5 cycle`: any of them, in any order. */
  protected readonly sequenceOptions: Rule<SequenceOption[]> = this.RULE("sequenceOptions", () => {
    const options: SequenceOption[] = [];
    this.MANY(() => {
      const option = this.SUBRULE(this.sequenceOption);
      this.ACTION(() => options.push(option));
    });
    return options;
  });

  private readonly sequenceOption: Rule<SequenceOption> = this.RULE("sequenceOption", () => {
    const first = this.LA(1);
    let value: NumberLiteral | undefined;
    const kind = this.OR([
      { ALT: () => (this.CONSUME(keyword("cycle")), "cycle" as const) },
      {
        ALT: () => {
          const word = this.OR2([
            { ALT: () => (this.CONSUME(keyword("start")), "start" as const) },
            { ALT: () => (this.CONSUME(keyword("increment")), "increment" as const) },
            { ALT: () => (this.CONSUME(keyword("minvalue")), "minvalue" as const) },
            { ALT: () => (this.CONSUME(keyword("maxvalue")), "maxvalue" as const) },
            { ALT: () => (this.CONSUME(keyword("cache")), "cache" as const) },
          ]);
          value = this.SUBRULE(this.signedNumber);
          return word;
        },
      },
    ]);
    return this.ACTION((): SequenceOption => {
      const span = this.spanFrom(first);
      return kind === "cycle" || value === undefined ? { kind: "cycle", span } : { kind, value, span };
    });
  });

  protected readonly defaultOption: Rule<Extract<ColumnOption, { kind: "default" }> | undefined> = this.RULE(
    "defaultOption",
    () => {
      const first = this.CONSUME(keyword("default"));
      const value = this.SUBRULE(this.value);
      return this.ACTION(() => value && { kind: "default" as const, value, span: this.spanFrom(first) });
    },
  );

  private readonly onUpdateOption: Rule<ColumnOption | undefined> = this.RULE("onUpdateOption", () => {
    const first = this.CONSUME(keyword("onupdate"));
    const value = this.SUBRULE(this.value);
    return this.ACTION(
      (): ColumnOption | undefined => value && { kind: "onUpdate", value, span: this.spanFrom(first) },
    );
  });

  /** `generate uuid()`, `generate makeId from './ids.ts'`. */
  private readonly generateOption: Rule<ColumnOption> = this.RULE("generateOption", () => {
    const first = this.CONSUME(keyword("generate"));
    const name = this.CONSUME(tokens.Name);
    this.OPTION(() => {
      this.CONSUME(tokens.LeftParenthesis);
      this.CONSUME(tokens.RightParenthesis);
    });
    const module = this.OPTION2(() => {
      this.CONSUME(keyword("from"));
      return this.SUBRULE(this.stringLiteral);
    });
    return this.ACTION((): ColumnOption => ({
      kind: "generate",
      name: this.identifier(name),
      ...(module === undefined ? {} : { module }),
      span: this.spanFrom(first),
    }));
  });

  /** `as (expression) stored`. */
  private readonly generatedOption: Rule<ColumnOption | undefined> = this.RULE("generatedOption", () => {
    const first = this.CONSUME(keyword("as"));
    this.CONSUME(tokens.LeftParenthesis);
    const expression = this.recovering(() => this.SUBRULE(this.expression), undefined);
    this.closeParenthesis("an operator or `)`");
    this.CONSUME(tokens.RightParenthesis);
    const stored = this.OR({
      DEF: [
        { ALT: () => (this.CONSUME(keyword("stored")), true) },
        { ALT: () => (this.CONSUME(keyword("virtual")), false) },
      ],
      ERR_MSG: "`stored` or `virtual`",
    });
    return this.ACTION(
      (): ColumnOption | undefined =>
        expression && { kind: "generated", expression, stored, span: this.spanFrom(first) },
    );
  });

  /** The closed form of a default: a literal, signed number, name, call, raw SQL, array, or `( expression )`. */
  private readonly value: Rule<Expression | undefined> = this.RULE("value", () =>
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.rawSql) },
        {
          // A sign must be followed by a number here, which `literal` alone would not say.
          ALT: () => this.SUBRULE(this.negativeNumber),
        },
        { ALT: () => this.SUBRULE(this.literal) },
        { ALT: () => this.SUBRULE(this.nameOrCall) },
        { ALT: () => this.SUBRULE(this.parenthesized) },
        { ALT: () => this.SUBRULE(this.arrayExpression) },
      ],
      ERR_MSG: "a value",
    }),
  );

  private readonly negativeNumber: Rule<Expression> = this.RULE("negativeNumber", () => {
    const first: IToken = this.CONSUME(tokens.Minus);
    const token = this.CONSUME(tokens.NumberText);
    return this.ACTION((): Expression => ({ kind: "number", digits: `-${token.image}`, span: this.spanFrom(first) }));
  });
}
