// What may stand where: arguments of the public functions to nodes, or an error that says what to write instead.
import { ArgumentError, InvalidValueError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { CustomType } from "../../types/custom-type.js";
import { unknownType } from "../../types/declared-type.js";
import type { SqlType } from "../../types/sql-type.js";
import { Double } from "../../types/types.js";
import { typeForValue } from "../../types/value-type.js";
import { ENTITY } from "../ast/brand.js";
import { typeOfExpression } from "../ast/expression-type.js";
import { bindNode, columnBindNode, listBindNode, NULL, subqueryNode, labelNode } from "../ast/expressions.js";
import type {
  AnyNode,
  ExpressionNode,
  FromNode,
  MappedEntity,
  RestrictingOption,
  SelectItem,
  SelectNode,
} from "../ast/nodes.js";
import { bareSelect, copySelect } from "../ast/statements.js";
import { entityNode } from "../ast/tables.js";
import type { BinaryOperator } from "../operators.js";
import { elementOf, OperandElement } from "./element.js";

const DOUBLE: SqlType = Double().type;

/** The mapping of a mapped class or of an alias of one; null for anything else. */
export function mappedEntityOf(value: unknown): MappedEntity | null {
  if (value === null || (typeof value !== "function" && typeof value !== "object")) return null;
  const mapper: unknown = Reflect.get(value, "$mapper");
  if (typeof mapper !== "object" || mapper === null || Reflect.get(mapper, ENTITY) !== true) return null;
  return mapper as MappedEntity; // the brand is the ORM's, which implements the interface
}

/** An operand that is SQL already; null for a plain value. */
function sqlOperand(value: unknown): ExpressionNode | null {
  if (value instanceof OperandElement) return value.node;
  const element = elementOf(value);
  if (element === null) return null;
  const { node } = element;
  if (node.kind === "select") return subqueryNode(partNode(node), selectType(node));
  if (node.kind === "text") return node;
  throw new ArgumentError(`${describeElement(node)} cannot be an operand`);
}

/** A select as a part of another statement: what its options demand of its rows is written into it. */
export function partNode(select: SelectNode): SelectNode {
  let part = select;
  for (const option of select.options) if (isRestricting(option)) part = option.restrict(part);
  return part;
}

function isRestricting(option: object): option is RestrictingOption {
  return "restrict" in option;
}

/** The type of a select's one column. */
export function selectType(select: SelectNode): SqlType {
  const [item] = select.items;
  if (item === undefined || select.items.length !== 1 || item.kind === "entity") {
    throw new ArgumentError("a subquery used as a value selects exactly one column");
  }
  return typeOfExpression(item);
}

/**
 * The other side of an operator: SQL as it is, any other value bound with the type of `against`.
 * `undefined` is an error, because a condition that went missing must not widen a statement.
 */
export function operandNode(value: unknown, against: ExpressionNode): ExpressionNode {
  if (typeof value === "object" && value !== null) {
    const node = sqlOperand(value);
    if (node !== null) return node;
  }
  if (value === undefined) {
    throw new InvalidValueError(
      `undefined was given as the value for ${describeElement(against)}; pass null where NULL is meant, ` +
        "or leave the condition out",
    );
  }
  if (value === null) return NULL;
  const type = typeOfExpression(against);
  if (isBeyondInteger(value, type)) return bindNode(bindName(against), typeForValue(value), value);
  if (against.kind === "column") return columnBindNode(against, value);
  return bindNode(bindName(against), type.logical.kind === "null" ? typeForValue(value) : type, value);
}

/** A list of values to be compared with this expression. */
export function listNode(values: readonly unknown[], against: ExpressionNode): ExpressionNode {
  const type = typeOfExpression(against);
  const beyond = values.some((value) => isBeyondInteger(value, type));
  return listBindNode(bindName(against), beyond ? unknownType : type, values.slice());
}

/** Whole numbers are compared and calculated with numbers of any kind, such as 1.5, which they cannot hold. */
function isBeyondInteger(value: unknown, type: SqlType): boolean {
  return typeof value === "number" && (value | 0) !== value && isInteger(type);
}

function isInteger(type: SqlType): boolean {
  const { kind } = type.logical;
  return (kind === "integer" || kind === "smallint") && CustomType.of(type) === null;
}

/** The type of `left operator right`: the left side's, but fractions make whole numbers floating point. */
export function calculatedType(operator: BinaryOperator, left: ExpressionNode, right: ExpressionNode): SqlType {
  const type = typeOfExpression(left);
  if (!isInteger(type) || operator === "floorDivide") return type;
  const other = typeOfExpression(right);
  return operator === "divide" || other.logical.kind === "double" || other.logical.kind === "real" ? DOUBLE : type;
}

/** What a value compared with this expression is called. */
function bindName(node: ExpressionNode): string {
  switch (node.kind) {
    case "column":
      return node.property;
    case "function":
    case "label":
      return node.name;
    default:
      return "param";
  }
}

/** An expression for a function's argument: SQL as it is, other values bound by what they are. */
export function argumentNode(value: unknown): ExpressionNode {
  const node = sqlOperand(value);
  if (node !== null) return node;
  if (value === undefined) throw new InvalidValueError("undefined was given as a SQL value; pass null for NULL");
  return value === null ? NULL : bindNode("param", typeForValue(value), value);
}

/** An expression that is SQL; other values are refused. */
export function requireExpression(value: unknown, where: string): ExpressionNode {
  const node = sqlOperand(value);
  if (node !== null) return node;
  throw new ArgumentError(`${where} takes SQL expressions, got ${describeArgument(value)}`);
}

/** A condition; a JavaScript boolean is what `===` leaves behind. */
export function conditionNode(value: unknown, where: string): ExpressionNode {
  if (value instanceof OperandElement && value.role === "condition") return value.node;
  const element = elementOf(value);
  if (element !== null && (element.node.kind === "text" || element.node.kind === "fragment")) return element.node;
  if (typeof value === "boolean") {
    throw new ArgumentError(
      `${where} takes SQL conditions, got the boolean ${value}: === compares in JavaScript; write User.name.eq(value)`,
    );
  }
  if (value === undefined) {
    throw new ArgumentError(`${where} was given undefined: leave the argument out where there is no condition`);
  }
  if (element !== null) {
    throw new ArgumentError(
      `${where} takes conditions, got ${describeElement(element.node)}; compare it, as with .eq()`,
    );
  }
  throw new ArgumentError(`${where} takes conditions such as User.name.eq("x"), got ${describeValue(value)}`);
}

/** The items of a select list: expressions, entities, and tables as all their columns. */
export function selectItems(values: readonly unknown[], where: string): readonly SelectItem[] {
  return collectItems(values, where, []);
}

/** A select of these values, which reads of each class no rows but its own. */
export function selectOf(values: readonly unknown[], where: string): SelectNode {
  const criteria: ExpressionNode[] = [];
  const select = bareSelect(collectItems(values, where, criteria));
  return criteria.length === 0 ? select : Object.assign(copySelect(select), { where: criteria });
}

function collectItems(values: readonly unknown[], where: string, criteria: ExpressionNode[]): readonly SelectItem[] {
  if (values.length === 0) throw new ArgumentError(`${where} needs at least one column, table or class`);
  const items: SelectItem[] = [];
  for (const value of values) addItems(value, where, items, criteria);
  return items;
}

/**
 * The conditions of a select and those of classes that neither WHERE nor a join states: they state theirs with the same
 * objects each time.
 */
export function withConditions(
  { where, froms }: Pick<SelectNode, "where" | "froms">,
  more: readonly ExpressionNode[],
): readonly ExpressionNode[] {
  const added = more.filter((each) => !where.includes(each) && !froms.some((from) => isStatedIn(from, each)));
  return added.length === 0 ? where : [...where, ...added];
}

function isStatedIn(from: FromNode, condition: ExpressionNode): boolean {
  if (from.kind !== "join") return false;
  const { left, on } = from;
  return (on.kind === "junction" && on.operands.includes(condition)) || isStatedIn(left, condition);
}

function addCriteria(criteria: ExpressionNode[], more: readonly ExpressionNode[] = []): void {
  for (const each of more) if (!criteria.includes(each)) criteria.push(each);
}

function addItems(value: unknown, where: string, items: SelectItem[], criteria: ExpressionNode[]): void {
  const element = elementOf(value);
  if (element === null) {
    const entity = mappedEntityOf(value);
    if (entity !== null) {
      items.push(entityNode(entity));
      addCriteria(criteria, entity.criteria);
      return;
    }
    throw new ArgumentError(
      `${where} takes columns, expressions, tables and mapped classes, got ${describeValue(value)}`,
    );
  }
  addCriteria(criteria, element.criteria);
  const { node } = element;
  switch (node.kind) {
    case "table":
    case "alias":
    case "values":
    case "cte":
    case "tableFunction":
    case "combined":
      items.push(...node.columns);
      return;
    case "fragment":
      // A computed property of a class is called by its name.
      items.push("key" in element && typeof element.key === "string" ? labelNode(element.key, node) : node);
      return;
    default:
      items.push(requireExpression(value, where));
  }
}

/** What a caller gave: SQL, a mapped class or a plain value, in a few words. */
export function describeArgument(value: unknown): string {
  const element = elementOf(value);
  if (element !== null) return describeElement(element.node);
  const entity = mappedEntityOf(value);
  return entity === null ? describeValue(value) : `class ${entity.name}`;
}

export function describeElement(node: AnyNode): string {
  switch (node.kind) {
    case "column":
      return `column '${node.table === null ? "" : `${node.table.name}.`}${node.name}'`;
    case "table":
    case "alias":
    case "cte":
    case "values":
      return `${node.kind} '${node.name}'`;
    case "entity":
      return `class ${node.entity.name}`;
    case "function":
      return `function ${node.name}()`;
    default:
      return `a SQL ${node.kind}`;
  }
}
