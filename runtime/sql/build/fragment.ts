// `sql`: SQL text written as a template, whose values become parameters and whose SQL stays SQL, so that pieces can be
// put together safely. Only what this package makes counts as SQL: an object from JSON is a value, and refused.
import { ArgumentError } from "../../errors/errors.js";
import { unknownType } from "../../types/declared-type.js";
import { describeValue } from "../../types/describe-value.js";
import { type RawSql, sql as schemaSql } from "../../types/raw-sql.js";
import type { SqlType } from "../../types/sql-type.js";
import { fragmentNode, identifierNode } from "../ast/advanced-expressions.js";
import { listBindNode } from "../ast/expressions.js";
import type { ExpressionNode, FragmentNode, IdentifierNode, NamedFromNode } from "../ast/nodes.js";
import type { Fragment } from "../typing.js";
import { argumentNode, mappedEntityOf } from "./coerce.js";
import { elementOf, SqlElement, typed } from "./element.js";
import { Expression } from "./expression.js";

/** A name inside a fragment. */
class IdentifierElement extends SqlElement {
  readonly node: IdentifierNode;

  constructor(node: IdentifierNode) {
    super();
    this.node = node;
  }

  get role(): "text" {
    return "text";
  }
}

class FragmentElement extends Expression<FragmentNode> {
  get kind(): "text" {
    return "text";
  }
}

/** What may stand in `sql\`…\`` between the texts. */
function partOf(value: unknown): FragmentNode["parts"][number] {
  const node = elementOf(value)?.node;
  switch (node?.kind) {
    case "table":
    case "alias":
    case "values":
    case "cte":
    case "tableFunction":
    case "combined":
    case "identifier":
      return node;
    case undefined:
      return valuePart(value);
    default:
      return argumentNode(value);
  }
}

function valuePart(value: unknown): ExpressionNode | NamedFromNode {
  const entity = mappedEntityOf(value);
  if (entity !== null) return entity.from;
  return Array.isArray(value) ? listBindNode("param", unknownType, value.slice()) : argumentNode(value);
}

/** True for what a template literal passes to its tag: no JSON has an array with a `raw`. */
function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && "raw" in value && Array.isArray(value.raw);
}

/** The tag, and the function for fragments of a schema. */
interface SqlTag {
  /**
   * SQL text as a template: `sql\`lower(${User.name}) = ${value}\``. Values become parameters, an array a list in
   * parentheses; columns, expressions and selects stand as SQL, tables and classes as names. `T` is what it gives.
   */
  <T = unknown>(strings: TemplateStringsArray, ...parts: unknown[]): Fragment<T>;
  /** A fragment for a schema (a default, a check), or one a dialect: `sql({ default: "now()", sqlite: "…" })`. */
  (variants: Parameters<typeof schemaSql>[0]): RawSql;
  /** A name, quoted as the dialect does: `sql.identifier("public", "users")`. */
  identifier(...path: [string, ...string[]]): SqlElement;
  /** Text as it is: never from input. */
  raw<T = unknown>(text: string): Fragment<T>;
  /** Pieces with `separator` between them, `, ` where left out. */
  join(parts: readonly unknown[], separator?: Fragment<unknown>): Fragment<unknown>;
  /** The fragment with the type of what it gives: values are then read as that type's. */
  typed<T>(fragment: Fragment<unknown>, type: SqlType<T>): Fragment<T>;
}

function tag(strings: unknown, ...parts: unknown[]): unknown {
  if (!isTemplate(strings)) return schemaSql(strings as Parameters<typeof schemaSql>[0]); // which checks it
  return fragment(strings, parts.map(partOf));
}

function fragment(
  segments: readonly string[],
  parts: FragmentNode["parts"],
  type: SqlType = unknownType,
): FragmentElement {
  if (segments.some((segment) => segment.includes("\0")))
    throw new ArgumentError("SQL text cannot hold a NUL character");
  return new FragmentElement(fragmentNode([...segments], parts, type));
}

function join(parts: readonly unknown[], separator?: unknown): FragmentElement {
  if (!Array.isArray(parts) || parts.length === 0)
    throw new ArgumentError("sql.join() takes an array of one piece or more");
  if (separator === undefined) return fragment(["", ...parts.slice(1).map(() => ", "), ""], parts.map(partOf));
  const between = partOf(separator);
  const joined = parts.flatMap((part, index) => (index === 0 ? [partOf(part)] : [between, partOf(part)]));
  return fragment(["", ...joined.map(() => "")], joined);
}

function raw(text: string): FragmentElement {
  if (typeof text !== "string" || text.trim() === "")
    throw new ArgumentError(`sql.raw() takes SQL text, got ${describeValue(text)}`);
  return fragment([text], []);
}

function identifier(...path: readonly string[]): IdentifierElement {
  if (path.length === 0) throw new ArgumentError("sql.identifier() needs a name");
  return new IdentifierElement(identifierNode(path));
}

function withType(value: unknown, type: SqlType): FragmentElement {
  if (!(value instanceof FragmentElement)) throw new ArgumentError("sql.typed() takes what sql`…` makes");
  return new FragmentElement(fragmentNode(value.node.segments, value.node.parts, type));
}

export const sql: SqlTag = typed(Object.assign(tag, { identifier, raw, join, typed: withType }));
