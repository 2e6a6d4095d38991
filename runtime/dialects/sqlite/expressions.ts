// The expressions that SQLite writes in its own way: division, comparisons that know NULL, parts of dates and dates
// moved, and JSON.
import { CompileError } from "../../errors/errors.js";
import { typeOfExpression } from "../../sql/ast/expression-type.js";
import type { BinaryNode, DateShiftNode, ExtractNode, JsonNode } from "../../sql/ast/nodes.js";
import type { ExpressionOverrides, OperandWriter } from "../../sql/compile/sql-dialect.js";
import { PRECEDENCE } from "../../sql/operators.js";

export const sqliteOverrides: ExpressionOverrides = {
  binary(node, writer) {
    switch (node.operator) {
      case "divide":
        return division(node, writer);
      case "isDistinct":
        return comparison(node, "IS NOT", writer);
      case "isNotDistinct":
        return comparison(node, "IS", writer);
      case "bitXor":
        return exclusiveOr(node, writer);
      case "arrayContains":
      case "arrayContainedBy":
      case "arrayOverlap":
        throw new CompileError("SQLite has no arrays; use JSON");
      default:
        return null;
    }
  },
  extract: extraction,
  dateShift,
  json: jsonValue,
};

/** Whole numbers would be divided without their fraction. */
function division(node: BinaryNode, writer: OperandWriter): string {
  const left = writer.operand(node.left, PRECEDENCE.multiplicative);
  return `${left} / (${writer.operand(node.right, PRECEDENCE.additive)} + 0.0)`;
}

function comparison(node: BinaryNode, word: string, writer: OperandWriter): string {
  const [left, right] = [node.left, node.right].map((part) => writer.operand(part, PRECEDENCE.comparison + 1));
  return `${left} ${word} ${right}`;
}

/** There is no operator for it: what either has, without what both have. */
function exclusiveOr(node: BinaryNode, writer: OperandWriter): string {
  const [left, right] = [node.left, node.right].map((part) => writer.operand(part, PRECEDENCE.atom));
  return `((${left} | ${right}) - (${left} & ${right}))`;
}

const FORMATS: Readonly<Record<Exclude<ExtractNode["field"], "quarter">, string>> = {
  year: "%Y",
  month: "%m",
  week: "%V",
  day: "%d",
  dow: "%w",
  doy: "%j",
  hour: "%H",
  minute: "%M",
  second: "%S",
  epoch: "%s",
};

function extraction({ field, operand }: ExtractNode, writer: OperandWriter): string {
  const text = writer.write(operand);
  if (field === "quarter") return `((CAST(strftime('%m', ${text}) AS INTEGER) + 2) / 3)`;
  return `CAST(strftime('${FORMATS[field]}', ${text}) AS INTEGER)`;
}

/** What each type is stored as: the part that is calculated with, and how long it is before the fraction. */
const CLOCKS: ReadonlyMap<string, { readonly format: string; readonly length: number }> = new Map([
  ["time", { format: "%H:%M:%S", length: 8 }],
  ["timestamp", { format: "%Y-%m-%dT%H:%M:%S", length: 19 }],
  ["timestamptz", { format: "%Y-%m-%dT%H:%M:%S", length: 19 }],
]);

/** A day that the month lacks is its last one. The fraction of the second stays as it is. */
function dateShift({ operand, unit, amount }: DateShiftNode, writer: OperandWriter): string {
  const value = writer.write(operand);
  const count = writer.operand(amount, PRECEDENCE.atom);
  const step = unit === "weeks" ? `(${count} * 7) || ' days'` : `${count} || ' ${unit}'`;
  const modifiers = unit === "months" || unit === "years" ? `${step}, 'floor'` : step;
  const clock = CLOCKS.get(typeOfExpression(operand).logical.kind);
  if (clock === undefined) return `date(${value}, ${modifiers})`;
  const { format, length } = clock;
  return `(strftime('${format}', substr(${value}, 1, ${length}), ${modifiers}) || substr(${value}, ${length + 1}))`;
}

function jsonValue(node: JsonNode, writer: OperandWriter): string {
  const document = writer.operand(node.operand, PRECEDENCE.atom);
  const path = writer.jsonPath(node);
  switch (node.reading) {
    case "json":
      return `${document} -> ${path}`;
    case "text":
      return `CAST(${document} ->> ${path} AS TEXT)`;
    case "integer":
    case "boolean":
      return `CAST(${document} ->> ${path} AS INTEGER)`;
    case "double":
      return `CAST(${document} ->> ${path} AS REAL)`;
  }
}
