// The grammar of what stands for itself: strings, numbers, raw SQL, and names with the module that exports them.
import type { ModuleName, NumberLiteral, OptionValue, RawExpression, RawVariant, StringLiteral } from "./ast.js";
import { decodeFence, decodeString } from "./literals.js";
import { ParserBase, type Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

export abstract class LiteralParser extends ParserBase {
  /** A string in single quotes. */
  protected readonly stringLiteral: Rule<StringLiteral> = this.RULE("stringLiteral", () => {
    const token = this.CONSUME(tokens.StringText);
    return this.ACTION((): StringLiteral => ({
      kind: "string",
      value: decodeString(token.image),
      span: this.spanOf(token),
    }));
  });

  /** A number with its sign. */
  protected readonly signedNumber: Rule<NumberLiteral> = this.RULE("signedNumber", () => {
    const first = this.LA(1);
    const sign = this.OPTION(() => this.CONSUME(tokens.Minus)) === undefined ? "" : "-";
    const token = this.CONSUME(tokens.NumberText);
    return this.ACTION((): NumberLiteral => ({
      kind: "number",
      digits: sign + token.image,
      span: this.spanFrom(first),
    }));
  });

  /** Neighbouring fences are variants of one value. */
  protected readonly rawSql: Rule<RawExpression> = this.RULE("rawSql", () => {
    const first = this.LA(1);
    const variants: RawVariant[] = [];
    this.AT_LEAST_ONE(() => {
      const token = this.CONSUME(tokens.RawFence);
      this.ACTION(() => variants.push({ ...decodeFence(token.image), span: this.spanOf(token) }));
    });
    return this.ACTION((): RawExpression => ({ kind: "raw", variants, span: this.spanFrom(first) }));
  });

  /** What stands after `=` among options: a number, a string or a word. */
  protected readonly optionValue: Rule<OptionValue> = this.RULE("optionValue", () =>
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.signedNumber) },
        { ALT: () => this.SUBRULE(this.stringLiteral) },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.Name);
            return this.ACTION((): OptionValue => ({ kind: "name", ...this.identifier(token) }));
          },
        },
      ],
      ERR_MSG: "a number, a string or a word",
    }),
  );

  /** `Name from './module.ts'`. */
  protected readonly moduleName: Rule<ModuleName> = this.RULE("moduleName", () => {
    const first = this.CONSUME(tokens.Name);
    this.CONSUME(keyword("from"));
    const module = this.SUBRULE(this.stringLiteral);
    return this.ACTION((): ModuleName => ({ name: this.identifier(first), module, span: this.spanFrom(first) }));
  });
}
