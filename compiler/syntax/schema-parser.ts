// The top of the grammar: files, and the declarations that have members.
import type { IToken } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { declarationAdvice } from "../diagnostics/foreign-words.js";
import type {
  BaseClause,
  ClassDeclaration,
  Declaration,
  DialectDeclaration,
  Identifier,
  ImportDeclaration,
  MixinDeclaration,
  NamePath,
  PolymorphicIdentity,
  RawExpression,
  StringLiteral,
  TableDeclaration,
  ViewDeclaration,
} from "./ast.js";
import { adviceForToken, describeToken } from "./parse-errors.js";
import type { Rule, Written } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";
import { TypeDeclarationParser } from "./type-declaration-parser.js";

/** Where reading goes on after a mistake in what stands before a body. */
const headEnds = [keyword("as"), tokens.LeftBrace];

/** What may stand between a declaration's name and its body. */
type HeadClauses = Partial<
  Pick<
    Written<TableDeclaration>,
    "was" | "className" | "module" | "mixins" | "base" | "identity" | "partitionOf" | "comment"
  >
>;

export class SchemaParser extends TypeDeclarationParser {
  /** `validate`: throw where something is wrong with the grammar itself. */
  constructor(validate = false) {
    super(validate);
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

  private readonly tableDeclaration: Rule<TableDeclaration> = this.RULE("tableDeclaration", () => {
    const first = this.CONSUME(keyword("table"));
    const name = this.recovering(() => this.SUBRULE(this.namePath), undefined, headEnds);
    const head = this.SUBRULE(this.head);
    this.ACTION(() => this.reachBody());
    const members = this.OPTION(() => this.SUBRULE(this.tableBody));
    return this.ACTION((): TableDeclaration => ({
      kind: "table",
      name: name ?? this.missingPath(),
      ...head,
      mixins: head.mixins ?? [],
      members: members ?? [],
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `class Manager extends Employee { … }`. */
  private readonly classDeclaration: Rule<ClassDeclaration> = this.RULE("classDeclaration", () => {
    const first = this.CONSUME(keyword("class"));
    const name = this.recovering(() => this.CONSUME(tokens.Name), undefined, headEnds);
    const head = this.SUBRULE(this.head);
    this.ACTION(() => this.reachBody());
    const members = this.OPTION(() => this.SUBRULE(this.tableBody));
    return this.ACTION((): ClassDeclaration => {
      const { module, mixins = [], base, identity, ...others } = head;
      this.refuseClauses("class", others);
      return {
        kind: "class",
        name: name === undefined ? this.missingIdentifier() : this.identifier(name),
        ...(module === undefined ? {} : { module }),
        mixins,
        ...(base === undefined ? {} : { base }),
        ...(identity === undefined ? {} : { identity }),
        members: members ?? [],
        ...this.docOf(first),
        span: this.spanFrom(first),
      };
    });
  });

  private readonly viewDeclaration: Rule<ViewDeclaration> = this.RULE("viewDeclaration", () => {
    const first = this.LA(1);
    const materialized = this.OPTION(() => this.CONSUME(keyword("materialized"))) !== undefined;
    this.CONSUME(keyword("view"));
    const name = this.recovering(() => this.SUBRULE(this.namePath), undefined, headEnds);
    const head = this.SUBRULE(this.head);
    this.ACTION(() => this.reachBody());
    const members = this.OPTION2(() => this.SUBRULE(this.tableBody));
    return this.ACTION((): ViewDeclaration => {
      const { base, identity, partitionOf, mixins = [], ...own } = head;
      this.refuseClauses("view", { base, identity, partitionOf });
      return {
        kind: "view",
        materialized,
        name: name ?? this.missingPath(),
        ...own,
        mixins,
        members: members ?? [],
        ...this.docOf(first),
        span: this.spanFrom(first),
      };
    });
  });

  private readonly mixinDeclaration: Rule<MixinDeclaration> = this.RULE("mixinDeclaration", () => {
    const first = this.CONSUME(keyword("mixin"));
    const name = this.recovering(() => this.CONSUME(tokens.Name), undefined, headEnds);
    const head = this.SUBRULE(this.head);
    this.ACTION(() => this.reachBody());
    const members = this.OPTION(() => this.SUBRULE(this.tableBody));
    return this.ACTION((): MixinDeclaration => {
      const { mixins = [], ...others } = head;
      this.refuseClauses("mixin", others);
      return {
        kind: "mixin",
        name: name === undefined ? this.missingIdentifier() : this.identifier(name),
        mixins,
        members: members ?? [],
        ...this.docOf(first),
        span: this.spanFrom(first),
      };
    });
  });

  /** Clauses in any order, each once. */
  private readonly head: Rule<HeadClauses> = this.RULE("head", () => {
    const clauses: HeadClauses = {};
    this.recovering(
      () => {
        this.MANY(() => this.SUBRULE(this.headClause, { ARGS: [clauses] }));
      },
      undefined,
      [tokens.LeftBrace],
    );
    return clauses;
  });

  private readonly headClause: Rule<void, [HeadClauses?]> = this.RULE("headClause", (clauses: HeadClauses = {}) => {
    const first = this.LA(1);
    const note = <Key extends keyof HeadClauses>(key: Key, word: string, value: HeadClauses[Key]): void => {
      this.once(clauses[key], first, "this declaration", word);
      clauses[key] = value;
    };
    this.OR([
      {
        ALT: () => {
          const was: NamePath = this.SUBRULE(this.wasClause);
          this.ACTION(() => note("was", "was", was));
        },
      },
      {
        ALT: () => {
          const token = this.SUBRULE(this.asClause);
          this.ACTION(() => {
            // A class may be called so; a second one may not.
            const isQuery = clauses.className !== undefined && /^select$/i.test(token.image);
            if (isQuery) this.reportQuery(token);
            else note("className", "as", this.identifier(token));
          });
        },
      },
      {
        ALT: () => {
          const module: StringLiteral = this.SUBRULE(this.fromClause);
          this.ACTION(() => note("module", "from", module));
        },
      },
      {
        ALT: () => {
          const mixins: Identifier[] = this.SUBRULE(this.withClause);
          this.ACTION(() => note("mixins", "with", mixins));
        },
      },
      {
        ALT: () => {
          const base: BaseClause = this.SUBRULE(this.baseClause);
          this.ACTION(() => note("base", "extends", base));
        },
      },
      {
        ALT: () => {
          const identity: PolymorphicIdentity = this.SUBRULE(this.polymorphicIdentity);
          this.ACTION(() => note("identity", "polymorphic identity", identity));
        },
      },
      {
        ALT: () => {
          const partition = this.SUBRULE(this.partitionClause);
          this.ACTION(() => note("partitionOf", "partition of", partition));
        },
      },
      {
        ALT: () => {
          const comment: StringLiteral = this.SUBRULE(this.commentText);
          this.ACTION(() => note("comment", "comment", comment));
        },
      },
    ]);
  });

  /** SQL's `create view … as select …`. */
  private reportQuery(token: IToken): void {
    const help = "the query stands in the body, after its columns: `definition sql'select …'`";
    this.report(diagnostic("S1001", { span: this.spanOf(token), help }, "the name of a class", describeToken(token)));
  }

  private readonly wasClause: Rule<NamePath> = this.RULE("wasClause", () => {
    this.CONSUME(keyword("was"));
    return this.SUBRULE(this.namePath);
  });

  private readonly asClause: Rule<IToken> = this.RULE("asClause", () => {
    this.CONSUME(keyword("as"));
    return this.CONSUME(tokens.Name);
  });

  private readonly fromClause: Rule<StringLiteral> = this.RULE("fromClause", () => {
    this.CONSUME(keyword("from"));
    return this.SUBRULE(this.stringLiteral);
  });

  private readonly withClause: Rule<Identifier[]> = this.RULE("withClause", () => {
    const names: Identifier[] = [];
    this.CONSUME(keyword("with"));
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const token = this.CONSUME(tokens.Name);
        this.ACTION(() => names.push(this.identifier(token)));
      },
    });
    return names;
  });

  /** `extends Base`, `concrete extends Base`. */
  private readonly baseClause: Rule<BaseClause> = this.RULE("baseClause", () => {
    const first = this.LA(1);
    const concrete = this.OPTION(() => this.CONSUME(keyword("concrete"))) !== undefined;
    this.CONSUME(keyword("extends"));
    const name = this.CONSUME(tokens.Name);
    return this.ACTION((): BaseClause => ({ name: this.identifier(name), concrete, span: this.spanFrom(first) }));
  });

  /** `partition of parent sql'for values …'`. */
  private readonly partitionClause: Rule<{ parent: NamePath; bound: RawExpression }> = this.RULE(
    "partitionClause",
    () => {
      this.CONSUME(keyword("partition"));
      this.CONSUME(keyword("of"));
      const parent = this.SUBRULE(this.namePath);
      const bound = this.SUBRULE(this.rawSql);
      return { parent, bound };
    },
  );

  /** Reports the clauses that a declaration of this kind cannot have. */
  private refuseClauses(kind: string, clauses: { [Key in keyof HeadClauses]?: HeadClauses[Key] | undefined }): void {
    const words: Record<keyof HeadClauses, string> = {
      was: "was",
      className: "as",
      module: "from",
      mixins: "with",
      base: "extends",
      identity: "polymorphic identity",
      partitionOf: "partition of",
      comment: "comment",
    };
    const spans = {
      ...clauses,
      mixins: clauses.mixins?.[0],
      partitionOf: clauses.partitionOf?.parent,
    };
    for (const [clause, node] of Object.entries(spans)) {
      // The entries of an object have its own keys.
      const word = words[clause as keyof HeadClauses];
      if (node !== undefined) this.report(diagnostic("S1027", node.span, kind, word));
    }
  }

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
              const place = {
                span: this.spanOf(token),
                help: declarationAdvice(token.image) ?? adviceForToken(token, this.LA(1)),
              };
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
      { ALT: () => this.SUBRULE(this.typeDeclaration) },
      { ALT: () => this.SUBRULE(this.domainDeclaration) },
      { ALT: () => this.SUBRULE(this.sequenceDeclaration) },
      { ALT: () => this.SUBRULE(this.mixinDeclaration) },
      { ALT: () => this.SUBRULE(this.tableDeclaration) },
      { ALT: () => this.SUBRULE(this.classDeclaration) },
      { ALT: () => this.SUBRULE(this.viewDeclaration) },
      { ALT: () => this.SUBRULE(this.objectDeclaration) },
    ]),
  );
}
