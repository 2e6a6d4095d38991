// Expressions to SQL text: one writer a kind, and the parentheses that precedence asks for.
import { CompileError } from "../../errors/errors.js";
import type { SqlType } from "../../types/sql-type.js";
import { unknownType } from "../../types/declared-type.js";
import { collectBinds } from "../ast/collect-binds.js";
import { castNode, rawNode } from "../ast/expressions.js";
import { originalOf } from "../ast/tables.js";
import type {
  BinaryNode,
  BindNode,
  ColumnNode,
  ConstantNode,
  ExpressionNode,
  FragmentNode,
  JsonNode,
  NamedFromNode,
  RawNode,
  OrderNode,
  SelectNode,
} from "../ast/nodes.js";
import { BINARY_OPERATORS, type BinaryOperator, PRECEDENCE, UNARY_OPERATORS } from "../operators.js";
import type { CompileContext } from "./compile-context.js";
import {
  legBinds,
  writeDateShift,
  writeFilter,
  writeFragment,
  writeGrouping,
  writeJson,
  writeWindow,
} from "./write-advanced.js";
import type { ExpressionOverrides, ExpressionWriter, OperandWriter } from "./sql-dialect.js";

/** How a select inside an expression is written; the select writer hands itself in, as each needs the other. */
type SelectWriter = (select: SelectNode) => string;

type AdvancedKind =
  | "window"
  | "filter"
  | "withinGroup"
  | "collate"
  | "extract"
  | "quantified"
  | "json"
  | "operation"
  | "grouping"
  | "dateShift"
  | "typed"
  | "fragment";

type WriterTable = {
  readonly [Kind in ExpressionNode["kind"]]: (node: Extract<ExpressionNode, { kind: Kind }>) => string;
};

export class ExpressionCompiler implements OperandWriter {
  readonly context: CompileContext;
  readonly #writers: WriterTable;
  readonly #overrides: ExpressionOverrides;
  readonly #writeSelect: SelectWriter;

  constructor(context: CompileContext, writeSelect: SelectWriter) {
    this.context = context;
    this.#overrides = context.dialect.overrides;
    this.#writeSelect = writeSelect;
    this.#writers = this.#makeWriters();
  }

  /** The expression's text, without parentheses around it. */
  write(node: ExpressionNode): string {
    const override = this.#overrides[node.kind] as ExpressionWriter | undefined; // the override of this node's kind
    if (override !== undefined) {
      const text = override(node, this);
      if (text !== null) return text;
    }
    const writer = this.#writers[node.kind] as (node: ExpressionNode) => string; // the writer of this node's kind
    return writer(node);
  }

  /** The expression as an operand of something that binds with `precedence`: in parentheses where it binds looser. */
  operand(node: ExpressionNode, precedence: number): string {
    const text = this.write(node);
    return precedenceOf(node) < precedence ? `(${text})` : text;
  }

  arrayParameter(bind: BindNode, encodeList: (elements: readonly unknown[]) => unknown): string {
    return this.context.arrayParameter(bind, encodeList);
  }

  jsonPath(node: JsonNode): string {
    this.context.skip(legBinds(node));
    return this.write(node.path);
  }

  list(nodes: readonly ExpressionNode[]): string {
    return nodes.map((node) => this.write(node)).join(", ");
  }

  /** Conditions joined by AND, or the only one. */
  conjunction(nodes: readonly ExpressionNode[]): string {
    const [only] = nodes;
    if (only !== undefined && nodes.length === 1) return this.write(only);
    return nodes.map((node) => this.operand(node, PRECEDENCE.and)).join(" AND ");
  }

  /** The terms of ORDER BY or GROUP BY; `labels` are the keys of the select list's labels, which are named there. */
  terms(nodes: readonly ExpressionNode[], labels: ReadonlySet<number>): string {
    return nodes.map((node) => this.#term(node, labels)).join(", ");
  }

  qualifiedName(column: ColumnNode): string {
    const { dialect, qualified } = this.context;
    const name = dialect.quoteIdentifier(column.name);
    if (column.table === null || !qualified) return name;
    if (column.table.kind === "tableFunction" && column.table.scalar) return this.sourceName(column.table);
    const original = originalOf(column);
    if (original !== column) return this.qualifiedName(original);
    return `${this.sourceName(column.table)}.${name}`;
  }

  /** The name by which columns refer to a source. */
  sourceName(from: NamedFromNode): string {
    const { dialect } = this.context;
    if (from.kind === "combined") {
      throw new CompileError(`'${from.name}' stands for joined tables here, which have no one name: name one of them`);
    }
    const name = dialect.quoteIdentifier(from.name);
    if (from.kind !== "table") return name;
    const schema = dialect.translateSchema === undefined ? from.schema : dialect.translateSchema(from.schema);
    return schema === null ? name : `${dialect.quoteIdentifier(schema)}.${name}`;
  }

  #makeWriters(): WriterTable {
    const { dialect } = this.context;
    return {
      column: (node) => this.qualifiedName(node),
      bind: (node) => this.context.parameter(node),
      constant: (node) => this.#constant(node),
      raw: (node) => rawText(node, dialect.name),
      unary: (node) => {
        const { symbol, precedence } = UNARY_OPERATORS[node.operator];
        return symbol + this.operand(node.operand, precedence + 1);
      },
      binary: (node) => this.#binary(node),
      between: (node) => {
        const [operand, low, high] = [node.operand, node.low, node.high].map((part) =>
          this.operand(part, PRECEDENCE.comparison + 1),
        );
        return `${operand} ${node.negated ? "NOT BETWEEN" : "BETWEEN"} ${low} AND ${high}`;
      },
      junction: (node) => {
        const precedence = PRECEDENCE[node.operator];
        const parts = node.operands.map((part) => this.operand(part, precedence + 1));
        return parts.join(node.operator === "and" ? " AND " : " OR ");
      },
      function: (node) => {
        if (node.operands.length === 0) {
          const constant = dialect.constants.get(node.name) ?? CONSTANTS.get(node.name);
          if (constant !== undefined) return constant;
        }
        const operands = (node.distinct ? "DISTINCT " : "") + this.list(node.operands);
        const name = dialect.functionNames?.get(node.name) ?? node.name;
        return `${functionName(name, dialect.quoteIdentifier)}(${operands})`;
      },
      cast: (node) => `CAST(${this.write(node.operand)} AS ${dialect.codecFor(node.type).ddl})`,
      case: (node) => {
        const subject = node.subject === null ? "" : ` ${this.write(node.subject)}`;
        const whens = node.whens.map((when) => ` WHEN ${this.write(when.condition)} THEN ${this.write(when.result)}`);
        const otherwise = node.otherwise === null ? "" : ` ELSE ${this.write(node.otherwise)}`;
        return `CASE${subject}${whens.join("")}${otherwise} END`;
      },
      tuple: (node) => `(${this.list(node.elements)})`,
      exists: (node) => `EXISTS (${this.#writeSelect(node.select)})`,
      subquery: (node) => `(${this.#writeSelect(node.select)})`,
      label: (node) => this.write(node.element),
      order: (node) => this.#ordered(node),
      text: (node) => {
        let text = node.segments[0] ?? "";
        node.binds.forEach((bind, index) => {
          text += this.write(bind) + (node.segments[index + 1] ?? "");
        });
        return text;
      },
      ...this.#makeAdvancedWriters(),
    };
  }

  #makeAdvancedWriters(): Pick<WriterTable, AdvancedKind> {
    return {
      window: (node) => writeWindow(node, this),
      filter: (node) => writeFilter(node, this),
      withinGroup: (node) => {
        this.context.require("withinGroup", "WITHIN GROUP");
        return `${this.write(node.operand)} WITHIN GROUP (ORDER BY ${this.list(node.orderBy)})`;
      },
      collate: (node) => {
        const collation = this.context.dialect.quoteIdentifier(node.collation);
        return `${this.operand(node.operand, PRECEDENCE.atom)} COLLATE ${collation}`;
      },
      extract: (node) => `EXTRACT(${node.field} FROM ${this.write(node.operand)})`,
      quantified: (node) => {
        this.context.require("quantified", "ANY and ALL");
        const operand = this.write(node.operand);
        return `${node.quantifier.toUpperCase()} ${node.operand.kind === "subquery" ? operand : `(${operand})`}`;
      },
      json: (node) => writeJson(node, this),
      operation: (node) => {
        const [left, right] = [node.left, node.right].map((part) => this.operand(part, node.precedence + 1));
        return `${left} ${node.symbol} ${right}`;
      },
      grouping: (node) => writeGrouping(node, this),
      dateShift: (node) => writeDateShift(node, this),
      typed: (node) => this.write(node.operand),
      fragment: (node) => writeFragment(node, this),
    };
  }

  #constant({ value }: ConstantNode): string {
    switch (value) {
      case "true":
      case "false":
        return this.context.dialect.booleans?.[value] ?? value;
      case "star":
        return "*";
      default:
        return value.toUpperCase();
    }
  }

  #binary(node: BinaryNode): string {
    const lowered = LOWERED[node.operator];
    if (lowered !== undefined && !this.context.dialect.hasIlike) {
      return this.#lowered(node, lowered);
    }
    if (node.operator === "floorDivide") return this.#floorDivision(node);
    const { symbol, left, right } = BINARY_OPERATORS[node.operator];
    return `${this.#side(node, node.left, left)} ${symbol} ${this.#side(node, node.right, right)}${this.#escape(node)}`;
  }

  #lowered(node: BinaryNode, operator: BinaryOperator): string {
    const { symbol } = BINARY_OPERATORS[operator];
    return `lower(${this.write(node.left)}) ${symbol} lower(${this.write(node.right)})${this.#escape(node)}`;
  }

  /** The quotient rounded down, also of negative numbers: over the division that keeps the fraction. */
  #floorDivision(node: BinaryNode): string {
    const quotient = `FLOOR(${this.write({ ...node, operator: "divide" })})`;
    if (!WHOLE_NUMBERS.has(node.type.logical.kind)) return quotient;
    return this.write(castNode(rawNode(quotient, unknownType), node.type));
  }

  #escape(node: BinaryNode): string {
    return node.escape === null ? "" : ` ESCAPE ${this.context.dialect.quoteLiteral(node.escape)}`;
  }

  #side(parent: BinaryNode, node: ExpressionNode, demanded: number): string {
    if (node.kind === "bind" && node.expanding) {
      return `(${node.tuple === undefined ? this.write(node) : this.#rows(parent.left, node, node.tuple)})`;
    }
    const chained =
      node.kind === "binary" && node.operator === parent.operator && BINARY_OPERATORS[node.operator].chains;
    return this.operand(node, chained ? 0 : demanded);
  }

  /** The rows of an IN; an empty list selects the columns themselves from nothing, so that the types agree. */
  #rows(left: ExpressionNode, list: BindNode, types: readonly SqlType[]): string {
    const columns = left.kind === "tuple" && left.elements.every((each) => each.kind === "column");
    const items = columns ? this.list(left.elements) : types.map(() => "1").join(", ");
    return this.context.rowsParameter(list, types, items);
  }

  #term(node: ExpressionNode, labels: ReadonlySet<number>): string {
    const element = node.kind === "order" ? node.element : node;
    if (element.kind !== "label" || !labels.has(element.key)) return this.write(node);
    this.context.skip(collectBinds(element));
    const name = this.context.dialect.quoteIdentifier(element.name);
    return node.kind === "order" ? this.#ordered(node, name) : name;
  }

  #ordered(node: OrderNode, name?: string): string {
    const { orderTerm } = this.context.dialect;
    if (orderTerm === undefined) return (name ?? this.operand(node.element, PRECEDENCE.or)) + orderSuffix(node);
    // Its own operators may stand around the term.
    return orderTerm(name ?? this.operand(node.element, PRECEDENCE.comparison + 1), node.direction, node.nulls);
  }
}

function orderSuffix({ direction, nulls }: OrderNode): string {
  return (
    (direction === null ? "" : ` ${direction.toUpperCase()}`) + (nulls === null ? "" : ` NULLS ${nulls.toUpperCase()}`)
  );
}

function precedenceOf(node: ExpressionNode): number {
  switch (node.kind) {
    case "binary":
      return BINARY_OPERATORS[node.operator].precedence;
    case "between":
      return PRECEDENCE.comparison;
    case "junction":
      return PRECEDENCE[node.operator];
    case "unary":
      return UNARY_OPERATORS[node.operator].precedence;
    case "collate":
      return PRECEDENCE.comparison;
    case "json":
      return PRECEDENCE.other;
    case "operation":
      return node.precedence;
    case "dateShift":
      return PRECEDENCE.additive;
    case "typed":
      return precedenceOf(node.operand);
    case "fragment":
      return isCall(node) ? PRECEDENCE.atom : 0;
    case "raw":
      return SELF_CONTAINED.test(node.text) ? PRECEDENCE.atom : 0;
    case "text":
      return 0;
    case "label":
    case "order":
      return precedenceOf(node.element);
    default:
      return PRECEDENCE.atom;
  }
}

/** Functions that the standard writes without parentheses. */
const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ["current_date", "CURRENT_DATE"],
  ["current_time", "CURRENT_TIME"],
]);

/** What a LIKE that ignores case is written as, over lower(), where the database has no ILIKE. */
const LOWERED: { readonly [Operator in BinaryOperator]?: BinaryOperator } = { ilike: "like", notIlike: "notLike" };

/** Raw text that is one operand whatever stands around it: a name, a number or a call without inner parentheses. */
const SELF_CONTAINED = /^(?:[\w.]+|'[^']*'|[\w.]+\([^()']*\))$/;

/** A fragment that is one call, such as `lower(…)`, needs no parentheses around it. */
function isCall({ segments, forms }: FragmentNode): boolean {
  if (forms !== undefined) return forms.every((form) => isCallText(form.segments));
  return isCallText(segments);
}

function isCallText(segments: readonly string[]): boolean {
  const [first = "", ...rest] = segments;
  const last = rest.pop() ?? "";
  return /^[\w.]+\($/.test(first) && last === ")" && !rest.some((segment) => /[()']/.test(segment));
}

const WHOLE_NUMBERS: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);

const PLAIN_FUNCTION = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/;

/** A function's name as it is, since quoting would make it case-sensitive; any other name is quoted. */
function functionName(name: string, quote: (name: string) => string): string {
  if (PLAIN_FUNCTION.test(name)) return name;
  if (name === "") throw new CompileError("a function needs a name");
  return quote(name);
}

function rawText({ text, variants }: RawNode, dialect: string): string {
  if (variants === undefined) return text;
  const own = variants.for(dialect);
  if (own !== undefined) return own;
  throw new CompileError(`a piece of SQL has no text for ${dialect}; add one to its sql({ … })`);
}
