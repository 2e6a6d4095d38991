// The rarer kinds of expressions to SQL text: windows and aggregates, JSON, dates, the database's own operators and
// text. Each function writes one kind; what a dialect writes otherwise is in its overrides.
import { CompileError } from "../../errors/errors.js";
import type {
  BindNode,
  DateShiftNode,
  ExpressionNode,
  FilterNode,
  FragmentNode,
  FunctionNode,
  GroupingNode,
  JsonNode,
  NamedFromNode,
  WindowNode,
} from "../ast/nodes.js";
import { caseNode, castNode, junctionNode, rawNode, STAR } from "../ast/expressions.js";
import { unknownType } from "../../types/declared-type.js";
import { PRECEDENCE } from "../operators.js";
import type { CompileContext } from "./compile-context.js";
import type { OperandWriter } from "./sql-dialect.js";

/** What these writers need of the compiler of expressions. */
interface PartWriter extends OperandWriter {
  readonly context: CompileContext;
  list(nodes: readonly ExpressionNode[]): string;
  conjunction(nodes: readonly ExpressionNode[]): string;
  sourceName(from: NamedFromNode): string;
}

export function writeWindow(node: WindowNode, compiler: PartWriter): string {
  const parts: string[] = [];
  if (node.partitionBy.length > 0) parts.push(`PARTITION BY ${compiler.list(node.partitionBy)}`);
  if (node.orderBy.length > 0) parts.push(`ORDER BY ${compiler.list(node.orderBy)}`);
  if (node.frame !== null) {
    const start = frameBound(node.frame.start, "PRECEDING");
    parts.push(`${node.frame.unit.toUpperCase()} BETWEEN ${start} AND ${frameBound(node.frame.end, "FOLLOWING")}`);
  }
  return `${compiler.write(node.operand)} OVER (${parts.join(" ")})`;
}

function frameBound(bound: number | null, unbounded: "PRECEDING" | "FOLLOWING"): string {
  if (bound === null) return `UNBOUNDED ${unbounded}`;
  if (bound === 0) return "CURRENT ROW";
  return bound < 0 ? `${-bound} PRECEDING` : `${bound} FOLLOWING`;
}

export function writeFilter(node: FilterNode, compiler: PartWriter): string {
  if (compiler.context.dialect.filter !== "case") {
    return `${compiler.write(node.operand)} FILTER (WHERE ${compiler.conjunction(node.conditions)})`;
  }
  return compiler.write(onlyWhere(node));
}

/** The aggregate over a CASE that is NULL where the conditions do not hold. */
function onlyWhere({ operand, conditions }: FilterNode): FunctionNode {
  const [argument, ...others] = operand.operands;
  const result = argument === undefined || argument === STAR ? rawNode("1", unknownType) : argument;
  const [first] = conditions;
  if (first === undefined) return operand;
  const condition = conditions.length === 1 ? first : junctionNode("and", conditions);
  return { ...operand, operands: [caseNode([{ condition, result }], null, unknownType), ...others] };
}

export function writeJson(node: JsonNode, compiler: PartWriter): string {
  compiler.context.skip([node.path]);
  const last = node.legs.length - 1;
  let text = compiler.operand(node.operand, PRECEDENCE.atom);
  node.legs.forEach((leg, index) => {
    const arrow = index === last && node.reading !== "json" ? "->>" : "->";
    text += ` ${arrow} ${typeof leg === "number" ? String(leg) : compiler.write(leg)}`;
  });
  if (node.reading === "json" || node.reading === "text") return text;
  return compiler.write(castNode(rawNode(`(${text})`, unknownType), node.type));
}

/** The binds of the legs, which a dialect that writes the path passes over. */
export function legBinds(node: JsonNode): readonly BindNode[] {
  return node.legs.filter((leg) => typeof leg !== "number");
}

/** The words for units of time, in INTERVAL literals. */
export const UNIT_WORDS = {
  years: "YEAR",
  months: "MONTH",
  weeks: "WEEK",
  days: "DAY",
  hours: "HOUR",
  minutes: "MINUTE",
  seconds: "SECOND",
} as const;

export function writeDateShift(node: DateShiftNode, compiler: PartWriter): string {
  const operand = compiler.operand(node.operand, PRECEDENCE.additive);
  const amount = compiler.operand(node.amount, PRECEDENCE.multiplicative);
  // The standard has no unit of seven days.
  const [factor, unit] = node.unit === "weeks" ? ["7", "DAY"] : ["1", UNIT_WORDS[node.unit]];
  return `${operand} + ${amount} * INTERVAL '${factor}' ${unit}`;
}

export function writeGrouping(node: GroupingNode, compiler: PartWriter): string {
  compiler.context.require("grouping", "GROUPING SETS, CUBE and ROLLUP");
  const sets = node.sets.map((set) => {
    const [only] = set;
    return node.form !== "sets" && only !== undefined && set.length === 1
      ? compiler.write(only)
      : `(${compiler.list(set)})`;
  });
  if (node.form === "rollup" && compiler.context.dialect.rollup === "with") return `${sets.join(", ")} WITH ROLLUP`;
  return `${node.form === "sets" ? "GROUPING SETS" : node.form.toUpperCase()}(${sets.join(", ")})`;
}

export function writeFragment(node: FragmentNode, compiler: PartWriter): string {
  const { segments, parts } = formOf(node, compiler.context.dialect.name);
  let text = segments[0] ?? "";
  parts.forEach((part, index) => {
    text += writePart(part, compiler) + (segments[index + 1] ?? "");
  });
  return text;
}

/** The fragment in the words of one dialect. */
function formOf(node: FragmentNode, dialect: string): Pick<FragmentNode, "segments" | "parts"> {
  if (node.forms === undefined) return node;
  const form = node.forms.find((each) => each.dialect === dialect) ?? node.forms.find((each) => each.dialect === null);
  if (form === undefined) throw new CompileError(`An expression has no SQL for ${dialect}`);
  return { segments: form.segments, parts: form.order.flatMap((at) => node.parts[at] ?? []) };
}

function writePart(part: FragmentNode["parts"][number], compiler: PartWriter): string {
  switch (part.kind) {
    case "identifier":
      return part.path.map(compiler.context.dialect.quoteIdentifier).join(".");
    case "table":
    case "alias":
    case "values":
    case "cte":
    case "tableFunction":
    case "combined":
      return compiler.sourceName(part);
    case "bind":
      return part.expanding ? `(${compiler.write(part)})` : compiler.write(part);
    default:
      return compiler.write(part);
  }
}
