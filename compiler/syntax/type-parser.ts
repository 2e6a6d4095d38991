// The grammar of type references, `name[(arguments)] [unsigned] []* [?]`, and of SQL's longer spellings, which are
// mistakes.
import type { IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { NamePath, TypeArgument, TypeReference } from "./ast.js";
import { decodeString } from "./literals.js";
import { ParserBase, type Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

/** SQL's spellings of more than one word, and the one word that the language has for each. */
const longSpellings: ReadonlyMap<string, string> = new Map([
  ["double precision", "double"],
  ["character varying", "varchar"],
  ["char varying", "varchar"],
  ["binary varying", "varbinary"],
  ["timestamp with time zone", "timestamptz"],
  ["timestamp without time zone", "timestamp"],
  ["time without time zone", "time"],
]);

export abstract class TypeParser extends ParserBase {
  protected readonly typeReference: Rule<TypeReference | undefined> = this.RULE("typeReference", () =>
    this.OR({
      DEF: [{ ALT: () => this.SUBRULE(this.rawType) }, { ALT: () => this.SUBRULE(this.namedType) }],
      ERR_MSG: "a type",
    }),
  );

  private readonly rawType: Rule<undefined> = this.RULE("rawType", () => {
    const first = this.LA(1);
    this.AT_LEAST_ONE(() => this.CONSUME(tokens.RawFence));
    this.OPTION(() => this.CONSUME(tokens.QuestionMark));
    return this.ACTION(() => {
      this.notSupported(first, "a type in raw SQL", "use one of the language's own types");
      return undefined;
    });
  });

  private readonly namedType: Rule<TypeReference> = this.RULE("namedType", () => {
    const first = this.LA(1);
    let dimensions = 0;
    let list: TypeArgument[] = [];
    const written = this.SUBRULE(this.namePath);
    let suffix = "";
    this.OPTION(() => {
      suffix = this.SUBRULE(this.longSpelling);
    });
    this.OPTION2(() => {
      list = this.SUBRULE(this.typeArguments);
    });
    this.OPTION3(() => {
      suffix = this.SUBRULE2(this.longSpelling);
    });
    const name = this.ACTION(() => (suffix === "" ? written : this.shortened(first, written, suffix)));
    const unsigned = this.OPTION4(() => this.CONSUME(keyword("unsigned"))) !== undefined;
    this.MANY(() => {
      this.CONSUME(tokens.LeftBracket);
      this.CONSUME(tokens.RightBracket);
      dimensions++;
    });
    const nullable = this.OPTION5(() => this.CONSUME(tokens.QuestionMark)) !== undefined;
    return this.ACTION((): TypeReference => ({
      kind: "type",
      name,
      arguments: list,
      unsigned,
      dimensions,
      nullable,
      span: this.spanFrom(first),
    }));
  });

  /** What SQL writes after a type's first word: `precision`, `varying`, `with time zone`. */
  private readonly longSpelling: Rule<string> = this.RULE("longSpelling", () => {
    const first = this.LA(1);
    this.OR([
      { ALT: () => this.CONSUME(keyword("precision")) },
      { ALT: () => this.CONSUME(keyword("varying")) },
      {
        ALT: () => {
          this.OR2([{ ALT: () => this.CONSUME(keyword("with")) }, { ALT: () => this.CONSUME(keyword("without")) }]);
          this.CONSUME(keyword("time"));
          this.CONSUME(keyword("zone"));
        },
      },
    ]);
    return this.ACTION(() => {
      const last = this.LA(0);
      return last === first ? first.image : `${first.image} time zone`;
    });
  });

  private readonly typeArguments: Rule<TypeArgument[]> = this.RULE("typeArguments", () => {
    const list: TypeArgument[] = [];
    this.CONSUME(tokens.LeftParenthesis);
    this.recovering(() => {
      this.AT_LEAST_ONE_SEP({
        SEP: tokens.Comma,
        DEF: () => {
          const value = this.SUBRULE(this.typeArgument);
          this.ACTION(() => list.push(value));
        },
      });
    }, undefined);
    this.closeParenthesis("`,` or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return list;
  });

  private readonly typeArgument: Rule<TypeArgument> = this.RULE("typeArgument", () =>
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.signedNumber) },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.StringText);
            return this.ACTION((): TypeArgument => ({
              kind: "string",
              value: decodeString(token.image),
              span: this.spanOf(token),
            }));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.Name);
            return this.ACTION((): TypeArgument => ({ kind: "name", ...this.identifier(token) }));
          },
        },
      ],
      ERR_MSG: "a number",
    }),
  );

  /** A number with its sign. */
  protected readonly signedNumber: Rule<Extract<TypeArgument, { kind: "number" }>> = this.RULE("signedNumber", () => {
    const first = this.LA(1);
    const sign = this.OPTION(() => this.CONSUME(tokens.Minus)) === undefined ? "" : "-";
    const token = this.CONSUME(tokens.NumberText);
    return this.ACTION((): Extract<TypeArgument, { kind: "number" }> => ({
      kind: "number",
      digits: sign + token.image,
      span: this.spanFrom(first),
    }));
  });

  /** Reports SQL's longer spelling and gives the language's one word for it. */
  private shortened(first: IToken, written: NamePath, suffix: string): NamePath {
    const spelling = `${written.name.text} ${suffix}`;
    if (spelling === "time with time zone") {
      this.notSupported(first, `\`${spelling}\``, "use `timestamptz` for an instant, or `time` for a time of day");
      return written;
    }
    const right = longSpellings.get(spelling) ?? written.name.text;
    this.report(diagnostic("S1020", this.spanFrom(first), spelling, right));
    return { name: { text: right, span: written.span }, span: written.span };
  }
}
