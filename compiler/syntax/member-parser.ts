// The grammar of table members: constraints, indexes, relationships, columns, and the braces around them.
import type { IOrAlt, IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type {
  ConstraintMember,
  Expression,
  Identifier,
  IndexKey,
  IndexMember,
  ReferenceClause,
  TableMember,
} from "./ast.js";
import { isName } from "./brackets.js";
import { ColumnParser } from "./column-parser.js";
import type { Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

export abstract class MemberParser extends ColumnParser {
  private readonly tableConstraint: Rule<ConstraintMember | undefined> = this.RULE("tableConstraint", () => {
    const first = this.LA(1);
    const named = this.SUBRULE(this.constraintName);
    const constraint = this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(keyword("primary"));
            this.CONSUME(keyword("key"));
            return { kind: "primaryKeyConstraint", columns: this.SUBRULE(this.nameList) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("unique"));
            return { kind: "uniqueConstraint", columns: this.SUBRULE2(this.nameList) };
          },
        },
        {
          ALT: () => {
            const expression = this.SUBRULE(this.checkClause);
            return expression && { kind: "checkConstraint", expression };
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("foreign"));
            this.CONSUME2(keyword("key"));
            const columns = this.SUBRULE3(this.nameList);
            return { kind: "foreignKeyConstraint", columns, reference: this.SUBRULE(this.reference) };
          },
        },
        {
          ALT: () => {
            const start = this.LA(1);
            this.SUBRULE(this.rawSql);
            this.ACTION(() => this.notSupported(start, "a table element in raw SQL"));
            return undefined;
          },
        },
      ] satisfies IOrAlt<UnplacedConstraint | undefined>[],
      ERR_MSG: "`primary key`, `unique`, `check` or `foreign key`",
    });
    const span = this.ACTION(() => this.spanFrom(first));
    this.SUBRULE(this.constraintAttributes);
    return this.ACTION((): ConstraintMember | undefined => constraint && { ...constraint, ...named, span });
  });

  private readonly indexMember: Rule<IndexMember> = this.RULE("indexMember", () => {
    const first = this.LA(1);
    const keys: IndexKey[] = [];
    let name: IToken | undefined;
    let where: Expression | undefined;
    const unique = this.OPTION(() => this.CONSUME(keyword("unique"))) !== undefined;
    this.CONSUME(keyword("index"));
    this.OPTION2(() => (name = this.CONSUME(tokens.Name)));
    this.CONSUME(tokens.LeftParenthesis);
    this.recovering(() => {
      this.AT_LEAST_ONE_SEP({
        SEP: tokens.Comma,
        DEF: () => {
          const key = this.SUBRULE(this.indexKey);
          this.ACTION(() => {
            if (key !== undefined) keys.push(key);
          });
        },
      });
    }, undefined);
    this.closeParenthesis("`,` or `)`");
    this.CONSUME(tokens.RightParenthesis);
    this.MANY(() => {
      this.OR([
        { ALT: () => (where = this.SUBRULE(this.whereClause)) },
        { ALT: () => this.SUBRULE(this.unsupportedIndexOption) },
      ]);
    });
    return this.ACTION((): IndexMember => ({
      kind: "indexMember",
      unique,
      ...(name === undefined ? {} : { name: this.identifier(name) }),
      keys,
      ...(where === undefined ? {} : { where }),
      span: this.spanFrom(first),
    }));
  });

  private readonly whereClause: Rule<Expression | undefined> = this.RULE("whereClause", () => {
    this.CONSUME(keyword("where"));
    this.CONSUME(tokens.LeftParenthesis);
    const expression = this.recovering(() => this.SUBRULE(this.expression), undefined);
    this.closeParenthesis("an operator or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return expression;
  });

  private readonly unsupportedIndexOption: Rule<void> = this.RULE("unsupportedIndexOption", () => {
    const first = this.LA(1);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("using"));
          this.CONSUME(tokens.Name);
        },
      },
      {
        ALT: () => {
          this.OR2([{ ALT: () => this.CONSUME(keyword("include")) }, { ALT: () => this.CONSUME(keyword("with")) }]);
          this.SUBRULE(this.skippedGroup);
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("nulls"));
          this.CONSUME(keyword("not"));
          this.CONSUME(keyword("distinct"));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("only"));
          this.AT_LEAST_ONE_SEP({ SEP: tokens.Comma, DEF: () => this.CONSUME2(tokens.Name) });
        },
      },
    ]);
    this.ACTION(() => this.notSupported(first, `\`${first.image}\` on an index`));
  });

  /** `property`, `proxy`, `polymorphic`, `options`, `object`, `definition`: planned, not read yet. */
  private readonly unsupportedMember: Rule<undefined> = this.RULE("unsupportedMember", () => {
    const first = this.OR([
      { ALT: () => this.CONSUME(keyword("property")) },
      { ALT: () => this.CONSUME(keyword("proxy")) },
      { ALT: () => this.CONSUME(keyword("polymorphic")) },
      { ALT: () => this.CONSUME(keyword("options")) },
      { ALT: () => this.CONSUME(keyword("object")) },
      { ALT: () => this.CONSUME(keyword("definition")) },
    ]);
    return this.ACTION(() => {
      const help = `a column of that name is written \`"${first.image}"\``;
      this.notSupported(first, `\`${first.image}\``, help);
      this.skipTo(() => false);
      return undefined;
    });
  });

  private readonly member: Rule<TableMember | undefined> = this.RULE("member", () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.indexMember) },
      { ALT: () => this.SUBRULE(this.tableConstraint) },
      { ALT: () => this.SUBRULE(this.relationshipMember) },
      { ALT: () => this.SUBRULE(this.unsupportedMember) },
      { ALT: () => this.SUBRULE(this.column) },
    ]),
  );

  protected readonly tableBody: Rule<TableMember[]> = this.RULE("tableBody", () => {
    const members: TableMember[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.EntryEnd) },
        {
          ALT: () => {
            this.ACTION(() => this.mendReservedName());
            const member = this.recovering(() => this.SUBRULE(this.member), undefined);
            this.ACTION(() => {
              if (member !== undefined) members.push(member);
            });
            this.SUBRULE(this.entryEnd, { ARGS: [memberLabel(member)] });
          },
        },
        {
          ALT: () => {
            this.ACTION(() => this.unexpected("a column or another table member"));
            const token = this.CONSUME(tokens.NotMember);
            this.ACTION(() => this.skipEntry(token));
          },
        },
      ]);
    });
    this.CONSUME(tokens.RightBrace);
    return members;
  });

  /** `index double`: reported, and read as the column that was meant. */
  private mendReservedName(): void {
    const word = this.LA(1);
    const type = this.LA(2);
    const after = this.LA(3).tokenType;
    if (!oftenMeantAsColumns.has(word.image) || !isName(type) || type.image === "key" || type.image === "index") return;
    if (after !== tokens.EntryEnd && after !== tokens.QuestionMark) return;
    this.report(diagnostic("S1024", this.spanOf(word), word.image));
    word.tokenType = tokens.Word;
    word.tokenTypeIdx = tokens.Word.tokenTypeIdx ?? word.tokenTypeIdx;
  }
}

/** Reserved first words of members that are never followed by one more word alone. */
const oftenMeantAsColumns: ReadonlySet<string> = new Set(["index", "check", "unique", "primary", "foreign"]);

type UnplacedConstraint =
  | { readonly kind: "primaryKeyConstraint" | "uniqueConstraint"; readonly columns: readonly Identifier[] }
  | { readonly kind: "checkConstraint"; readonly expression: Expression }
  | {
      readonly kind: "foreignKeyConstraint";
      readonly columns: readonly Identifier[];
      readonly reference: ReferenceClause;
    };

function memberLabel(member: TableMember | undefined): string {
  switch (member?.kind) {
    case "column":
      return `column \`${member.name.text}\``;
    case "relationship":
      return `relationship \`${member.name.text}\``;
    case "indexMember":
      return "this index";
    default:
      return "this entry";
  }
}
