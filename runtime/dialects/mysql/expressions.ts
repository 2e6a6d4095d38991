// Expressions that MySQL and MariaDB write otherwise than the common form. Wherever both servers read one form, it is
// that one: a `mysql://` URL may lead to a MariaDB.
import { CompileError } from "../../errors/errors.js";
import { typeOfExpression } from "../../sql/ast/expression-type.js";
import type {
  BinaryNode,
  CastNode,
  DateShiftNode,
  ExpressionNode,
  ExtractNode,
  FunctionNode,
  JsonNode,
} from "../../sql/ast/nodes.js";
import type { ExpressionOverrides, OperandWriter } from "../../sql/compile/sql-dialect.js";
import { UNIT_WORDS } from "../../sql/compile/write-advanced.js";
import { PRECEDENCE } from "../../sql/operators.js";
import { mysqlCodec } from "./types.js";

/** JSON as one of the two servers knows it. */
interface JsonForms {
  /** What documents are cast to. */
  readonly cast: string;
  /** The document `null`. */
  readonly nullDocument: string;
}

/** Makes a division or an average one of doubles: of whole numbers, the servers keep four digits after the point. */
const AS_DOUBLE = "0E0";

export function mysqlOverrides(json: JsonForms): ExpressionOverrides {
  return {
    binary,
    function: functionCall,
    cast: (node, writer) => cast(node, writer, json),
    json: (node, writer) => jsonValue(node, writer, json),
    extract,
    dateShift,
  };
}

function binary(node: BinaryNode, writer: OperandWriter): string | null {
  switch (node.operator) {
    case "concat":
      return `concat(${concatenated(node)
        .map((each) => writer.write(each))
        .join(", ")})`;
    case "divide":
      return division(node, writer);
    case "is":
    case "isNot":
      // IS takes NULL, TRUE and FALSE alone.
      return node.right.kind === "constant" ? null : sameness(node, writer, node.operator === "is");
    case "isDistinct":
    case "isNotDistinct":
      return sameness(node, writer, node.operator === "isNotDistinct");
    case "match":
      return `MATCH (${writer.write(node.left)}) AGAINST (${writer.write(node.right)})`;
    case "arrayContains":
    case "arrayContainedBy":
    case "arrayOverlap":
      throw new CompileError("MySQL and MariaDB have no arrays; use JSON");
    default:
      return null;
  }
}

/** The parts of `a || b || c`. */
function concatenated(node: ExpressionNode): readonly ExpressionNode[] {
  if (node.kind !== "binary" || node.operator !== "concat") return [node];
  return [...concatenated(node.left), ...concatenated(node.right)];
}

function division(node: BinaryNode, writer: OperandWriter): string {
  const left = writer.operand(node.left, PRECEDENCE.multiplicative);
  const isDecimal = [node, node.left, node.right].some((each) => typeOfExpression(each).logical.kind === "numeric");
  if (isDecimal) return `${left} / ${writer.operand(node.right, PRECEDENCE.multiplicative + 1)}`;
  return `${left} / (${writer.operand(node.right, PRECEDENCE.additive)} + ${AS_DOUBLE})`;
}

/** Equal, or both NULL. */
function sameness(node: BinaryNode, writer: OperandWriter, same: boolean): string {
  const [left, right] = [node.left, node.right].map((each) => writer.operand(each, PRECEDENCE.comparison + 1));
  return same ? `${left} <=> ${right}` : `NOT (${left} <=> ${right})`;
}

const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["length", "char_length"],
  ["random", "rand"],
]);

function functionCall(node: FunctionNode, writer: OperandWriter): string | null {
  const [operand] = node.operands;
  if (node.name === "avg" && operand !== undefined && typeOfExpression(operand).logical.kind !== "numeric") {
    const distinct = node.distinct ? "DISTINCT " : "";
    return `avg(${distinct}${writer.operand(operand, PRECEDENCE.additive)} + ${AS_DOUBLE})`;
  }
  const [, separator] = node.operands;
  if (node.name === "aggregate_strings" && operand !== undefined && separator?.kind === "raw") {
    return `group_concat(${writer.write(operand)} SEPARATOR ${separator.text.replaceAll("\\", "\\\\")})`;
  }
  const name = OTHER_NAMES.get(node.name);
  return name === undefined ? null : `${name}(${node.operands.map((each) => writer.write(each)).join(", ")})`;
}

/** CAST has words of its own for types. None says a length, to which a cast would cut without a word. */
function cast(node: CastNode, writer: OperandWriter, json: JsonForms): string {
  if (node.type.logical.kind === "boolean") {
    return `(${writer.operand(node.operand, PRECEDENCE.comparison + 1)} != 0)`;
  }
  return `CAST(${writer.write(node.operand)} AS ${castType(node, json)})`;
}

function castType({ type }: CastNode, json: JsonForms): string {
  const { logical } = type;
  switch (logical.kind) {
    case "smallint":
    case "integer":
    case "bigint":
      return logical.unsigned === true ? "UNSIGNED" : "SIGNED";
    case "real":
    case "double":
      return "DOUBLE";
    case "char":
    case "varchar":
    case "text":
    case "uuid":
    case "enum":
      return "CHAR";
    case "bytes":
    case "binary":
    case "varbinary":
      return "BINARY";
    case "timestamp":
    case "timestamptz":
      return `DATETIME(${logical.precision ?? 6})`;
    case "json":
    case "jsonb":
      return json.cast;
    case "null":
      throw new CompileError("a cast needs a type");
    default:
      return mysqlCodec(type).ddl;
  }
}

/** Read as anything but JSON, the document `null` is NULL. */
function jsonValue(node: JsonNode, writer: OperandWriter, json: JsonForms): string {
  const document = `JSON_EXTRACT(${writer.write(node.operand)}, ${writer.write(node.path)})`;
  if (node.reading === "json") return document;
  const text = `JSON_UNQUOTE(NULLIF(${document}, ${json.nullDocument}))`;
  switch (node.reading) {
    case "text":
      return text;
    case "boolean":
      return `(${text} = 'true')`;
    case "integer":
      return `CAST(${text} AS SIGNED)`;
    case "double":
      return `CAST(${text} AS DOUBLE)`;
  }
}

function extract(node: ExtractNode, writer: OperandWriter): string | null {
  const operand = writer.write(node.operand);
  switch (node.field) {
    case "dow":
      return `(DAYOFWEEK(${operand}) - 1)`;
    case "doy":
      return `DAYOFYEAR(${operand})`;
    case "week":
      // ISO's weeks, from Monday.
      return `WEEK(${operand}, 3)`;
    case "epoch":
      return `UNIX_TIMESTAMP(${operand})`;
    default:
      return `EXTRACT(${node.field} FROM ${operand})`;
  }
}

function dateShift(node: DateShiftNode, writer: OperandWriter): string {
  const operand = writer.operand(node.operand, PRECEDENCE.additive);
  return `${operand} + INTERVAL ${writer.operand(node.amount, PRECEDENCE.atom)} ${UNIT_WORDS[node.unit]}`;
}
