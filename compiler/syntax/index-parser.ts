// The grammar of indexes: `[unique] index [name] (keys)` and the clauses after the keys.
import type { IToken } from "chevrotain";
import type { Expression, Identifier, IndexKey, IndexMember, StorageParameter, StringLiteral } from "./ast.js";
import { ColumnParser } from "./column-parser.js";
import type { Rule, Written } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

type IndexClauses = Partial<Written<IndexMember>>;

export abstract class IndexParser extends ColumnParser {
  protected readonly indexMember: Rule<IndexMember> = this.RULE("indexMember", () => {
    const first = this.LA(1);
    const keys: IndexKey[] = [];
    const clauses: IndexClauses = {};
    const unique = this.OPTION(() => this.CONSUME(keyword("unique"))) !== undefined;
    this.CONSUME(keyword("index"));
    const names = this.SUBRULE(this.indexName);
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
    this.MANY(() => this.SUBRULE(this.indexClause, { ARGS: [clauses] }));
    return this.ACTION((): IndexMember => ({
      kind: "indexMember",
      unique,
      ...names,
      keys,
      ...clauses,
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `name`, `name was old`, or nothing. */
  private readonly indexName: Rule<{ name?: Identifier; was?: Identifier }> = this.RULE("indexName", () => {
    let name: IToken | undefined;
    let was: IToken | undefined;
    this.OPTION(() => {
      name = this.CONSUME(tokens.Name);
      this.OPTION2(() => {
        this.CONSUME(keyword("was"));
        was = this.CONSUME2(tokens.Name);
      });
    });
    return this.ACTION(() => ({
      ...(name === undefined ? {} : { name: this.identifier(name) }),
      ...(was === undefined ? {} : { was: this.identifier(was) }),
    }));
  });

  private readonly indexClause: Rule<void, [IndexClauses?]> = this.RULE("indexClause", (clauses: IndexClauses = {}) => {
    const first = this.LA(1);
    const note = <Key extends keyof IndexClauses>(key: Key, word: string, value: IndexClauses[Key]): void => {
      if (value === undefined) return;
      this.once(clauses[key], first, "this index", word);
      clauses[key] = value;
    };
    this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword("using"));
          const method = this.CONSUME(tokens.Name);
          this.ACTION(() => note("method", "using", this.identifier(method)));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("include"));
          const include = this.SUBRULE(this.nameList);
          this.ACTION(() => note("include", "include", include));
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword("nulls"));
          this.CONSUME(keyword("not"));
          this.CONSUME(keyword("distinct"));
          this.ACTION(() => note("nullsNotDistinct", "nulls not distinct", true));
        },
      },
      {
        ALT: () => {
          const storage = this.SUBRULE(this.storageClause);
          this.ACTION(() => note("storage", "with", storage));
        },
      },
      {
        ALT: () => {
          const where = this.SUBRULE(this.whereClause);
          this.ACTION(() => note("where", "where", where));
        },
      },
      {
        ALT: () => {
          const only = this.SUBRULE(this.onlyClause);
          this.ACTION(() => note("only", "only", only));
        },
      },
      {
        ALT: () => {
          const comment = this.SUBRULE(this.commentText);
          this.ACTION(() => note("comment", "comment", comment));
        },
      },
    ]);
  });

  private readonly whereClause: Rule<Expression | undefined> = this.RULE("whereClause", () => {
    this.CONSUME(keyword("where"));
    this.CONSUME(tokens.LeftParenthesis);
    const expression = this.recovering(() => this.SUBRULE(this.expression), undefined);
    this.closeParenthesis("an operator or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return expression;
  });

  /** `with (fillfactor = 70)`. */
  private readonly storageClause: Rule<StorageParameter[]> = this.RULE("storageClause", () => {
    const list: StorageParameter[] = [];
    this.CONSUME(keyword("with"));
    this.CONSUME(tokens.LeftParenthesis);
    this.recovering(() => {
      this.AT_LEAST_ONE_SEP({
        SEP: tokens.Comma,
        DEF: () => {
          const name = this.CONSUME(tokens.Name);
          this.CONSUME(tokens.Equal);
          const value = this.SUBRULE(this.optionValue);
          this.ACTION(() => list.push({ name: this.identifier(name), value, span: this.spanFrom(name) }));
        },
      });
    }, undefined);
    this.closeParenthesis("`,` or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return list;
  });

  /** `only postgresql, sqlite`. */
  private readonly onlyClause: Rule<Identifier[]> = this.RULE("onlyClause", () => {
    const names: Identifier[] = [];
    this.CONSUME(keyword("only"));
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const token = this.CONSUME(tokens.Name);
        this.ACTION(() => names.push(this.identifier(token)));
      },
    });
    return names;
  });

  /** `comment '…'`. */
  protected readonly commentText: Rule<StringLiteral> = this.RULE("commentText", () => {
    this.CONSUME(keyword("comment"));
    return this.SUBRULE(this.stringLiteral);
  });
}
