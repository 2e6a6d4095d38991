// The grammar of columns: `name type option… [{ options }]`.
import type { IOrAlt, IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { nearestName } from "../diagnostics/suggest.js";
import type { ColumnMember, ColumnOption, Expression, Identifier, ReferenceClause, TypeReference } from "./ast.js";
import { writeName } from "./words.js";
import type { Rule } from "./parser-base.js";
import { ReferenceParser } from "./reference-parser.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

const optionStarts = [...tokens.columnOptionTokens, tokens.LeftBrace];

export abstract class ColumnParser extends ReferenceParser {
  protected readonly column: Rule<ColumnMember> = this.RULE("column", () => {
    const first = this.CONSUME(tokens.MemberName);
    const type = this.recovering(() => this.SUBRULE(this.typeReference), undefined, optionStarts);
    const options: ColumnOption[] = [];
    this.MANY(() => this.SUBRULE(this.columnOption, { ARGS: [options] }));
    this.OPTION(() => this.SUBRULE(this.columnBlock, { ARGS: [options] }));
    return this.ACTION((): ColumnMember => ({
      kind: "column",
      name: this.identifier(first),
      type: type ?? this.missingType(),
      options,
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  private readonly columnBlock: Rule<void, [ColumnOption[]?]> = this.RULE(
    "columnBlock",
    (options: ColumnOption[] = []) => {
      this.CONSUME(tokens.LeftBrace);
      this.MANY(() => {
        this.OR([
          { ALT: () => this.CONSUME(tokens.EntryEnd) },
          {
            ALT: () => {
              this.AT_LEAST_ONE(() => this.SUBRULE(this.columnOption, { ARGS: [options] }));
              this.SUBRULE(this.entryEnd, { ARGS: ["this option"] });
            },
          },
          { ALT: () => this.SUBRULE(this.junkOption) },
        ]);
      });
      this.CONSUME(tokens.RightBrace);
    },
  );

  private readonly columnOption: Rule<void, [ColumnOption[]?]> = this.RULE(
    "columnOption",
    (options: ColumnOption[] = []) => {
      this.recovering(
        () => {
          const option = this.OR([
            { ALT: () => this.SUBRULE(this.indexOption) },
            { ALT: () => this.SUBRULE(this.constraintOption) },
            { ALT: () => this.SUBRULE(this.identityOption) },
            { ALT: () => this.SUBRULE(this.defaultOption) },
            { ALT: () => this.SUBRULE(this.namedColumnOption) },
            { ALT: () => this.SUBRULE(this.nullOption) },
            { ALT: () => this.SUBRULE(this.unsupportedColumnOption) },
            { ALT: () => this.SUBRULE(this.unknownColumnOption) },
          ]);
          this.ACTION(() => {
            if (option !== undefined) options.push(option);
          });
        },
        undefined,
        optionStarts,
      );
    },
  );

  private readonly indexOption: Rule<ColumnOption> = this.RULE("indexOption", () => {
    const first = this.LA(1);
    const unique = this.OPTION(() => this.CONSUME(keyword("unique"))) !== undefined;
    this.CONSUME(keyword("index"));
    const span = this.ACTION(() => this.spanFrom(first));
    this.OPTION2(() => {
      const start = this.CONSUME(keyword("using"));
      this.CONSUME(tokens.Name);
      this.ACTION(() => this.notSupported(start, "an index method (`using`)"));
    });
    return this.ACTION((): ColumnOption => ({ kind: "index", unique, span }));
  });

  /** `[constraint name]` and then `primary key`, `unique`, `check (…)` or `references …`. */
  private readonly constraintOption: Rule<ColumnOption | undefined> = this.RULE("constraintOption", () => {
    const first = this.LA(1);
    const named = this.SUBRULE(this.constraintName);
    const option = this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(keyword("primary"));
            this.CONSUME(keyword("key"));
            return { kind: "primaryKey" };
          },
        },
        { ALT: () => (this.CONSUME(keyword("unique")), { kind: "unique" }) },
        {
          ALT: () => {
            const expression = this.SUBRULE(this.checkClause);
            return expression && { kind: "check", expression };
          },
        },
        { ALT: () => ({ kind: "references", reference: this.SUBRULE(this.reference) }) },
      ] satisfies IOrAlt<UnplacedConstraint | undefined>[],
      ERR_MSG: "`primary key`, `unique`, `check` or `references`",
    });
    const span = this.ACTION(() => this.spanFrom(first));
    this.SUBRULE(this.constraintAttributes);
    return this.ACTION((): ColumnOption | undefined => option && { ...option, ...named, span });
  });

  /** `constraint name`, or nothing. */
  protected readonly constraintName: Rule<{ constraintName?: Identifier }> = this.RULE("constraintName", () => {
    const token = this.OPTION(() => {
      this.CONSUME(keyword("constraint"));
      return this.CONSUME(tokens.Name);
    });
    return this.ACTION(() => (token === undefined ? {} : { constraintName: this.identifier(token) }));
  });

  /** `check (expression)`. */
  protected readonly checkClause: Rule<Expression | undefined> = this.RULE("checkClause", () => {
    this.CONSUME(keyword("check"));
    this.CONSUME(tokens.LeftParenthesis);
    const expression = this.recovering(() => this.SUBRULE(this.expression), undefined);
    this.closeParenthesis("an operator or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return expression;
  });

  /** What may follow any constraint; none of it is supported, but for what a foreign key reads itself. */
  protected readonly constraintAttributes: Rule<void> = this.RULE("constraintAttributes", () => {
    const DEF = () => {
      const first = this.LA(1);
      this.OR([
        { ALT: () => void this.SUBRULE(this.deferrable) },
        {
          ALT: () => {
            this.CONSUME(keyword("not"));
            this.OR2([{ ALT: () => this.CONSUME(keyword("valid")) }, { ALT: () => this.CONSUME(keyword("enforced")) }]);
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("nulls"));
            this.CONSUME2(keyword("not"));
            this.CONSUME(keyword("distinct"));
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("on"));
            this.CONSUME(keyword("conflict"));
            this.CONSUME(tokens.Name);
          },
        },
      ]);
      this.ACTION(() => this.notSupported(first, `\`${this.wordsFrom(first)}\` on this constraint`));
    };
    // `not null` is another mistake, which the column reports.
    this.MANY({ GATE: () => this.LA(2).tokenType !== keyword("null"), DEF });
  });

  private readonly identityOption: Rule<ColumnOption> = this.RULE("identityOption", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("identity"));
          const always = this.OPTION(() => this.CONSUME(keyword("always"))) !== undefined;
          const span = this.ACTION(() => this.spanFrom(first));
          this.OPTION2(() => {
            const group = this.LA(1);
            this.SUBRULE(this.skippedGroup);
            this.ACTION(() => this.notSupported(group, "a list of sequence options after `identity`"));
          });
          return this.ACTION((): ColumnOption => ({ kind: "identity", always, span }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("autoincrement"));
          return this.ACTION((): ColumnOption => ({ kind: "autoincrement", span: this.spanFrom(first) }));
        },
      },
    ]);
  });

  private readonly defaultOption: Rule<ColumnOption | undefined> = this.RULE("defaultOption", () => {
    const first = this.CONSUME(keyword("default"));
    const value = this.SUBRULE(this.value);
    return this.ACTION((): ColumnOption | undefined => value && { kind: "default", value, span: this.spanFrom(first) });
  });

  /** The closed form of a default: a literal, signed number, name, call, raw SQL, or `( expression )`. */
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
        { ALT: () => this.SUBRULE(this.arrayValue) },
      ],
      ERR_MSG: "a value",
    }),
  );

  private readonly negativeNumber: Rule<Expression> = this.RULE("negativeNumber", () => {
    const first = this.CONSUME(tokens.Minus);
    const token = this.CONSUME(tokens.NumberText);
    return this.ACTION((): Expression => ({ kind: "number", digits: `-${token.image}`, span: this.spanFrom(first) }));
  });

  private readonly arrayValue: Rule<undefined> = this.RULE("arrayValue", () => {
    const first = this.CONSUME(tokens.LeftBracket);
    this.ACTION(() => this.skipTo(() => false));
    this.CONSUME(tokens.RightBracket);
    return this.ACTION(() => void this.notSupported(first, "an array value", "keep it as raw SQL: `sql'…'`"));
  });

  private readonly namedColumnOption: Rule<ColumnOption> = this.RULE("namedColumnOption", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("collate"));
          const name = this.SUBRULE(this.namePath);
          return this.ACTION((): ColumnOption => ({ kind: "collate", name, span: this.spanFrom(first) }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("comment"));
          const text = this.SUBRULE(this.stringLiteral);
          return this.ACTION((): ColumnOption => ({ kind: "comment", text, span: this.spanFrom(first) }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("map"));
          const name = this.CONSUME(tokens.Name);
          return this.ACTION((): ColumnOption => ({
            kind: "map",
            name: this.identifier(name),
            span: this.spanFrom(first),
          }));
        },
      },
    ]);
  });

  /** SQL's `null` and `not null`, which are mistakes: the type says it. */
  private readonly nullOption: Rule<undefined> = this.RULE("nullOption", () => {
    const first = this.LA(1);
    const negated = this.OPTION(() => this.CONSUME(keyword("not"))) !== undefined;
    this.CONSUME(keyword("null"));
    return this.ACTION(() => {
      this.report(diagnostic("S1021", this.spanFrom(first), negated ? "not null" : "null"));
      return undefined;
    });
  });

  private readonly unsupportedColumnOption: Rule<undefined> = this.RULE("unsupportedColumnOption", () => {
    const first = this.LA(1);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("serial"));
          this.OPTION(() => this.SUBRULE(this.skippedGroup));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("generate"));
          this.SUBRULE(this.value);
          this.OPTION2(() => {
            this.CONSUME(keyword("from"));
            this.CONSUME(tokens.StringText);
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("onupdate"));
          this.SUBRULE2(this.value);
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("as"));
          this.SUBRULE2(this.skippedGroup);
          this.OPTION3(() =>
            this.OR2([{ ALT: () => this.CONSUME(keyword("stored")) }, { ALT: () => this.CONSUME(keyword("virtual")) }]),
          );
        },
      },
      { ALT: () => this.CONSUME(keyword("deferred")) },
      { ALT: () => this.CONSUME(keyword("version")) },
      {
        ALT: () => {
          this.CONSUME(keyword("was"));
          this.CONSUME(tokens.Name);
        },
      },
    ]);
    return this.ACTION(() => {
      const generated = first.tokenType === keyword("as");
      return void this.notSupported(first, generated ? "a generated column" : `\`${first.image}\``);
    });
  });

  private readonly unknownColumnOption: Rule<undefined> = this.RULE("unknownColumnOption", () => {
    const word = this.CONSUME(tokens.UnknownColumnOption);
    return this.ACTION(() => {
      this.report(diagnostic("S1017", { span: this.spanOf(word), help: unknownOptionHelp(word) }, word.image));
      this.skipTo((token) => optionStarts.includes(token.tokenType));
      return undefined;
    });
  });

  /** The words of what was read last, as messages quote them. */
  private wordsFrom(first: IToken): string {
    const words: string[] = [];
    for (let index = 0; index > -4; index--) {
      const token = this.LA(index);
      words.unshift(token.image);
      if (token === first) break;
    }
    return words.join(" ");
  }

  private missingType(): TypeReference {
    const name = this.missingPath();
    return { kind: "type", name, arguments: [], unsigned: false, dimensions: 0, nullable: false, span: name.span };
  }
}

type UnplacedConstraint =
  | { readonly kind: "primaryKey" }
  | { readonly kind: "unique" }
  | { readonly kind: "check"; readonly expression: Expression }
  | { readonly kind: "references"; readonly reference: ReferenceClause };

function unknownOptionHelp(word: IToken): string | undefined {
  if (/^auto_increment$/i.test(word.image)) return "write `identity`, or `autoincrement` for SQLite's keyword";
  if (word.image === "unsigned") return "`unsigned` belongs to the type: write it before `?`";
  const nearest = nearestName(word.image, tokens.knownColumnOptions);
  return nearest === undefined ? undefined : `did you mean \`${writeName(nearest)}\`?`;
}
