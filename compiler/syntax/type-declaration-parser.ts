// The grammar of declarations that give types and values their names: enums, type aliases, domains, sequences.
import type {
  DomainDeclaration,
  DomainOption,
  EnumDeclaration,
  EnumValue,
  Identifier,
  NamePath,
  SequenceDeclaration,
  StringLiteral,
  TypeDeclaration,
} from "./ast.js";
import { decodeString } from "./literals.js";
import { MemberParser } from "./member-parser.js";
import type { Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

/** Where reading goes on after a mistake in what stands before a body. */
const headEnds = [keyword("as"), tokens.LeftBrace];

export abstract class TypeDeclarationParser extends MemberParser {
  protected readonly enumDeclaration: Rule<EnumDeclaration> = this.RULE("enumDeclaration", () => {
    const first = this.CONSUME(keyword("enum"));
    const name = this.recovering(() => this.SUBRULE(this.namePath), undefined, headEnds);
    const was = this.SUBRULE(this.renameHint);
    const typeName = this.recovering(() => this.SUBRULE(this.codeName), undefined, headEnds);
    const comment = this.SUBRULE(this.headComment);
    this.ACTION(() => this.reachBody());
    const values = this.OPTION(() => this.SUBRULE(this.enumBody));
    return this.ACTION((): EnumDeclaration => ({
      kind: "enum",
      name: name ?? this.missingPath(),
      ...was,
      ...(typeName === undefined ? {} : { typeName }),
      ...comment,
      values: values ?? [],
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `as Name`, or nothing. */
  protected readonly codeName: Rule<Identifier | undefined> = this.RULE("codeName", () => {
    const token = this.OPTION(() => {
      this.CONSUME(keyword("as"));
      return this.CONSUME(tokens.Name);
    });
    return this.ACTION(() => token && this.identifier(token));
  });

  /** `was [schema.]name`, or nothing. */
  private readonly renameHint: Rule<{ was?: NamePath }> = this.RULE("renameHint", () => {
    const was = this.OPTION(() => {
      this.CONSUME(keyword("was"));
      return this.SUBRULE(this.namePath);
    });
    return this.ACTION(() => (was === undefined ? {} : { was }));
  });

  private readonly headComment: Rule<{ comment?: StringLiteral }> = this.RULE("headComment", () => {
    const comment = this.OPTION(() => this.SUBRULE(this.commentText));
    return this.ACTION(() => (comment === undefined ? {} : { comment }));
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
          ALT: () => this.SUBRULE(this.junkListEntry, { ARGS: ["a value (a word, or a string in single quotes)"] }),
        },
      ]);
    });
    this.CONSUME(tokens.RightBrace);
    return values;
  });

  private readonly enumValue: Rule<EnumValue> = this.RULE("enumValue", () => {
    const first = this.LA(1);
    const value = this.SUBRULE(this.enumLabel);
    const was = this.OPTION(() => {
      this.CONSUME(keyword("was"));
      return this.SUBRULE2(this.enumLabel);
    });
    return this.ACTION((): EnumValue => {
      const node = {
        value,
        ...(was === undefined ? {} : { was }),
        ...this.docOf(first),
        span: this.spanFrom(first),
      };
      const help = "separate values with commas; a value that is more than one word is a string: `'in review'`";
      this.endListEntry("this value", help);
      return node;
    });
  });

  private readonly enumLabel: Rule<string> = this.RULE("enumLabel", () => {
    const token = this.CONSUME(tokens.EnumValueText);
    return this.ACTION(() => (token.tokenType === tokens.StringText ? decodeString(token.image) : token.image));
  });

  /** `type name = type [as Name from './module.ts']`. */
  protected readonly typeDeclaration: Rule<TypeDeclaration> = this.RULE("typeDeclaration", () => {
    const first = this.CONSUME(keyword("type"));
    const name = this.CONSUME(tokens.Name);
    this.expectHere(tokens.Equal, "`=` and the type");
    const type = this.SUBRULE(this.typeReference);
    const converter = this.OPTION(() => {
      this.CONSUME(keyword("as"));
      return this.SUBRULE(this.moduleName);
    });
    return this.ACTION((): TypeDeclaration => ({
      kind: "typeAlias",
      name: this.identifier(name),
      type,
      ...(converter === undefined ? {} : { converter }),
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `domain [schema.]name = type[?] option…`. */
  protected readonly domainDeclaration: Rule<DomainDeclaration> = this.RULE("domainDeclaration", () => {
    const options: DomainOption[] = [];
    const first = this.CONSUME(keyword("domain"));
    const name = this.SUBRULE(this.namePath);
    this.expectHere(tokens.Equal, "`=` and the type");
    const type = this.SUBRULE(this.typeReference);
    this.MANY(() => {
      const option = this.SUBRULE(this.domainOption);
      this.ACTION(() => {
        if (option !== undefined) options.push(option);
      });
    });
    return this.ACTION((): DomainDeclaration => ({
      kind: "domain",
      name,
      type,
      options,
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  private readonly domainOption: Rule<DomainOption | undefined> = this.RULE("domainOption", () =>
    this.OR([
      {
        ALT: () => {
          const first = this.LA(1);
          const named = this.SUBRULE(this.constraintName);
          const expression = this.SUBRULE(this.checkClause);
          return this.ACTION((): DomainOption | undefined => {
            const span = this.spanFrom(first);
            return expression && { kind: "check", ...named, attributes: [], expression, span };
          });
        },
      },
      { ALT: () => this.SUBRULE(this.defaultOption) },
      { ALT: () => this.SUBRULE(this.collateOption) },
      { ALT: () => this.SUBRULE(this.commentOption) },
    ]),
  );

  /** `sequence [schema.]name [as type] option… [comment '…']`. */
  protected readonly sequenceDeclaration: Rule<SequenceDeclaration> = this.RULE("sequenceDeclaration", () => {
    const first = this.CONSUME(keyword("sequence"));
    const name = this.SUBRULE(this.namePath);
    const type = this.OPTION(() => {
      this.CONSUME(keyword("as"));
      return this.SUBRULE(this.typeReference);
    });
    const options = this.SUBRULE(this.sequenceOptions);
    const comment = this.SUBRULE(this.headComment);
    return this.ACTION((): SequenceDeclaration => ({
      kind: "sequence",
      name,
      ...(type === undefined ? {} : { type }),
      options,
      ...comment,
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** Skips to the `{` of a declaration, and says so where it does not come next. */
  protected reachBody(): void {
    const next = this.LA(1).tokenType;
    const help = next === tokens.LeftParenthesis ? "the body stands in braces: `{ … }`" : undefined;
    if (next !== tokens.LeftBrace) this.unexpected("`{`", help);
    this.skipTo((token) => token.tokenType === tokens.LeftBrace);
  }
}
