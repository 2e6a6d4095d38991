// INSERT, UPDATE and DELETE to SQL text.
import { CompileError } from "../../errors/errors.js";
import { displayedFroms, namedFroms, referencedFroms } from "../ast/froms.js";
import type {
  Assignment,
  ConflictClause,
  DeleteNode,
  ExpressionNode,
  FromNode,
  InsertNode,
  SelectItem,
  UpdateNode,
  WriteExtras,
} from "../ast/nodes.js";
import type { CompileContext } from "./compile-context.js";
import type { SqlFeature } from "./sql-dialect.js";
import type { ExpressionCompiler } from "./write-expression.js";
import { keysOf, type SelectWriter } from "./write-select.js";
import type { SourceWriter } from "./write-sources.js";

export class ChangeWriter {
  readonly #context: CompileContext;
  readonly #expressions: ExpressionCompiler;
  readonly #sources: SourceWriter;
  readonly #selects: SelectWriter;

  constructor(context: CompileContext, expressions: ExpressionCompiler, sources: SourceWriter, selects: SelectWriter) {
    this.#context = context;
    this.#expressions = expressions;
    this.#sources = sources;
    this.#selects = selects;
  }

  // ---- INSERT

  insert(node: InsertNode): string {
    for (const cte of node.extras?.ctes ?? []) this.#sources.define(cte);
    const columns = node.columns ?? [];
    const { dialect } = this.#context;
    const head = `INSERT ${this.#prefixes(node)}INTO ${this.#expressions.sourceName(node.table)}`;
    const source =
      columns.length === 0
        ? ` ${dialect.insertDefaults ?? "DEFAULT VALUES"}`
        : ` (${this.#sources.columnNames(columns)}) ${this.#insertSource(node)}`;
    const conflict = node.conflict === null ? "" : this.#conflict(node.conflict);
    return head + source + conflict + this.#returning(node.returning, "returningInsert");
  }

  #insertSource(node: InsertNode): string {
    if (node.select === null) return `VALUES ${node.rows.map((row) => `(${this.#expressions.list(row)})`).join(", ")}`;
    const select = this.#selects.select(node.select);
    // After a bare SELECT, ON CONFLICT would be read as the ON of a join.
    const ambiguous = node.conflict !== null && node.select.where.length === 0;
    return this.#insertCtes() + select + (ambiguous ? " \nWHERE 1 = 1" : "");
  }

  /** The CTEs, where they belong before the SELECT and not at the head. */
  #insertCtes(): string {
    if (this.#context.dialect.insertCtes !== "beforeSelect" || this.#context.enclosing.length > 0) return "";
    return this.#context.ctes.take();
  }

  #conflict(conflict: ConflictClause): string {
    const { dialect } = this.#context;
    const byAnyKey = dialect.upsert === "duplicateKey";
    if (conflict.anyKey === true) {
      if (!byAnyKey) throw wrongUpsert(dialect.name, "ON DUPLICATE KEY UPDATE", "onConflictDoUpdate()");
      return ` ON DUPLICATE KEY UPDATE ${this.#assignments(conflict.set ?? [], " = ")}`;
    }
    if (byAnyKey) {
      const instead = conflict.set === null ? 'prefixWith("IGNORE")' : "onDuplicateKeyUpdate()";
      throw wrongUpsert(dialect.name, "ON CONFLICT", instead);
    }
    const target = this.#conflictTarget(conflict);
    if (conflict.set === null) return ` ON CONFLICT${target} DO NOTHING`;
    const set = this.#assignments(conflict.set, " = ");
    return ` ON CONFLICT${target} DO UPDATE SET ${set}${this.#where(conflict.where)}`;
  }

  #conflictTarget({ target, targetWhere, constraint }: ConflictClause): string {
    if (constraint !== undefined) return ` ON CONSTRAINT ${this.#context.dialect.quoteIdentifier(constraint)}`;
    if (target.length === 0) return "";
    // A partial unique index is known by its condition, in which columns stand alone.
    const outer = this.#context.qualified;
    this.#context.qualified = false;
    const where = this.#where(targetWhere ?? []);
    this.#context.qualified = outer;
    return ` (${this.#sources.columnNames(target)})${where}`;
  }

  // ---- UPDATE

  update(node: UpdateNode): string {
    checkTarget(node);
    const { values, table } = node;
    const assignments = node.assignments ?? [];
    if (assignments.length === 0) throw new CompileError(`an UPDATE of '${table.name}' sets no column`);
    const expressions = [...node.where, ...assignments.map((assignment) => assignment.value)];
    const given: readonly FromNode[] = [table, ...(values === null ? [] : [values]), ...(node.extras?.froms ?? [])];
    const froms = displayedFroms(given, referencedFroms(expressions));
    const others = froms.slice(1).filter((from) => from !== values);
    return this.#over(froms, () => {
      for (const cte of node.extras?.ctes ?? []) this.#sources.define(cte);
      const inFrom = others.map((from) => this.#sources.from(from));
      const head = `UPDATE ${this.#prefixes(node)}`;
      const name = this.#expressions.sourceName(table);
      let before = "";
      if (values !== null && this.#context.dialect.valuesForm === "with") {
        before = `WITH ${this.#sources.valuesColumns(values)} AS (${this.#sources.valuesRows(values)}) `;
        inFrom.unshift(this.#expressions.sourceName(values));
      } else if (values !== null && this.#context.dialect.valuesForm === "union") {
        inFrom.unshift(this.#sources.valuesLike(values, table));
      } else if (values !== null) inFrom.unshift(this.#sources.valuesSource(values));
      const several = inFrom.length > 0 && this.#context.dialect.updateFrom === "multiTable";
      let text = before + head + (several ? [name, ...inFrom].join(", ") : name);
      text += ` SET ${this.#assignments(assignments, "=", several)}`;
      if (inFrom.length > 0 && !several) text += ` FROM ${inFrom.join(", ")}`;
      return text + this.#where(node.where) + this.#returning(node.returning, "returningUpdate", inFrom.length > 0);
    });
  }

  // ---- DELETE

  delete(node: DeleteNode): string {
    checkTarget(node);
    const given: readonly FromNode[] = [node.table, ...(node.extras?.froms ?? [])];
    const froms = displayedFroms(given, referencedFroms(node.where));
    const [other] = froms.slice(1).flatMap(namedFroms);
    const form = this.#context.dialect.deleteFrom;
    if (other !== undefined && form === "none") {
      throw new CompileError(
        `a DELETE from '${node.table.name}' cannot refer to '${other.name}' here; use a subquery, as with exists()`,
      );
    }
    return this.#over(froms, () => {
      for (const cte of node.extras?.ctes ?? []) this.#sources.define(cte);
      const name = this.#expressions.sourceName(node.table);
      const others = froms.slice(1).map((from) => this.#sources.from(from));
      let text = `DELETE ${this.#prefixes(node)}FROM ${name}`;
      if (others.length > 0)
        text += form === "multiTable" ? ` USING ${[name, ...others].join(", ")}` : ` USING ${others.join(", ")}`;
      return text + this.#where(node.where) + this.#returning(node.returning, "returningDelete", others.length > 0);
    });
  }

  // ---- parts

  /** Writes with these sources around every subquery. */
  #over(froms: readonly FromNode[], write: () => string): string {
    const { enclosing } = this.#context;
    enclosing.push(keysOf(froms));
    const text = write();
    enclosing.pop();
    return text;
  }

  #prefixes({ extras }: { readonly extras?: WriteExtras | null }): string {
    return extras === null || extras === undefined ? "" : this.#selects.words(extras.prefixes);
  }

  #where(conditions: readonly ExpressionNode[]): string {
    return conditions.length === 0 ? "" : ` WHERE ${this.#expressions.conjunction(conditions)}`;
  }

  #assignments(assignments: readonly Assignment[], equals: string, qualified = false): string {
    const { dialect } = this.#context;
    return assignments
      .map(({ column, value }) => {
        const name = qualified ? this.#expressions.qualifiedName(column) : dialect.quoteIdentifier(column.name);
        return name + equals + this.#expressions.write(value);
      })
      .join(", ");
  }

  /** @param qualified where other sources may have columns of the same names */
  #returning(items: readonly SelectItem[], feature: SqlFeature, qualified = false): string {
    if (items.length === 0) return "";
    this.#context.require(feature, "RETURNING for this statement");
    const outer = this.#context.qualified;
    this.#context.qualified = qualified;
    const text = ` RETURNING ${this.#selects.items(items, false)}`;
    this.#context.qualified = outer;
    return text;
  }
}

/** Classes over joined tables take several statements. */
function checkTarget({ kind, extras }: UpdateNode | DeleteNode): void {
  const target = extras?.target;
  if (target?.from.kind !== "combined") return;
  throw new CompileError(
    `the rows of class ${target.name} lie in several tables: a session executes this ${kind}, as a statement for each`,
  );
}

function wrongUpsert(dialect: string, what: string, instead: string): CompileError {
  return new CompileError(`${dialect} has no ${what}; use ${instead}`);
}
