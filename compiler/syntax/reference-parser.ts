// The grammar of `references …`: the target of a foreign key, its actions, and the short form of a relationship.
import type { IOrAlt } from "chevrotain";
import type { InlineRelationship, ReferenceAction, ReferenceClause, RelationshipOption } from "./ast.js";
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
  /** `references t[(columns)] …` with its actions and the short form of a relationship. */
  protected readonly reference: Rule<ReferenceClause> = this.RULE("reference", () => {
    const first = this.CONSUME(keyword("references"));
    const written: Written<Partial<ReferenceClause>> = {};
    const actions: ReferenceAction[] = [];
    const table = this.recovering(() => this.SUBRULE(this.namePath), undefined, afterTarget);
    this.OPTION(() => {
      const columns = this.SUBRULE(this.nameList);
      this.ACTION(() => (written.columns = columns));
    });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.referenceAction, { ARGS: [actions] }) },
        { ALT: () => (written.deferrable = this.SUBRULE(this.deferrable)) },
        { ALT: () => this.SUBRULE(this.unsupportedMatch) },
      ]);
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
  });

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
      this.ACTION(() => {
        const on = event.tokenType === keyword("delete") ? "delete" : "update";
        actions.push({ event: on, action, span: this.spanFrom(first) });
      });
      this.OPTION(() => {
        const group = this.LA(1);
        this.SUBRULE(this.skippedGroup);
        this.ACTION(() => this.notSupported(group, "a column list after `set null`"));
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

  /** `deferrable [initially deferred | initially immediate]`. */
  protected readonly deferrable: Rule<NonNullable<ReferenceClause["deferrable"]>> = this.RULE("deferrable", () => {
    let initiallyDeferred = false;
    const first = this.CONSUME(keyword("deferrable"));
    this.OPTION(() => {
      this.CONSUME(keyword("initially"));
      this.OR([
        { ALT: () => void (this.CONSUME(keyword("deferred")), (initiallyDeferred = true)) },
        { ALT: () => this.CONSUME(keyword("immediate")) },
      ]);
    });
    return this.ACTION(() => ({ initiallyDeferred, span: this.spanFrom(first) }));
  });

  private readonly unsupportedMatch: Rule<void> = this.RULE("unsupportedMatch", () => {
    const first = this.CONSUME(keyword("match"));
    this.OR([{ ALT: () => this.CONSUME(keyword("full")) }, { ALT: () => this.CONSUME(keyword("simple")) }]);
    this.ACTION(() => this.notSupported(first, `\`match ${this.LA(0).image}\``));
  });
}
