// The grammar of columns: `name type option… [{ options }]`.
import type { IOrAlt, IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { columnOptionAdvice } from "../diagnostics/foreign-words.js";
import { nearestName } from "../diagnostics/suggest.js";
import type {
  ColumnMember,
  ColumnOption,
  ConstraintAttribute,
  Expression,
  Identifier,
  RawExpression,
  ReferenceClause,
  TypeReference,
} from "./ast.js";
import { writeName } from "./words.js";
import type { Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";
import { ValueOptionParser } from "./value-option-parser.js";

const optionStarts = [...tokens.columnOptionTokens, tokens.LeftBrace];

export abstract class ColumnParser extends ValueOptionParser {
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
            { ALT: () => this.SUBRULE(this.valueOption) },
            { ALT: () => this.SUBRULE(this.collateOption) },
            { ALT: () => this.SUBRULE(this.commentOption) },
            { ALT: () => this.SUBRULE(this.nameOption) },
            { ALT: () => this.SUBRULE(this.flagOption) },
            { ALT: () => this.SUBRULE(this.nullOption) },
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
    const method = this.OPTION2(() => {
      this.CONSUME(keyword("using"));
      return this.CONSUME(tokens.Name);
    });
    return this.ACTION((): ColumnOption => ({
      kind: "index",
      unique,
      ...(method === undefined ? {} : { method: this.identifier(method) }),
      span: this.spanFrom(first),
    }));
  });

  /** `[constraint name]` and then `primary key`, `unique`, `check (…)` or `references …`. */
  private readonly constraintOption: Rule<ColumnOption | undefined> = this.RULE("constraintOption", () => {
    const first = this.LA(1);
    const attributes: ConstraintAttribute[] = [];
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
        {
          ALT: () => ({ kind: "references", reference: this.SUBRULE(this.reference, { ARGS: [attributes] }) }),
        },
        {
          // Raw SQL alone would be read as a variant of what stands before it.
          GATE: () => named.constraintName !== undefined,
          ALT: () => ({ kind: "rawElement", sql: this.SUBRULE(this.rawSql) }),
        },
      ] satisfies IOrAlt<UnplacedConstraint | undefined>[],
      ERR_MSG: "`primary key`, `unique`, `check` or `references`",
    });
    this.SUBRULE(this.constraintAttributes, { ARGS: [attributes] });
    return this.ACTION(
      (): ColumnOption | undefined => option && { ...option, ...named, attributes, span: this.spanFrom(first) },
    );
  });

  /** `constraint name`, `constraint name was old`, or nothing. */
  protected readonly constraintName: Rule<{ constraintName?: Identifier; was?: Identifier }> = this.RULE(
    "constraintName",
    () => {
      let was: IToken | undefined;
      const token = this.OPTION(() => {
        this.CONSUME(keyword("constraint"));
        const name = this.CONSUME(tokens.Name);
        this.OPTION2(() => {
          this.CONSUME(keyword("was"));
          was = this.CONSUME2(tokens.Name);
        });
        return name;
      });
      return this.ACTION(() => ({
        ...(token === undefined ? {} : { constraintName: this.identifier(token) }),
        ...(was === undefined ? {} : { was: this.identifier(was) }),
      }));
    },
  );

  /** `check (expression)`. */
  protected readonly checkClause: Rule<Expression | undefined> = this.RULE("checkClause", () => {
    this.CONSUME(keyword("check"));
    this.CONSUME(tokens.LeftParenthesis);
    const expression = this.recovering(() => this.SUBRULE(this.expression), undefined);
    this.closeParenthesis("an operator or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return expression;
  });

  protected readonly collateOption: Rule<Extract<ColumnOption, { kind: "collate" }>> = this.RULE(
    "collateOption",
    () => {
      const first = this.CONSUME(keyword("collate"));
      const name = this.SUBRULE(this.namePath);
      return this.ACTION(() => ({ kind: "collate" as const, name, span: this.spanFrom(first) }));
    },
  );

  protected readonly commentOption: Rule<Extract<ColumnOption, { kind: "comment" }>> = this.RULE(
    "commentOption",
    () => {
      const first = this.CONSUME(keyword("comment"));
      const text = this.SUBRULE(this.stringLiteral);
      return this.ACTION(() => ({ kind: "comment" as const, text, span: this.spanFrom(first) }));
    },
  );

  /** `map name`, `was name`. */
  private readonly nameOption: Rule<ColumnOption> = this.RULE("nameOption", () => {
    const first = this.OR([{ ALT: () => this.CONSUME(keyword("map")) }, { ALT: () => this.CONSUME(keyword("was")) }]);
    const name = this.CONSUME(tokens.Name);
    return this.ACTION((): ColumnOption => {
      const kind = first.tokenType === keyword("map") ? "map" : "was";
      return { kind, name: this.identifier(name), span: this.spanFrom(first) };
    });
  });

  private readonly flagOption: Rule<ColumnOption> = this.RULE("flagOption", () => {
    const first = this.LA(1);
    const kind = this.OR([
      { ALT: () => (this.CONSUME(keyword("deferred")), "deferred") },
      { ALT: () => (this.CONSUME(keyword("version")), "version") },
    ] satisfies IOrAlt<"deferred" | "version">[]);
    return this.ACTION((): ColumnOption => ({ kind, span: this.spanFrom(first) }));
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

  private readonly unknownColumnOption: Rule<undefined> = this.RULE("unknownColumnOption", () => {
    const word = this.CONSUME(tokens.UnknownColumnOption);
    return this.ACTION(() => {
      this.report(diagnostic("S1017", { span: this.spanOf(word), help: unknownOptionHelp(word) }, word.image));
      this.skipTo((token) => optionStarts.includes(token.tokenType));
      return undefined;
    });
  });

  private missingType(): TypeReference {
    const name = this.missingPath();
    return { kind: "type", name, arguments: [], unsigned: false, dimensions: 0, nullable: false, span: name.span };
  }
}

type UnplacedConstraint =
  | { readonly kind: "primaryKey" }
  | { readonly kind: "unique" }
  | { readonly kind: "check"; readonly expression: Expression }
  | { readonly kind: "references"; readonly reference: ReferenceClause }
  | { readonly kind: "rawElement"; readonly sql: RawExpression };

function unknownOptionHelp(word: IToken): string | undefined {
  const advice = columnOptionAdvice(word.image);
  if (advice !== undefined) return advice;
  const lower = word.image.toLowerCase();
  if (lower !== word.image && tokens.knownColumnOptions.includes(lower)) {
    return `words of the language are written small: \`${lower}\``;
  }
  const nearest = nearestName(word.image, tokens.knownColumnOptions);
  return nearest === undefined ? undefined : `did you mean \`${writeName(nearest)}\`?`;
}
