// The grammar of `relationship …` with its options, and of the keys that orderings and indexes are made of.
import type { IOrAlt, IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { relationshipOptionAdvice } from "../diagnostics/foreign-words.js";
import { nearestName } from "../diagnostics/suggest.js";
import { coverSpans } from "../text/span.js";
import type { Identifier, IndexKey, RelationshipMember, RelationshipOption } from "./ast.js";
import { ExpressionParser } from "./expression-parser.js";
import type { Rule, Written } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

export abstract class RelationshipParser extends ExpressionParser {
  // ---- index keys and ordering

  /** A column, call, raw SQL or parenthesised expression, then how it is ordered. */
  protected readonly indexKey: Rule<IndexKey | undefined> = this.RULE("indexKey", () => {
    const first = this.LA(1);
    const written: Partial<Written<IndexKey>> = {};
    const expression = this.SUBRULE(this.primary);
    this.MANY(() => this.SUBRULE(this.indexKeyOption, { ARGS: [written] }));
    return this.ACTION(
      (): IndexKey | undefined => expression && { ...written, expression, span: this.spanFrom(first) },
    );
  });

  private readonly indexKeyOption: Rule<void, [Partial<Written<IndexKey>>?]> = this.RULE(
    "indexKeyOption",
    (written: Partial<Written<IndexKey>> = {}) => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword("collate"));
            const name = this.SUBRULE(this.namePath);
            this.ACTION(() => (written.collation = name));
          },
        },
        { ALT: () => void (this.CONSUME(keyword("asc")), (written.direction = "asc")) },
        { ALT: () => void (this.CONSUME(keyword("desc")), (written.direction = "desc")) },
        {
          ALT: () => {
            this.CONSUME(keyword("nulls"));
            this.OR2([
              { ALT: () => void (this.CONSUME(keyword("first")), (written.nulls = "first")) },
              { ALT: () => void (this.CONSUME(keyword("last")), (written.nulls = "last")) },
            ]);
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("ops"));
            const name = this.SUBRULE2(this.namePath);
            this.ACTION(() => (written.operatorClass = name));
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("prefix"));
            const length = this.SUBRULE(this.signedNumber);
            this.ACTION(() => (written.prefix = length));
          },
        },
      ]);
    },
  );

  // ---- relationships

  protected readonly relationshipMember: Rule<RelationshipMember | undefined> = this.RULE("relationshipMember", () => {
    const first = this.CONSUME(keyword("relationship"));
    const name = this.recovering(() => this.CONSUME(tokens.Name), undefined, [tokens.Colon]);
    this.expectHere(tokens.Colon, "`:` and the target class");
    const target = this.recovering(() => this.CONSUME2(tokens.Name), undefined, tokens.relationshipOptionTokens);
    let arity: RelationshipMember["arity"] = "one";
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(tokens.LeftBracket);
            this.CONSUME(tokens.RightBracket);
            arity = "many";
          },
        },
        { ALT: () => void (this.CONSUME(tokens.QuestionMark), (arity = "optional")) },
      ]),
    );
    const options: RelationshipOption[] = [];
    this.MANY(() => this.SUBRULE(this.relationshipOption, { ARGS: [options] }));
    this.OPTION2(() => this.SUBRULE(this.relationshipBlock, { ARGS: [options] }));
    return this.ACTION((): RelationshipMember | undefined => {
      if (name === undefined) return undefined;
      return {
        kind: "relationship",
        name: this.identifier(name),
        target: target === undefined ? this.missingIdentifier() : this.identifier(target),
        arity,
        options,
        ...this.docOf(first),
        span: this.spanFrom(first),
      };
    });
  });

  /** `{ option… }`, entries one a line or between semicolons. */
  protected readonly relationshipBlock: Rule<void, [RelationshipOption[]?]> = this.RULE(
    "relationshipBlock",
    (options: RelationshipOption[] = []) => {
      this.CONSUME(tokens.LeftBrace);
      this.MANY(() => {
        this.OR([
          { ALT: () => this.CONSUME(tokens.EntryEnd) },
          {
            ALT: () => {
              this.AT_LEAST_ONE(() => this.SUBRULE(this.relationshipOption, { ARGS: [options] }));
              this.SUBRULE(this.entryEnd, { ARGS: ["this option"] });
            },
          },
          { ALT: () => this.SUBRULE(this.junkOption) },
        ]);
      });
      this.CONSUME(tokens.RightBrace);
    },
  );

  protected readonly relationshipOption: Rule<void, [RelationshipOption[]?]> = this.RULE(
    "relationshipOption",
    (options: RelationshipOption[] = []) => {
      this.recovering(
        () => {
          const option = this.OR([
            { ALT: () => this.SUBRULE(this.namedRelationshipOption) },
            { ALT: () => this.SUBRULE(this.columnsRelationshipOption) },
            { ALT: () => this.SUBRULE(this.cascadeOption) },
            { ALT: () => this.SUBRULE(this.orderByOption) },
            { ALT: () => this.SUBRULE(this.flagRelationshipOption) },
            { ALT: () => this.SUBRULE(this.joinConditionOption) },
            { ALT: () => this.SUBRULE(this.collectionClassOption) },
            { ALT: () => this.SUBRULE(this.unknownRelationshipOption) },
          ]);
          this.ACTION(() => {
            if (option !== undefined) options.push(option);
          });
        },
        undefined,
        tokens.relationshipOptionTokens,
      );
    },
  );

  private readonly namedRelationshipOption: Rule<RelationshipOption> = this.RULE("namedRelationshipOption", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("back_populates"));
          const name = this.CONSUME(tokens.Name);
          return this.ACTION((): RelationshipOption => ({
            kind: "backPopulates",
            name: this.identifier(name),
            span: this.spanFrom(first),
          }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("secondary"));
          const table = this.SUBRULE(this.namePath);
          return this.ACTION((): RelationshipOption => ({ kind: "secondary", table, span: this.spanFrom(first) }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("lazy"));
          const strategy = this.CONSUME2(tokens.Name);
          return this.ACTION((): RelationshipOption => ({
            kind: "lazy",
            strategy: this.identifier(strategy),
            span: this.spanFrom(first),
          }));
        },
      },
    ]);
  });

  private readonly columnsRelationshipOption: Rule<RelationshipOption> = this.RULE("columnsRelationshipOption", () => {
    const first = this.OR([
      { ALT: () => this.CONSUME(keyword("foreign_keys")) },
      { ALT: () => this.CONSUME(keyword("remote_side")) },
    ]);
    const columns = this.SUBRULE(this.nameList);
    return this.ACTION((): RelationshipOption => {
      const kind = first.tokenType === keyword("foreign_keys") ? "foreignKeys" : "remoteSide";
      return { kind, columns, span: this.spanFrom(first) };
    });
  });

  private readonly cascadeOption: Rule<RelationshipOption> = this.RULE("cascadeOption", () => {
    const words: Identifier[] = [];
    const first = this.CONSUME(keyword("cascade"));
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const word = this.SUBRULE(this.cascadeWord);
        this.ACTION(() => words.push(word));
      },
    });
    return this.ACTION((): RelationshipOption => ({ kind: "cascade", words, span: this.spanFrom(first) }));
  });

  /** `all`, `save-update`: words joined by hyphens. */
  private readonly cascadeWord: Rule<Identifier> = this.RULE("cascadeWord", () => {
    const first = this.CONSUME(tokens.Name);
    let second: IToken | undefined;
    this.OPTION(() => {
      this.CONSUME(tokens.Minus);
      second = this.CONSUME2(tokens.Name);
    });
    return this.ACTION((): Identifier => {
      const start = this.identifier(first);
      if (second === undefined) return start;
      const end = this.identifier(second);
      return { text: `${start.text}-${end.text}`, span: coverSpans(start.span, end.span) };
    });
  });

  private readonly orderByOption: Rule<RelationshipOption> = this.RULE("orderByOption", () => {
    const keys: IndexKey[] = [];
    const first = this.CONSUME(keyword("order_by"));
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const key = this.SUBRULE(this.indexKey);
        this.ACTION(() => {
          if (key !== undefined) keys.push(key);
        });
      },
    });
    return this.ACTION((): RelationshipOption => ({ kind: "orderBy", keys, span: this.spanFrom(first) }));
  });

  private readonly flagRelationshipOption: Rule<RelationshipOption> = this.RULE("flagRelationshipOption", () => {
    const first = this.LA(1);
    let isAll = false;
    let isOff = false;
    const option = this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("passive_deletes"));
          this.OPTION(() => void (this.CONSUME(keyword("all")), (isAll = true)));
          return { kind: "passiveDeletes", all: isAll };
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("passive_updates"));
          this.OPTION2(() => void (this.CONSUME(keyword("false")), (isOff = true)));
          return { kind: "passiveUpdates", value: !isOff };
        },
      },
      { ALT: () => (this.CONSUME(keyword("single_parent")), { kind: "singleParent" }) },
      { ALT: () => (this.CONSUME(keyword("post_update")), { kind: "postUpdate" }) },
      { ALT: () => (this.CONSUME(keyword("viewonly")), { kind: "viewonly" }) },
    ] satisfies IOrAlt<UnplacedFlag>[]);
    return this.ACTION((): RelationshipOption => ({ ...option, span: this.spanFrom(first) }));
  });

  /** `primaryjoin (…)`, `secondaryjoin (…)`. */
  private readonly joinConditionOption: Rule<RelationshipOption | undefined> = this.RULE("joinConditionOption", () => {
    const first = this.OR([
      { ALT: () => this.CONSUME(keyword("primaryjoin")) },
      { ALT: () => this.CONSUME(keyword("secondaryjoin")) },
    ]);
    this.CONSUME(tokens.LeftParenthesis);
    const expression = this.recovering(() => this.SUBRULE(this.expression), undefined);
    this.closeParenthesis("an operator or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return this.ACTION((): RelationshipOption | undefined => {
      const kind = first.tokenType === keyword("primaryjoin") ? "primaryjoin" : "secondaryjoin";
      return expression && { kind, expression, span: this.spanFrom(first) };
    });
  });

  /** `collection_class set`, `collection_class map by column`. */
  private readonly collectionClassOption: Rule<RelationshipOption> = this.RULE("collectionClassOption", () => {
    const first = this.CONSUME(keyword("collection_class"));
    const name = this.CONSUME(tokens.Name);
    const by = this.OPTION(() => {
      this.CONSUME(keyword("by"));
      return this.CONSUME2(tokens.Name);
    });
    return this.ACTION((): RelationshipOption => ({
      kind: "collectionClass",
      name: this.identifier(name),
      ...(by === undefined ? {} : { by: this.identifier(by) }),
      span: this.spanFrom(first),
    }));
  });

  private readonly unknownRelationshipOption: Rule<undefined> = this.RULE("unknownRelationshipOption", () => {
    const word = this.CONSUME(tokens.UnknownRelationshipOption);
    return this.ACTION(() => {
      const nearest = nearestName(word.image, tokens.knownRelationshipOptions);
      const meant = nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
      const help = relationshipOptionAdvice(word.image) ?? meant;
      this.report(diagnostic("S1018", { span: this.spanOf(word), help }, word.image));
      this.skipTo(
        (token) => tokens.relationshipOptionTokens.includes(token.tokenType) || token.tokenType === tokens.LeftBrace,
      );
      return undefined;
    });
  });
}

type UnplacedFlag =
  | { readonly kind: "passiveDeletes"; readonly all: boolean }
  | { readonly kind: "passiveUpdates"; readonly value: boolean }
  | { readonly kind: "singleParent" | "postUpdate" | "viewonly" };
