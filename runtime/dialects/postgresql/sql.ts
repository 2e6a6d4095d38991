// How PostgreSQL's SELECT, INSERT, UPDATE and DELETE differ from the common form. Parameters say their type where the
// server could not tell it from what stands around them; a list of values is one array, so that its length is no part
// of the text.
import { typeOfExpression } from "../../sql/ast/expression-type.js";
import type { BinaryNode, BindNode, ExpressionNode, FunctionNode } from "../../sql/ast/nodes.js";
import { unknownType } from "../../types/declared-type.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import type { OperandWriter, SqlDialect } from "../../sql/compile/sql-dialect.js";
import { BINARY_OPERATORS, PRECEDENCE } from "../../sql/operators.js";
import { arrayText } from "./array-text.js";
import { quotePostgresqlIdentifier } from "./identifiers.js";
import { postgresqlCodec, postgresqlCodecFor } from "./types.js";

const WHOLE_NUMBERS: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);

/** Functions that take values of any type, so that nothing tells which one a text among them is of. */
const TAKES_ANYTHING =
  /^(concat|concat_ws|count|format|to_jsonb?|jsonb?_build_(array|object)|jsonb?_agg|array_agg|pg_typeof)$/i;

/** The type that a parameter says; text says none, because what the server cannot tell it takes for text. */
function saidType({ type }: BindNode): string | null {
  const { castName } = postgresqlCodec(type);
  return castName === "varchar" ? null : castName;
}

/** `x = ANY ($1)`: the list's length is no part of the text. */
function inList(node: BinaryNode, list: BindNode, writer: OperandWriter): string {
  const left = writer.operand(node.left, PRECEDENCE.comparison + 1);
  // A list whose values a whole number cannot hold, such as 1.5.
  const wider = isWiderThan(node.left, list) ? "::numeric[]" : "";
  const array = writer.arrayParameter(list, arrayText) + wider;
  return node.operator === "in" ? `${left} = ANY (${array})` : `${left} != ALL (${array})`;
}

/** Columns of many rows, each as one array; what else is unnested is written the common way. */
function unnest({ operands }: FunctionNode, writer: OperandWriter): string | null {
  const columns = operands.flatMap((each) => (each.kind === "bind" && each.expanding ? [each] : []));
  if (columns.length < operands.length) return null;
  const arrays = columns.map(
    (each) => writer.arrayParameter(each, arrayText) + (isUntypedText(each) ? "::varchar[]" : ""),
  );
  return `unnest(${arrays.join(", ")})`;
}

/** Operators that go by other signs than elsewhere. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["regexpMatch", "~"],
  ["notRegexpMatch", "!~"],
  ["bitXor", "#"],
]);

function symbolic(node: BinaryNode, symbol: string, writer: OperandWriter): string {
  const { left, right } = BINARY_OPERATORS[node.operator];
  return `${writer.operand(node.left, left)} ${symbol} ${writer.operand(node.right, right)}`;
}

function textSearch(node: BinaryNode, writer: OperandWriter): string {
  return `${writer.operand(node.left, PRECEDENCE.atom)} @@ plainto_tsquery(${writer.write(node.right)})`;
}

/** Without a cast, whole numbers would be divided without their fraction. */
function division(node: BinaryNode, writer: OperandWriter): string | null {
  if (!isWholeNumber(node.left) || !isWholeNumber(node.right)) return null;
  return `${writer.operand(node.left, PRECEDENCE.multiplicative)} / CAST(${writer.write(node.right)} AS NUMERIC)`;
}

/** A number beside a column that cannot hold it: the server would take it for one that the column can. */
function wideOperand(node: BinaryNode, writer: OperandWriter): string | null {
  const { left, right } = node;
  if (right.kind !== "bind" || !isWiderThan(left, right)) return null;
  const { symbol, left: demanded } = BINARY_OPERATORS[node.operator];
  return `${writer.operand(left, demanded)} ${symbol} ${writer.write(right)}::numeric`;
}

/** True for values found to be no whole number of 32 bits; a parameter that only lacks a type is the server's. */
function isWiderThan(left: ExpressionNode, { type, unique }: BindNode): boolean {
  return unique && type.logical.kind === "null" && isWholeNumber(left);
}

function isWholeNumber(node: ExpressionNode): boolean {
  return WHOLE_NUMBERS.has(typeOfExpression(node).logical.kind);
}

function isComposed(node: ExpressionNode): boolean {
  return node.kind === "tuple" || typeOfExpression(node).logical.kind === "array";
}

function isUntypedText(node: ExpressionNode): boolean {
  return node.kind === "bind" && node.type.logical.kind !== "null" && saidType(node) === null;
}

/** What is not written the common way: bytes, and the numbers that are words. */
export function literalOf(value: unknown): string | null {
  if (value instanceof Uint8Array) return String.raw`'\x${Buffer.from(value).toString("hex")}'::bytea`;
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return null;
  return `'${Object.is(value, -0) ? "-0" : String(value)}'::double precision`;
}

export const postgresqlSql: SqlDialect = {
  name: "postgresql",
  placeholder: (_name, position) => `$${position}`,
  parameterSuffix: (bind) => {
    const type = saidType(bind);
    return type === null ? "" : `::${type}${bind.expanding ? "[]" : ""}`;
  },
  quoteIdentifier: quotePostgresqlIdentifier,
  quoteLiteral,
  codecFor: postgresqlCodecFor,
  limitClause: ({ limit, offset }) => `\n LIMIT ${limit ?? "ALL"}${offset === null ? "" : ` OFFSET ${offset}`}`,
  emptyList: "NULL",
  valuesForm: "derived",
  returnsKeys: true,
  // An array of arrays would be unnested down to its values.
  columnArray: (type) => {
    const { castName } = postgresqlCodec(type);
    return castName === null || castName.endsWith("]") ? null : arrayText;
  },
  constants: new Map([
    ["now", "now()"],
    ["current_time", "LOCALTIME"],
  ]),
  functionNames: new Map([["aggregate_strings", "string_agg"]]),
  hasIlike: true,
  literal: literalOf,
  overrides: {
    binary(node, writer) {
      const { operator, right } = node;
      if (operator === "in" || operator === "notIn") {
        // An array holds values of one type, and a row is none; arrays in it would be one array of more dimensions.
        const isArray = right.kind === "bind" && right.expanding && !isComposed(node.left);
        return isArray ? inList(node, right, writer) : null;
      }
      if ((operator === "is" || operator === "isNot") && isUntypedText(node.left)) {
        return `${writer.write(node.left)}::text ${BINARY_OPERATORS[operator].symbol} ${writer.write(right)}`;
      }
      const word = WORDS.get(operator);
      if (word !== undefined) return symbolic(node, word, writer);
      if (operator === "match") return textSearch(node, writer);
      return operator === "divide" ? division(node, writer) : wideOperand(node, writer);
    },
    function(node, writer) {
      if (node.name === "unnest") return unnest(node, writer);
      if (!TAKES_ANYTHING.test(node.name) || !node.operands.some(isUntypedText)) return null;
      const operands = node.operands.map((each) => writer.write(each) + (isUntypedText(each) ? "::text" : ""));
      return `${node.name}(${node.distinct ? "DISTINCT " : ""}${operands.join(", ")})`;
    },
    // Even whole days make a timestamp of a date.
    dateShift: (node, writer) =>
      node.type.logical.kind === "date" ? `CAST(${writer.write({ ...node, type: unknownType })} AS DATE)` : null,
    extract: (node, writer) => `CAST(EXTRACT(${node.field} FROM ${writer.write(node.operand)}) AS INTEGER)`,
    // A length in a cast would cut the text off.
    cast(node, writer) {
      const { kind } = node.type.logical;
      if (kind !== "varchar" && kind !== "char") return null;
      return `CAST(${writer.write(node.operand)} AS ${kind === "char" ? "BPCHAR" : "VARCHAR"})`;
    },
  },
};
