// The grammar of members that only objects see: properties, proxies, composites, and what tells classes apart.
import type {
  CompositeMember,
  Identifier,
  PolymorphicIdentity,
  PolymorphicMember,
  PropertyMember,
  ProxyMember,
} from "./ast.js";
import { IndexParser } from "./index-parser.js";
import type { Rule } from "./parser-base.js";
import * as tokens from "./tokens.js";
import { keyword } from "./tokens.js";

export abstract class ClassMemberParser extends IndexParser {
  /** `property name: type = expression`. */
  protected readonly propertyMember: Rule<PropertyMember | undefined> = this.RULE("propertyMember", () => {
    const first = this.CONSUME(keyword("property"));
    const name = this.CONSUME(tokens.Name);
    this.expectHere(tokens.Colon, "`:` and the type");
    const type = this.SUBRULE(this.typeReference);
    this.CONSUME(tokens.Equal);
    const expression = this.SUBRULE(this.expression);
    return this.ACTION(
      (): PropertyMember | undefined =>
        expression && {
          kind: "property",
          name: this.identifier(name),
          type,
          expression,
          ...this.docOf(first),
          span: this.spanFrom(first),
        },
    );
  });

  /** `proxy name = relationship.attribute`. */
  protected readonly proxyMember: Rule<ProxyMember> = this.RULE("proxyMember", () => {
    const first = this.CONSUME(keyword("proxy"));
    const name = this.CONSUME(tokens.Name);
    this.CONSUME(tokens.Equal);
    const relationship = this.CONSUME2(tokens.Name);
    this.CONSUME(tokens.Dot);
    const attribute = this.CONSUME3(tokens.Name);
    return this.ACTION((): ProxyMember => ({
      kind: "proxy",
      name: this.identifier(name),
      relationship: this.identifier(relationship),
      attribute: this.identifier(attribute),
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `composite name: Class (columns) from './module.ts'`. */
  protected readonly compositeMember: Rule<CompositeMember> = this.RULE("compositeMember", () => {
    const first = this.CONSUME(keyword("composite"));
    const name = this.CONSUME(tokens.Name);
    this.CONSUME(tokens.Colon);
    const className = this.CONSUME2(tokens.Name);
    const columns: Identifier[] = this.SUBRULE(this.nameList);
    this.CONSUME(keyword("from"));
    const module = this.SUBRULE(this.stringLiteral);
    return this.ACTION((): CompositeMember => ({
      kind: "composite",
      name: this.identifier(name),
      columns,
      value: { name: this.identifier(className), module, span: this.spanFrom(className) },
      ...this.docOf(first),
      span: this.spanFrom(first),
    }));
  });

  /** `polymorphic on column`, `polymorphic identity 'x'`. */
  protected readonly polymorphicMember: Rule<PolymorphicMember> = this.RULE("polymorphicMember", () =>
    this.OR([
      {
        ALT: () => {
          const first = this.CONSUME(keyword("polymorphic"));
          this.CONSUME(keyword("on"));
          const column = this.CONSUME(tokens.Name);
          return this.ACTION((): PolymorphicMember => ({
            kind: "polymorphicOn",
            column: this.identifier(column),
            span: this.spanFrom(first),
          }));
        },
      },
      { ALT: () => this.SUBRULE(this.polymorphicIdentity) },
    ]),
  );

  protected readonly polymorphicIdentity: Rule<PolymorphicIdentity> = this.RULE("polymorphicIdentity", () => {
    const first = this.CONSUME(keyword("polymorphic"));
    this.CONSUME(keyword("identity"));
    const value = this.OR({
      DEF: [{ ALT: () => this.SUBRULE(this.stringLiteral) }, { ALT: () => this.SUBRULE(this.signedNumber) }],
      ERR_MSG: "a string or a number",
    });
    return this.ACTION((): PolymorphicIdentity => ({
      kind: "polymorphicIdentity",
      value,
      span: this.spanFrom(first),
    }));
  });
}
