// Generated properties in statements: SQL text with the class's columns as `{property}`, made an expression over
// whatever stands for the class.
import { MappingError } from "../errors/errors.js";
import { fragmentNode } from "../sql/ast/advanced-expressions.js";
import type { ExpressionNode, FragmentNode, MappedEntity } from "../sql/ast/nodes.js";
import { Expression } from "../sql/build/expression.js";
import { RawSql } from "../types/raw-sql.js";
import type { SqlType } from "../types/sql-type.js";

/** What generated code says of a computed property; braces of the SQL itself are doubled. */
export interface ComputedDefinition {
  readonly type: SqlType;
  readonly sql: string | RawSql;
}

/** A computed property as an attribute of a class or alias. */
export class ComputedAttribute extends Expression<FragmentNode> {
  readonly key: string;
  readonly #owner: MappedEntity;

  constructor(key: string, definition: ComputedDefinition, owner: MappedEntity) {
    super(computedNode(key, definition, owner));
    this.key = key;
    this.#owner = owner;
  }

  override get criteria(): readonly ExpressionNode[] {
    return this.#owner.criteria ?? super.criteria;
  }
}

interface Parsed {
  readonly segments: readonly string[];
  readonly properties: readonly string[];
}

function computedNode(
  key: string,
  { type, sql }: ComputedDefinition,
  { columns, properties: known }: MappedEntity,
): FragmentNode {
  const texts = typeof sql === "string" ? [{ sql }] : sql.model.variants;
  const variants = texts.map((variant) => ({ dialect: variantDialect(variant), parsed: parse(variant.sql) }));
  const names = [...new Set(variants.flatMap(({ parsed }) => parsed.properties))];
  const parts = names.map((name) => {
    const column = columns[known.indexOf(name)];
    if (column === undefined) throw new MappingError(`Property '${key}' reads '${name}', which its class lacks`);
    return column;
  });
  const forms = variants.map(({ dialect, parsed: { segments, properties } }) => ({
    dialect,
    segments,
    order: properties.map((name) => names.indexOf(name)),
  }));
  return fragmentNode([], parts, type, forms);
}

function variantDialect(variant: { readonly dialect?: string }): string | null {
  return variant.dialect ?? null;
}

/** `coalesce({fullname}, {name})` as the texts between and the names. */
function parse(text: string): Parsed {
  const segments = [""];
  const properties: string[] = [];
  for (const [token] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[^{}]+/g)) {
    if (token.length > 2 && token.startsWith("{") && token.endsWith("}")) {
      properties.push(token.slice(1, -1));
      segments.push("");
    } else segments[segments.length - 1] += token === "{{" ? "{" : token === "}}" ? "}" : token;
  }
  return { segments, properties };
}
