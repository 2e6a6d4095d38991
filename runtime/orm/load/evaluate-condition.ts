// The condition of an UPDATE or DELETE worked out in memory, for the session's own objects: only what every database
// answers as JavaScript does. Anything else is left to the database.
import { UNSET } from "../../sql/ast/expressions.js";
import type { BinaryNode, ExpressionNode, TableNode } from "../../sql/ast/nodes.js";
import type { SqlType } from "../../types/sql-type.js";
import { type Entity } from "../entity.js";
import { type Mapper, readField } from "../mapper.js";

/** SQL's answer, null for unknown; undefined where the object has not loaded what decides. */
type Answer = boolean | null | undefined;

/** Works out one object's answer. */
type EvaluatedCondition = (entity: Entity) => Answer;

/** A value of one object; undefined where it is not loaded. */
type EvaluatedValue = (entity: Entity) => unknown;

/** Compared alike everywhere. */
const numeric: ReadonlySet<string> = new Set(["smallint", "integer", "bigint", "boolean"]);
/** Compared by a collation, which may take different texts for the same. */
const textual: ReadonlySet<string> = new Set(["varchar", "text", "enum", "uuid"]);

/**
 * The conjunction of the conditions; null where it has to be left to the database.
 * @param texts also texts, whose equality is a matter of the column's collation
 */
export function evaluatedCondition(
  conditions: readonly ExpressionNode[],
  mapper: Mapper,
  texts: boolean,
): EvaluatedCondition | null {
  const evaluator = new Evaluator(mapper, texts);
  const each = conditions.map((condition) => evaluator.condition(condition));
  return each.every((one) => one !== null) ? allOf(each) : null;
}

/** A value that does not depend on the row, as an attribute can hold it; undefined for any other expression. */
export function constantValue(node: ExpressionNode): unknown {
  if (node.kind === "bind" && !node.expanding && node.value !== UNSET) return node.value;
  if (node.kind !== "constant") return undefined;
  return node.value === "null" ? null : node.value === "true" ? true : node.value === "false" ? false : undefined;
}

class Evaluator {
  readonly #mapper: Mapper;
  readonly #table: TableNode;
  readonly #texts: boolean;

  constructor(mapper: Mapper, texts: boolean) {
    this.#mapper = mapper;
    this.#table = mapper.table;
    this.#texts = texts;
  }

  condition(node: ExpressionNode): EvaluatedCondition | null {
    switch (node.kind) {
      case "constant": {
        const value = constantValue(node);
        return typeof value === "boolean" ? () => value : null;
      }
      case "junction": {
        const operands = node.operands.map((operand) => this.condition(operand));
        if (!operands.every((operand) => operand !== null)) return null;
        return node.operator === "and" ? allOf(operands) : anyOf(operands);
      }
      case "unary": {
        const operand = node.operator === "not" ? this.condition(node.operand) : null;
        return operand === null ? null : (entity) => not(operand(entity));
      }
      case "binary":
        return this.#comparison(node);
      default:
        return null;
    }
  }

  #comparison({ operator, left, right }: BinaryNode): EvaluatedCondition | null {
    const value = this.#value(left);
    if (value === null) return null;
    if (operator === "is" || operator === "isNot") {
      if (constantValue(right) !== null) return null;
      const wanted = operator === "is";
      return (entity) => {
        const found = value(entity);
        return found === undefined ? undefined : (found === null) === wanted;
      };
    }
    if (operator === "in" || operator === "notIn") {
      const among = listed(right);
      if (among === null) return null;
      return (entity) => {
        const found = value(entity);
        if (found === undefined || found === null) return found;
        return among.has(plain(found)) === (operator === "in");
      };
    }
    const compare = comparisons.get(operator);
    const other = this.#value(right);
    const isOrder = operator !== "eq" && operator !== "ne";
    if (compare === undefined || other === null || (isOrder && (isTextual(left) || isTextual(right)))) return null;
    return (entity) => {
      const [a, b] = [value(entity), other(entity)];
      if (a === undefined || b === undefined) return undefined;
      return a === null || b === null ? null : compare(plain(a), plain(b));
    };
  }

  #value(node: ExpressionNode): EvaluatedValue | null {
    if (node.kind === "column") {
      const slot = this.#mapper.slots.find(({ column }) => column === node);
      if (node.table !== this.#table || slot === undefined || !this.#knows(node.type)) return null;
      return (entity) => readField(entity, slot.field);
    }
    const value = constantValue(node);
    if (value === undefined || (typeof value === "string" && !this.#texts)) return null;
    return value === null || typeof value !== "object" ? () => value : null;
  }

  #knows({ logical: { kind } }: SqlType): boolean {
    return numeric.has(kind) || (this.#texts && textual.has(kind));
  }
}

/** Numbers of any size compare alike. */
type Comparable = number | bigint | string;

const comparisons = new Map<string, (a: Comparable, b: Comparable) => boolean>([
  // Between a number and a bigint, equality is that of their values.
  ["eq", (a, b) => a === b || (typeof a !== "string" && typeof b !== "string" && a == b)],
  ["ne", (a, b) => !(a === b || (typeof a !== "string" && typeof b !== "string" && a == b))],
  ["lt", (a, b) => a < b],
  ["le", (a, b) => a <= b],
  ["gt", (a, b) => a > b],
  ["ge", (a, b) => a >= b],
]);

function plain(value: unknown): Comparable {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint" && BigInt(Number(value)) === value) return Number(value);
  return typeof value === "number" || typeof value === "bigint" ? value : String(value);
}

/** The values of an IN list without NULL, in which a miss would be unknown. */
function listed(node: ExpressionNode): ReadonlySet<Comparable> | null {
  if (node.kind !== "bind" || !node.expanding || node.tuple !== undefined || !Array.isArray(node.value)) return null;
  const values: readonly unknown[] = node.value;
  const known = values.every((value) => typeof value !== "object" && value !== undefined);
  return known ? new Set(values.map(plain)) : null;
}

function isTextual(node: ExpressionNode): boolean {
  return "type" in node && textual.has(node.type.logical.kind);
}

function not(answer: Answer): Answer {
  return typeof answer === "boolean" ? !answer : answer;
}

/** False decides; then what is not loaded leaves it open; then what is unknown. */
function allOf(conditions: readonly EvaluatedCondition[]): EvaluatedCondition {
  return (entity) => {
    const answers = new Set(conditions.map((condition) => condition(entity)));
    if (answers.has(false)) return false;
    if (answers.has(undefined)) return undefined;
    return answers.has(null) ? null : true;
  };
}

function anyOf(conditions: readonly EvaluatedCondition[]): EvaluatedCondition {
  const all = allOf(conditions.map((condition) => (entity) => not(condition(entity))));
  return (entity) => not(all(entity));
}
