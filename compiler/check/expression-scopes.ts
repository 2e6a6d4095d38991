// What names mean where an expression stands: on a table's row, in a default, in a join.
import type { ColumnType } from "../../model/column-type.js";
import type { ValueCategory } from "../../model/portable-functions.js";
import { type JoinSide, joinSides } from "../bind/custom-joins.js";
import { unknownColumn } from "../bind/resolver.js";
import type { ColumnSymbol, EnumSymbol, TableSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Expression, Identifier } from "../syntax/ast.js";
import { coverSpans, type Span } from "../text/span.js";

/** A column, or what stands for one. */
export interface NamedValue {
  /** As messages spell it. */
  readonly path: string;
  /** Undefined where its type is in doubt, which is reported already. */
  readonly storage: ColumnType | undefined;
  readonly enum: EnumSymbol | undefined;
}

type Path = readonly Identifier[];

/** Checks parts of an expression: the checker, as scopes see it. */
interface PartChecker {
  readonly diagnostics: Diagnostic[];
  categoryOf(expression: Expression): ValueCategory;
}

export interface ExpressionScope {
  readonly find: (path: Path) => NamedValue | undefined;
  /** What is wrong with a path that names nothing; undefined where that is reported already. */
  readonly unknown: (path: Path) => Diagnostic | undefined;
  /** Calls that mean something else here; undefined for those that do not. */
  readonly call?: (call: Extract<Expression, { kind: "call" }>, checker: PartChecker) => ValueCategory | undefined;
}

/** The columns of one table, by their names. */
export function tableScope(table: TableSymbol): ExpressionScope {
  return {
    find: ([name, ...more]) => {
      if (name === undefined || more.length > 0) return undefined;
      return table.columns.get(name.text) ?? table.parentColumns.get(name.text);
    },
    unknown: (path) => {
      const [first, ...more] = path;
      if (first === undefined) return undefined;
      if (more.length === 0) return unknownColumn(first, table);
      const help = "an expression sees the columns of its own table alone, by their names";
      return diagnostic("S2002", { span: spanOf(path), help }, table.key, textOf(path));
    },
  };
}

/** Nothing: defaults see no row. */
export function defaultScope(column: Pick<ColumnSymbol, "path" | "storage" | "enum">): ExpressionScope {
  return {
    find: () => undefined,
    unknown: (path) => {
      const text = textOf(path);
      const labels = column.enum?.declaration.values.map(({ value }) => value) ?? [];
      const help = labels.includes(text) || column.storage?.kind === "text" ? `write it as '${text}'` : wordHelp(text);
      return diagnostic("S3013", { span: spanOf(path), help }, column.path, text);
    },
  };
}

/** What a default's name that is none of a column's was meant to be. */
function wordHelp(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "false" || lower === "null") return `write it small: \`${lower}\``;
  return /^\w+\(.*\)$/.test(text) ? `write it without quotes: \`default ${text}\`` : undefined;
}

/** `this.c`, `other.c` and, with a secondary table, `link.c`. */
export function joinScope(sides: Readonly<Record<JoinSide, readonly TableSymbol[]>>, path: string): ExpressionScope {
  const tablesOf = (name: Identifier | undefined): readonly TableSymbol[] => {
    const side = joinSides.find((each) => each === name?.text);
    return side === undefined ? [] : sides[side];
  };
  return {
    find: ([side, name, ...more]) => {
      if (name === undefined || more.length > 0) return undefined;
      const tables = tablesOf(side);
      return tables.find(({ columns }) => columns.has(name.text))?.columns.get(name.text);
    },
    unknown: (parts) => {
      const [side, name, ...more] = parts;
      const [table] = tablesOf(side);
      if (table !== undefined && name !== undefined && more.length === 0) return unknownColumn(name, table);
      const known = joinSides.filter((each) => sides[each].length > 0).map((each) => `\`${each}\``);
      return diagnostic("S5019", spanOf(parts), path, textOf(parts), known.join(", "));
    },
  };
}

export function spanOf(path: Path): Span {
  const [first, last] = [path[0], path.at(-1)];
  return first === undefined || last === undefined ? { file: "", start: 0, end: 0 } : coverSpans(first.span, last.span);
}

export function textOf(path: Path): string {
  return path.map(({ text }) => text).join(".");
}
