// The grammar of `references …`: the target of a foreign key, its actions, and the short form of a relationship; and of
// the words that may follow any constraint.
import type { IOrAlt } from "chevrotain";
import type {
  ConstraintAttribute,
  Identifier,
  InlineRelationship,
  ReferenceAction,
  ReferenceClause,
  RelationshipOption,
} from "./ast.js";
import type { Rule, Written } from "./parser-base.js";
import { RelationshipParser } from "./relationship-parser.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

/** Where reading goes on after a foreign key without its target. */
const afterTarget = [
  keyword("on"),
  keyword("deferrable"),
  keyword("relationship"),
  tokens.LeftParenthesis,
  ...tokens.columnOptionTokens,
];

export abstract class ReferenceParser extends RelationshipParser {
  /** `references t[(columns)] …` with its actions, attributes and the short form of a relationship. */
  protected readonly reference: Rule<ReferenceClause, [ConstraintAttribute[]?]> = this.RULE(
    "reference",
    (attributes: ConstraintAttribute[] = []) => {
      const first = this.CONSUME(keyword("references"));
      const written: Written<Partial<ReferenceClause>> = {};
      const actions: ReferenceAction[] = [];
      const table = this.recovering(() => this.SUBRULE(this.namePath), undefined, afterTarget);
      this.OPTION(() => {
        const columns = this.SUBRULE(this.nameList);
        this.ACTION(() => (written.columns = columns));
      });
      this.MANY({
        // `not null` is another mistake, which the column reports.
        GATE: () => this.LA(2).tokenType !== keyword("null"),
        DEF: () => {
          this.OR([
            { ALT: () => this.SUBRULE(this.referenceAction, { ARGS: [actions] }) },
            { ALT: () => (written.match = this.SUBRULE(this.match)) },
            { ALT: () => this.SUBRULE(this.constraintAttribute, { ARGS: [attributes] }) },
          ]);
        },
      });
      this.OPTION2(() => {
        this.CONSUME(keyword("relationship"));
        written.relationship = this.SUBRULE(this.inlineRelationship);
        this.OPTION3(() => {
          this.CONSUME(keyword("backref"));
          written.backref = this.SUBRULE2(this.inlineRelationship);
        });
      });
      return this.ACTION((): ReferenceClause => ({
        ...written,
        table: table ?? this.missingPath(),
        actions,
        span: this.spanFrom(first),
      }));
    },
  );

  private readonly inlineRelationship: Rule<InlineRelationship> = this.RULE("inlineRelationship", () => {
    const options: RelationshipOption[] = [];
    const name = this.CONSUME(tokens.Name);
    this.OPTION(() => this.SUBRULE(this.relationshipBlock, { ARGS: [options] }));
    return this.ACTION((): InlineRelationship => ({ name: this.identifier(name), options, span: this.spanFrom(name) }));
  });

  private readonly referenceAction: Rule<void, [ReferenceAction[]?]> = this.RULE(
    "referenceAction",
    (actions: ReferenceAction[] = []) => {
      const first = this.CONSUME(keyword("on"));
      const event = this.OR([
        { ALT: () => this.CONSUME(keyword("delete")) },
        { ALT: () => this.CONSUME(keyword("update")) },
      ]);
      const action = this.SUBRULE(this.actionName);
      let columns: Identifier[] | undefined;
      this.OPTION(() => {
        columns = this.SUBRULE(this.nameList);
      });
      this.ACTION(() => {
        const on = event.tokenType === keyword("delete") ? "delete" : "update";
        const list = columns === undefined ? {} : { columns };
        actions.push({ event: on, action, ...list, span: this.spanFrom(first) });
      });
    },
  );

  private readonly actionName: Rule<ReferenceAction["action"]> = this.RULE("actionName", () =>
    this.OR({
      DEF: [
        { ALT: () => (this.CONSUME(keyword("cascade")), "cascade") },
        { ALT: () => (this.CONSUME(keyword("restrict")), "restrict") },
        { ALT: () => (this.CONSUME(keyword("no")), this.CONSUME(keyword("action")), "no action") },
        {
          ALT: () => {
            this.CONSUME(keyword("set"));
            return this.OR2({
              DEF: [
                { ALT: () => (this.CONSUME(keyword("null")), "set null") },
                { ALT: () => (this.CONSUME(keyword("default")), "set default") },
              ] satisfies IOrAlt<ReferenceAction["action"]>[],
              ERR_MSG: "`null` or `default`",
            });
          },
        },
      ] satisfies IOrAlt<ReferenceAction["action"]>[],
      ERR_MSG: "`cascade`, `restrict`, `no action`, `set null` or `set default`",
    }),
  );

  /** `match full`, or `match simple`, which is what nothing says. */
  private readonly match: Rule<NonNullable<ReferenceClause["match"]>> = this.RULE("match", () => {
    const first = this.CONSUME(keyword("match"));
    const full = this.OR([
      { ALT: () => (this.CONSUME(keyword("full")), true) },
      { ALT: () => (this.CONSUME(keyword("simple")), false) },
    ]);
    return this.ACTION(() => ({ full, span: this.spanFrom(first) }));
  });

  /** Words after a constraint, any number of them. */
  protected readonly constraintAttributes: Rule<void, [ConstraintAttribute[]?]> = this.RULE(
    "constraintAttributes",
    (attributes: ConstraintAttribute[] = []) => {
      const DEF = () => this.SUBRULE(this.constraintAttribute, { ARGS: [attributes] });
      // `not null` is another mistake, which the column reports.
      this.MANY({ GATE: () => this.LA(2).tokenType !== keyword("null"), DEF });
    },
  );

  private readonly constraintAttribute: Rule<void, [ConstraintAttribute[]?]> = this.RULE(
    "constraintAttribute",
    (attributes: ConstraintAttribute[] = []) => {
      const first = this.LA(1);
      let initiallyDeferred = false;
      const attribute = this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword("deferrable"));
            this.OPTION(() => {
              this.CONSUME(keyword("initially"));
              this.OR2([
                { ALT: () => void (this.CONSUME(keyword("deferred")), (initiallyDeferred = true)) },
                { ALT: () => this.CONSUME(keyword("immediate")) },
              ]);
            });
            return { kind: "deferrable", initiallyDeferred };
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("not"));
            return this.OR3([
              { ALT: () => (this.CONSUME(keyword("valid")), { kind: "notValid" }) },
              { ALT: () => (this.CONSUME(keyword("enforced")), { kind: "notEnforced" }) },
            ] satisfies IOrAlt<UnplacedAttribute>[]);
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("nulls"));
            this.CONSUME2(keyword("not"));
            this.CONSUME(keyword("distinct"));
            return { kind: "nullsNotDistinct" };
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword("on"));
            this.CONSUME(keyword("conflict"));
            const resolution = this.CONSUME(tokens.Name);
            return { kind: "onConflict", resolution: this.ACTION(() => this.identifier(resolution)) };
          },
        },
      ] satisfies IOrAlt<UnplacedAttribute>[]);
      this.ACTION(() => attributes.push({ ...attribute, span: this.spanFrom(first) }));
    },
  );
}

type UnplacedAttribute =
  | { readonly kind: "deferrable"; readonly initiallyDeferred: boolean }
  | { readonly kind: "notValid" | "notEnforced" | "nullsNotDistinct" }
  | { readonly kind: "onConflict"; readonly resolution: Identifier };
