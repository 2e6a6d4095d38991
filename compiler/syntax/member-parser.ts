// The grammar of table members: constraints, dialects' options, objects, and the braces around all of them.
import type { IOrAlt } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type {
  ConstraintAttribute,
  ConstraintMember,
  DefinitionMember,
  DialectOption,
  Expression,
  Identifier,
  NamePath,
  ObjectDeclaration,
  OptionsMember,
  OptionValue,
  RawExpression,
  ReferenceClause,
  TableMember,
} from "./ast.js";
import { closingType, isClosingBracket, isName } from "./brackets.js";
import { ClassMemberParser } from "./class-member-parser.js";
import { describeToken } from "./parse-errors.js";
import type { Rule } from "./parser-base.js";
import { isMemberReservedWord } from "./words.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

export abstract class MemberParser extends ClassMemberParser {
  private readonly tableConstraint: Rule<ConstraintMember | undefined> = this.RULE("tableConstraint", () => {
    const first = this.LA(1);
    const attributes: ConstraintAttribute[] = [];
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
            const reference = this.SUBRULE(this.reference, { ARGS: [attributes] });
            return { kind: "foreignKeyConstraint", columns, reference };
          },
        },
        { ALT: () => ({ kind: "rawElement", sql: this.SUBRULE(this.rawSql) }) },
      ] satisfies IOrAlt<UnplacedConstraint | undefined>[],
      ERR_MSG: "`primary key`, `unique`, `check`, `foreign key` or raw SQL",
    });
    this.SUBRULE(this.constraintAttributes, { ARGS: [attributes] });
    this.OPTION(() => {
      const start = this.LA(1);
      const text = this.SUBRULE(this.commentText);
      this.ACTION(() => attributes.push({ kind: "comment", text, span: this.spanFrom(start) }));
    });
    return this.ACTION(
      (): ConstraintMember | undefined =>
        constraint && { ...constraint, ...named, attributes, ...this.docOf(first), span: this.spanFrom(first) },
    );
  });

  /** `options sqlite { strict; without rowid }`. */
  private readonly optionsMember: Rule<OptionsMember> = this.RULE("optionsMember", () => {
    const entries: DialectOption[] = [];
    const first = this.CONSUME(keyword("options"));
    const dialect = this.CONSUME(tokens.Name);
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      this.OR({
        // What a second word would tell apart takes long to find out, and is nothing.
        MAX_LOOKAHEAD: 1,
        DEF: [
          { ALT: () => this.CONSUME(tokens.EntryEnd) },
          { ALT: () => this.CONSUME(tokens.Comma) },
          {
            ALT: () => {
              const entry = this.recovering(() => this.SUBRULE(this.dialectOption), undefined, [tokens.Comma]);
              this.ACTION(() => {
                if (entry !== undefined) entries.push(entry);
                this.endListEntry("this option");
              });
            },
          },
          { ALT: () => this.SUBRULE(this.junkListEntry, { ARGS: ["an option"] }) },
        ],
      });
    });
    this.CONSUME(tokens.RightBrace);
    return this.ACTION((): OptionsMember => ({
      kind: "options",
      dialect: this.identifier(dialect),
      entries,
      span: this.spanFrom(first),
    }));
  });

  private readonly dialectOption: Rule<DialectOption> = this.RULE("dialectOption", () => {
    const words: Identifier[] = [];
    const first = this.LA(1);
    this.AT_LEAST_ONE(() => {
      const word = this.CONSUME(tokens.Name);
      this.ACTION(() => words.push(this.identifier(word)));
    });
    const list = this.OPTION(() => this.SUBRULE(this.argumentList));
    let value: OptionValue | undefined;
    this.OPTION2(() => {
      this.CONSUME(tokens.Equal);
      value = this.SUBRULE(this.optionValue);
    });
    return this.ACTION((): DialectOption => ({
      words,
      ...(list === undefined ? {} : { arguments: list }),
      ...(value === undefined ? {} : { value }),
      span: this.spanFrom(first),
    }));
  });

  /** What can begin no entry of a list in braces. */
  protected readonly junkListEntry: Rule<void, [string?]> = this.RULE("junkListEntry", (expected = "") => {
    this.ACTION(() => this.unexpected(expected));
    const first = this.CONSUME(tokens.NotEnumValue);
    this.ACTION(() => this.skipEntry(first, (token) => token.tokenType === tokens.Comma));
  });

  /** After an entry of a list in braces: a comma, the end of the line, or the closing brace. */
  protected endListEntry(entry: string, help?: string): void {
    const token = this.LA(1);
    if ([tokens.Comma, tokens.EntryEnd, tokens.RightBrace].includes(token.tokenType)) return;
    this.report(diagnostic("S1003", { span: this.spanOf(token), help }, entry, describeToken(token)));
    this.skipTo((next) => next.tokenType === tokens.Comma);
  }

  /** `definition sql'…'`: the query of a view. */
  private readonly definitionMember: Rule<DefinitionMember> = this.RULE("definitionMember", () => {
    const first = this.CONSUME(keyword("definition"));
    const sql = this.SUBRULE(this.rawSql);
    return this.ACTION((): DefinitionMember => ({ kind: "definition", sql, span: this.spanFrom(first) }));
  });

  /** `object type name[(signature)] [after name, …] sql'…'`. */
  protected readonly objectDeclaration: Rule<ObjectDeclaration> = this.RULE("objectDeclaration", () => {
    const after: NamePath[] = [];
    const first = this.CONSUME(keyword("object"));
    const type = this.CONSUME(tokens.Name);
    const name = this.SUBRULE(this.namePath);
    const signature = this.OPTION(() => this.SUBRULE(this.signature));
    this.OPTION2(() => {
      this.CONSUME(keyword("after"));
      this.AT_LEAST_ONE_SEP({
        SEP: tokens.Comma,
        DEF: () => {
          const other = this.SUBRULE2(this.namePath);
          this.ACTION(() => after.push(other));
        },
      });
    });
    const sql = this.SUBRULE(this.rawSql);
    return this.ACTION((): ObjectDeclaration => ({
      kind: "object",
      type: this.identifier(type),
      name,
      ...(signature === undefined ? {} : { signature }),
      after,
      sql,
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** Parentheses around anything, kept as text with its blanks in one form. */
  private readonly signature: Rule<string> = this.RULE("signature", () => {
    this.CONSUME(tokens.LeftParenthesis);
    const images = this.ACTION(() => this.takeUntilClosing());
    this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(() => spaced(images));
  });

  private takeUntilClosing(): string[] {
    const images: string[] = [];
    let depth = 0;
    for (let token = this.LA(1); token.tokenType !== tokens.EndOfFile; token = this.LA(1)) {
      if (depth === 0 && isClosingBracket(token)) break;
      if (closingType(token) !== undefined) depth++;
      else if (isClosingBracket(token)) depth--;
      images.push(token.image);
      this.SKIP_TOKEN();
    }
    return images;
  }

  private readonly member: Rule<TableMember | undefined> = this.RULE("member", () =>
    this.OR({
      // The first word tells all members apart, but for those with gates.
      MAX_LOOKAHEAD: 1,
      DEF: [
        {
          GATE: () => [this.LA(1), this.LA(2)].some(({ tokenType }) => tokenType === keyword("index")),
          ALT: () => this.SUBRULE(this.indexMember),
          IGNORE_AMBIGUITIES: true,
        },
        { ALT: () => this.SUBRULE(this.tableConstraint) },
        { ALT: () => this.SUBRULE(this.relationshipMember) },
        { ALT: () => this.SUBRULE(this.propertyMember) },
        { ALT: () => this.SUBRULE(this.proxyMember) },
        { ALT: () => this.SUBRULE(this.polymorphicMember) },
        { ALT: () => this.SUBRULE(this.optionsMember) },
        { ALT: () => this.SUBRULE(this.definitionMember) },
        { ALT: () => this.SUBRULE(this.objectDeclaration) },
        {
          GATE: () => this.LA(3).tokenType === tokens.Colon,
          ALT: () => this.SUBRULE(this.compositeMember),
          IGNORE_AMBIGUITIES: true,
        },
        { ALT: () => this.SUBRULE(this.column) },
      ],
    }),
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
    if (
      !isMemberReservedWord(word.image) ||
      namingWords.has(word.image) ||
      word.tokenType === tokens.QuotedName ||
      !isName(type)
    )
      return;
    if (secondWords.has(type.image)) return;
    if (after !== tokens.EntryEnd && after !== tokens.QuestionMark) return;
    this.report(diagnostic("S1024", this.spanOf(word), word.image));
    word.tokenType = tokens.Word;
    word.tokenTypeIdx = tokens.Word.tokenTypeIdx ?? word.tokenTypeIdx;
  }
}

/** Reserved first words that a name follows. */
const namingWords: ReadonlySet<string> = new Set(["constraint", "relationship"]);

/** Words that follow the reserved first word of a member; no other follows one alone on its line. */
const secondWords: ReadonlySet<string> = new Set(["key", "index", "on", "identity"]);

type UnplacedConstraint =
  | { readonly kind: "primaryKeyConstraint" | "uniqueConstraint"; readonly columns: readonly Identifier[] }
  | { readonly kind: "checkConstraint"; readonly expression: Expression }
  | {
      readonly kind: "foreignKeyConstraint";
      readonly columns: readonly Identifier[];
      readonly reference: ReferenceClause;
    }
  | { readonly kind: "rawElement"; readonly sql: RawExpression };

/** Words with one blank between them, none inside brackets or around dots. */
function spaced(images: readonly string[]): string {
  return images.reduce((text, image) => {
    const isTight = text === "" || /[([.]$/.test(text) || /^[)\],.([]/.test(image);
    return isTight ? text + image : `${text} ${image}`;
  }, "");
}

function memberLabel(member: TableMember | undefined): string {
  switch (member?.kind) {
    case "column":
      return `column \`${member.name.text}\``;
    case "relationship":
      return `relationship \`${member.name.text}\``;
    case "property":
    case "proxy":
    case "composite":
      return `${member.kind} \`${member.name.text}\``;
    case "indexMember":
      return "this index";
    default:
      return "this entry";
  }
}
