// The top of the grammar: declarations. What the language plans and this version cannot read is
// recognised, reported once, and skipped.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { decodeString } from "./literals.js";
import type {
  Declaration,
  DialectDeclaration,
  EnumDeclaration,
  EnumValue,
  Identifier,
  ImportDeclaration,
  TableDeclaration,
} from "./ast.js";
import { MemberParser } from "./member-parser.js";
import { adviceForToken, describeToken } from "./parse-errors.js";
import type { Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

/** Where reading goes on after a mistake in what stands before a body. */
const headEnds = [keyword("as"), tokens.LeftBrace];

export class SchemaParser extends MemberParser {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  private readonly dialectDeclaration: Rule<DialectDeclaration> = this.RULE("dialectDeclaration", () => {
    const names: Identifier[] = [];
    const first = this.CONSUME(keyword("dialect"));
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const token = this.CONSUME(tokens.Name);
        this.ACTION(() => names.push(this.identifier(token)));
      },
    });
    return this.ACTION((): DialectDeclaration => ({ kind: "dialect", names, span: this.spanFrom(first) }));
  });

  private readonly importDeclaration: Rule<ImportDeclaration> = this.RULE("importDeclaration", () => {
    const first = this.CONSUME(keyword("import"));
    const path = this.SUBRULE(this.stringLiteral);
    return this.ACTION((): ImportDeclaration => ({ kind: "import", path, span: this.spanFrom(first) }));
  });

  private readonly enumDeclaration: Rule<EnumDeclaration> = this.RULE("enumDeclaration", () => {
    const first = this.CONSUME(keyword("enum"));
    const name = this.recovering(() => this.SUBRULE(this.namePath), undefined, headEnds);
    const typeName = this.recovering(() => this.SUBRULE(this.codeName), undefined, headEnds);
    this.ACTION(() => this.reachBody());
    const values = this.OPTION(() => this.SUBRULE(this.enumBody));
    return this.ACTION((): EnumDeclaration => ({
      kind: "enum",
      name: name ?? this.missingPath(),
      ...(typeName === undefined ? {} : { typeName }),
      values: values ?? [],
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `as Name`, or nothing. */
  private readonly codeName: Rule<Identifier | undefined> = this.RULE("codeName", () => {
    const token = this.OPTION(() => {
      this.CONSUME(keyword("as"));
      return this.CONSUME(tokens.Name);
    });
    return this.ACTION(() => token && this.identifier(token));
  });

  private readonly enumBody: Rule<EnumValue[]> = this.RULE("enumBody", () => {
    const values: EnumValue[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.EntryEnd) },
        { ALT: () => this.CONSUME(tokens.Comma) },
        {
          ALT: () => {
            const value = this.SUBRULE(this.enumValue);
            this.ACTION(() => values.push(value));
          },
        },
        {
          ALT: () => {
            this.ACTION(() => this.unexpected("a value (a word, or a string in single quotes)"));
            const first = this.CONSUME(tokens.NotEnumValue);
            this.ACTION(() => this.skipEntry(first, (token) => token.tokenType === tokens.Comma));
          },
        },
      ]);
    });
    this.CONSUME(tokens.RightBrace);
    return values;
  });

  private readonly enumValue: Rule<EnumValue> = this.RULE("enumValue", () => {
    const token = this.CONSUME(tokens.EnumValueText);
    const value = this.ACTION((): EnumValue => ({
      value: token.tokenType === tokens.StringText ? decodeString(token.image) : token.image,
      ...this.docOf(token),
      span: this.spanOf(token),
    }));
    this.ACTION(() => this.endEnumValue());
    return value;
  });

  private readonly tableDeclaration: Rule<TableDeclaration> = this.RULE("tableDeclaration", () => {
    const first = this.CONSUME(keyword("table"));
    const name = this.recovering(() => this.SUBRULE(this.namePath), undefined, headEnds);
    // A rename hint may stand on either side of the class's name.
    this.OPTION(() => this.SUBRULE(this.unsupportedRename));
    const className = this.recovering(() => this.SUBRULE(this.codeName), undefined, headEnds);
    this.recovering(
      () => {
        this.MANY(() =>
          this.OR([
            { ALT: () => this.SUBRULE(this.unsupportedHeader) },
            { ALT: () => this.SUBRULE2(this.unsupportedRename) },
          ]),
        );
      },
      undefined,
      headEnds,
    );
    this.ACTION(() => this.reachBody());
    const members = this.OPTION2(() => this.SUBRULE(this.tableBody));
    return this.ACTION((): TableDeclaration => ({
      kind: "table",
      name: name ?? this.missingPath(),
      ...(className === undefined ? {} : { className }),
      members: members ?? [],
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `was name`. */
  private readonly unsupportedRename: Rule<void> = this.RULE("unsupportedRename", () => {
    const first = this.CONSUME(keyword("was"));
    this.CONSUME(tokens.Name);
    this.ACTION(() => this.notSupported(first, "`was` on a table"));
  });

  /** `from '…'`, `with mixin, …`, `extends Base`, `partition of parent sql'…'`. */
  private readonly unsupportedHeader: Rule<void> = this.RULE("unsupportedHeader", () => {
    const first = this.LA(1);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("from"));
          this.CONSUME(tokens.StringText);
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("with"));
          this.AT_LEAST_ONE_SEP({ SEP: tokens.Comma, DEF: () => this.CONSUME(tokens.Name) });
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("extends"));
          this.CONSUME2(tokens.Name);
          this.OPTION(() => {
            this.CONSUME(keyword("polymorphic"));
            this.CONSUME(keyword("identity"));
            this.CONSUME2(tokens.StringText);
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("partition"));
          this.CONSUME(keyword("of"));
          this.SUBRULE(this.namePath);
          this.OPTION2(() => this.SUBRULE(this.rawSql));
        },
      },
    ]);
    this.ACTION(() => this.notSupported(first, `\`${first.image}\` on a table`));
  });

  private readonly unsupportedDeclaration: Rule<undefined> = this.RULE("unsupportedDeclaration", () => {
    const first = this.OR([
      { ALT: () => this.CONSUME(keyword("type")) },
      { ALT: () => this.CONSUME(keyword("domain")) },
      { ALT: () => this.CONSUME(keyword("sequence")) },
      { ALT: () => this.CONSUME(keyword("mixin")) },
      { ALT: () => this.CONSUME(keyword("class")) },
      { ALT: () => this.CONSUME(keyword("view")) },
      { ALT: () => this.CONSUME(keyword("materialized")) },
      { ALT: () => this.CONSUME(keyword("object")) },
    ]);
    return this.ACTION(() => {
      this.notSupported(first, `\`${first.image === "materialized" ? "materialized view" : first.image}\``);
      this.skipTo(() => false);
      return undefined;
    });
  });

  /** The whole file; what was read before a mistake is in the list. */
  readonly file: Rule<Declaration[]> = this.RULE("file", () => {
    const declarations: Declaration[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.EntryEnd) },
        {
          ALT: () => {
            const declaration = this.recovering(() => this.SUBRULE(this.declaration), undefined);
            this.ACTION(() => {
              if (declaration !== undefined) declarations.push(declaration);
            });
            this.SUBRULE(this.entryEnd, { ARGS: ["this declaration"] });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.NotDeclaration);
            this.ACTION(() => {
              const place = { span: this.spanOf(token), help: adviceForToken(token, this.LA(1)) };
              this.report(diagnostic("S1002", place, describeToken(token)));
              this.skipEntry(token);
            });
          },
        },
      ]);
    });
    return declarations;
  });

  private readonly declaration: Rule<Declaration | undefined> = this.RULE("declaration", () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.dialectDeclaration) },
      { ALT: () => this.SUBRULE(this.importDeclaration) },
      { ALT: () => this.SUBRULE(this.enumDeclaration) },
      { ALT: () => this.SUBRULE(this.tableDeclaration) },
      { ALT: () => this.SUBRULE(this.unsupportedDeclaration) },
    ]),
  );

  /** Skips to the `{` of a declaration, and says so where it does not come next. */
  private reachBody(): void {
    const next = this.LA(1).tokenType;
    const help = next === tokens.LeftParenthesis ? "the body stands in braces: `{ … }`" : undefined;
    if (next !== tokens.LeftBrace) this.unexpected("`{`", help);
    this.skipTo((token) => token.tokenType === tokens.LeftBrace);
  }

  /** After an enum value: a comma, the end of the line, or the end of the enum. */
  private endEnumValue(): void {
    const token = this.LA(1);
    if ([tokens.Comma, tokens.EntryEnd, tokens.RightBrace].includes(token.tokenType)) return;
    if (token.tokenType === keyword("was")) {
      this.SKIP_TOKEN();
      this.SKIP_TOKEN();
      this.notSupported(token, "`was`");
    } else {
      const help = "separate values with commas; a value that is more than one word is a string: `'in review'`";
      this.report(diagnostic("S1003", { span: this.spanOf(token), help }, "this value", describeToken(token)));
    }
    this.skipTo((next) => next.tokenType === tokens.Comma);
  }
}
