// Tables, classes and relationships as what rows come from, and the ON conditions that foreign keys imply.
import { ArgumentError, InvalidRequestError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { RELATIONSHIP } from "../ast/brand.js";
import { binaryNode, junctionNode } from "../ast/expressions.js";
import { namedFroms } from "../ast/froms.js";
import { freshKey, internPair } from "../ast/intern.js";
import type {
  ColumnNode,
  ExpressionNode,
  ForeignKeyNode,
  FromNode,
  JoinableRelationship,
  MappedEntity,
  NamedFromNode,
  RelationshipJoin,
  RowDefault,
  TableNode,
} from "../ast/nodes.js";
import { mappedEntityOf } from "./coerce.js";
import { elementOf, SqlElement } from "./element.js";

/** A source of rows; the schema's `Table` is one. */
export class SourceElement<Node extends NamedFromNode = NamedFromNode> extends SqlElement {
  readonly node: Node;

  constructor(node: Node) {
    super();
    this.node = node;
  }

  get role(): "source" {
    return "source";
  }
}

/** The table, alias, CTE or class as a source of rows. */
export function sourceNode(value: unknown, where: string): NamedFromNode {
  const element = elementOf(value);
  if (element instanceof SourceElement) return element.node;
  const node = element?.node;
  const entity = node === undefined ? mappedEntityOf(value) : null;
  if (entity !== null) return entity.from;
  throw new ArgumentError(`${where} takes a table or a mapped class, got ${describeValue(value)}`);
}

/** The class that is written, where its rows lie in several tables. */
export function scatteredClass(value: unknown): MappedEntity | null {
  const entity = elementOf(value) === null ? mappedEntityOf(value) : null;
  return entity?.isScattered === true ? entity : null;
}

/** The table that rows are written to; of a class in joined tables, the last of them. */
export function targetTable(value: unknown, where: string): TableNode {
  const node = sourceNode(value, where);
  if (node.kind === "table") return node;
  if (node.kind === "combined" && node.element === undefined && where !== "insert()") {
    const own = namedFroms(node.join).findLast((from) => from.kind === "table");
    if (own !== undefined) return own;
  }
  throw new ArgumentError(
    `${where} writes to a table, not to ${node.kind === "alias" ? "its alias " : ""}'${node.name}'`,
  );
}

/** The conditions by which a select tells a class's rows from those of the classes that share its table. */
export function classCriteria(value: unknown): readonly ExpressionNode[] {
  return mappedEntityOf(value)?.criteria ?? [];
}

/** The same for an UPDATE or DELETE. */
export function writeCriteria(value: unknown): readonly ExpressionNode[] {
  return mappedEntityOf(value)?.writeCriteria ?? [];
}

/** What inserted rows of a class say of themselves. */
export function rowDefaults(value: unknown): readonly RowDefault[] {
  return mappedEntityOf(value)?.rowDefaults ?? [];
}

/** The joins that a relationship attribute stands for; null for anything else. */
export function relationshipJoin(value: unknown): RelationshipJoin | null {
  if (typeof value !== "object" || value === null || value instanceof SourceElement || !(RELATIONSHIP in value)) {
    return null;
  }
  return (value as JoinableRelationship)[RELATIONSHIP](); // the brand is the ORM's, which implements the interface
}

/**
 * The ON condition between what is there and `right`, from the foreign keys of either side.
 * Throws `InvalidRequestError` where there is no foreign key, or more than one.
 */
export function inferredOn(left: FromNode, right: NamedFromNode): ExpressionNode {
  const pair = internPair(internPair(INFERRED, left.key), right.key);
  const known = knownJoins.get(pair);
  if (known !== undefined) return known;
  const found: ExpressionNode[] = [];
  addKeyConditions(left, right, found);
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    if (knownJoins.size >= KNOWN_CAPACITY) knownJoins.clear();
    knownJoins.set(pair, only);
    return only;
  }
  const names = namedFroms(left)
    .map((from) => `'${from.name}'`)
    .join(", ");
  throw new InvalidRequestError(
    only === undefined
      ? `no foreign key joins '${right.name}' to ${names}; pass the ON condition to join()`
      : `${found.length} foreign keys join '${right.name}' to ${names}; pass the ON condition to join()`,
  );
}

/** True where some foreign key joins the two. */
export function isJoinable(left: FromNode, right: NamedFromNode): boolean {
  const found: ExpressionNode[] = [];
  addKeyConditions(left, right, found);
  return found.length > 0;
}

function addKeyConditions(left: FromNode, right: NamedFromNode, into: ExpressionNode[]): void {
  if (left.kind === "join") {
    addKeyConditions(left.left, right, into);
    addKeyConditions(left.right, right, into);
    return;
  }
  for (const condition of keyConditions(left, right)) into.push(condition);
  for (const condition of keyConditions(right, left)) into.push(condition);
}

const INFERRED = freshKey();
/** What joins what, by the pair of sources: a few tables are joined over and over. */
const knownJoins = new Map<number, ExpressionNode>();
const KNOWN_CAPACITY = 1000;

/** One condition for each foreign key of `source` that refers to `target`. */
function keyConditions(source: NamedFromNode, target: NamedFromNode): readonly ExpressionNode[] {
  const table = tableOf(source);
  const referred = tableOf(target);
  if (table === null || referred === null) return [];
  return table.foreignKeys
    .filter((key) => key.targetTable === referred.name && key.targetSchema === referred.schema)
    .map((key) => keyCondition(key, source, target));
}

function keyCondition(key: ForeignKeyNode, source: NamedFromNode, target: NamedFromNode): ExpressionNode {
  const pairs = key.columns.map((name, index) =>
    binaryNode("eq", columnNamed(target, key.targetColumns[index] ?? ""), columnNamed(source, name)),
  );
  const [only] = pairs;
  return only !== undefined && pairs.length === 1 ? only : junctionNode("and", pairs);
}

function tableOf(from: NamedFromNode): TableNode | null {
  if (from.kind === "table") return from;
  return from.kind === "alias" && from.element.kind === "table" ? from.element : null;
}

function columnNamed(from: NamedFromNode, name: string): ColumnNode {
  const column = from.columns.find((each) => each.name === name);
  if (column === undefined)
    throw new ArgumentError(`'${from.name}' has no column '${name}', which a foreign key names`);
  return column;
}

/** The column behind a property of a table or class, for values given as objects. */
export function columnOfProperty(from: NamedFromNode, property: string, where: string): ColumnNode {
  const column = from.columns.find((each) => each.property === property);
  if (column !== undefined) return column;
  const known = from.columns.map((each) => each.property).join(", ");
  throw new ArgumentError(`${where}: '${from.name}' has no column '${property}'; it has ${known}`);
}
