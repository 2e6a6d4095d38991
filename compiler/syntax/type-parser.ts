// The grammar of type references, `name[(arguments)] [unsigned] []* [?]`, and of SQL's longer spellings, which are
// mistakes.
import type { IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Identifier, NamedTypeReference, NamePath, RawTypeReference, TypeArgument, TypeReference } from "./ast.js";
import { LiteralParser } from "./literal-parser.js";
import { decodeString } from "./literals.js";
import type { Rule } from "./parser-base.js";
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
  ["time with time zone", "postgresql.timetz"],
]);

export abstract class TypeParser extends LiteralParser {
  protected readonly typeReference: Rule<TypeReference> = this.RULE("typeReference", () =>
    this.OR({
      DEF: [{ ALT: () => this.SUBRULE(this.rawType) }, { ALT: () => this.SUBRULE(this.namedType) }],
      ERR_MSG: "a type",
    }),
  );

  private readonly rawType: Rule<RawTypeReference> = this.RULE("rawType", () => {
    const first = this.LA(1);
    const sql = this.SUBRULE(this.rawSql);
    const suffix = this.SUBRULE(this.typeSuffix);
    return this.ACTION((): RawTypeReference => ({ kind: "rawType", sql, ...suffix, span: this.spanFrom(first) }));
  });

  private readonly namedType: Rule<NamedTypeReference> = this.RULE("namedType", () => {
    const first = this.LA(1);
    let list: TypeArgument[] = [];
    const parts = this.SUBRULE(this.typeName);
    let spelling = "";
    this.OPTION(() => {
      spelling = this.SUBRULE(this.longSpelling);
    });
    this.OPTION2(() => {
      list = this.SUBRULE(this.typeArguments);
    });
    this.OPTION3(() => {
      spelling = this.SUBRULE2(this.longSpelling);
    });
    const name = this.ACTION(() => (spelling === "" ? parts.name : this.shortened(first, parts.name, spelling)));
    const unsigned = this.OPTION4(() => this.CONSUME(keyword("unsigned"))) !== undefined;
    const suffix = this.SUBRULE(this.typeSuffix);
    return this.ACTION((): NamedTypeReference => ({
      kind: "type",
      ...parts,
      name,
      arguments: list,
      unsigned,
      ...suffix,
      span: this.spanFrom(first),
    }));
  });

  /** `name`, `schema.name` or `dialect.name`, `dialect.schema.name`. */
  private readonly typeName: Rule<{ dialect?: Identifier; name: NamePath }> = this.RULE("typeName", () => {
    const path: IToken[] = [];
    const first = this.CONSUME(tokens.Name);
    this.OPTION(() => {
      this.CONSUME(tokens.Dot);
      path.push(this.CONSUME2(tokens.Name));
      this.OPTION2(() => {
        this.CONSUME2(tokens.Dot);
        path.push(this.CONSUME3(tokens.Name));
      });
    });
    return this.ACTION(() => {
      const span = this.spanFrom(first);
      const [one = this.missingIdentifier(), two, three] = [first, ...path].map((token) => this.identifier(token));
      if (two === undefined) return { name: { name: one, span } };
      if (three === undefined) return { name: { schema: one, name: two, span } };
      return { dialect: one, name: { schema: two, name: three, span } };
    });
  });

  /** `[]` any number of times, then `?`. */
  private readonly typeSuffix: Rule<Pick<TypeReference, "dimensions" | "nullable">> = this.RULE("typeSuffix", () => {
    let dimensions = 0;
    this.MANY(() => {
      this.CONSUME(tokens.LeftBracket);
      this.CONSUME(tokens.RightBracket);
      dimensions++;
    });
    const nullable = this.OPTION(() => this.CONSUME(tokens.QuestionMark)) !== undefined;
    return { dimensions, nullable };
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

  /** Reports SQL's longer spelling and gives the language's one word for it. */
  private shortened(first: IToken, written: NamePath, suffix: string): NamePath {
    const spelling = `${written.name.text} ${suffix}`;
    const right = longSpellings.get(spelling) ?? written.name.text;
    this.report(diagnostic("S1020", this.spanFrom(first), spelling, right));
    const [last = right, schema] = right.split(".").toReversed();
    const { span } = written;
    return { ...(schema === undefined ? {} : { schema: { text: schema, span } }), name: { text: last, span }, span };
  }
}
