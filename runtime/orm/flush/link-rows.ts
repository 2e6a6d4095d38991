// Writes the rows of many-to-many link tables: inserted after both of their objects, deleted before either.
import type { Operation } from "../../engine/execution.js";
import { InternalError, StaleDataError } from "../../errors/errors.js";
import type { ColumnNode, TableNode } from "../../sql/ast/nodes.js";
import { deleteNode, insertNode } from "../../sql/ast/statements.js";
import { compileStatement } from "../../sql/compile/compile-statement.js";
import type { Compiled } from "../../sql/compile/compiled.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import type { Entity } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import type { Relationship, Slot } from "../mapper.js";
import { nextInsertSize } from "./batch-sizes.js";
import type { LinkPairs } from "./change-set.js";
import { parameterOf } from "./row-sources.js";
import { equalsKey } from "./row-statements.js";
import { currentValue, encodeValue, storedValue } from "./row-values.js";

/** One column of a link table and whose value it holds. */
interface LinkColumn {
  readonly column: ColumnNode;
  readonly slot: Slot;
  readonly side: "owners" | "targets";
}

type ReadValue = (entity: Entity, slot: Slot) => unknown;

/** Statements over one link table for one dialect. */
class LinkStatements {
  readonly columns: readonly LinkColumn[];
  readonly #table: TableNode;
  readonly #dialect: SqlDialect;
  readonly #inserts: Compiled[] = [];
  #delete: Compiled | undefined;

  constructor(relationship: Relationship, table: TableNode, dialect: SqlDialect) {
    this.#table = table;
    this.#dialect = dialect;
    this.columns = linkColumns(relationship, table);
  }

  insert(count: number): Compiled {
    return (this.#inserts[count] ??= compileStatement(
      insertNode({
        table: this.#table,
        columns: this.columns.map(({ column }) => column),
        rows: Array.from({ length: count }, () => this.columns.map(({ column }) => parameterOf(column))),
        select: null,
        conflict: null,
        returning: [],
      }),
      this.#dialect,
    ));
  }

  get delete(): Compiled {
    const where = this.columns.map(({ column }) => equalsKey(column, parameterOf(column)));
    return (this.#delete ??= compileStatement(deleteNode({ table: this.#table, where, returning: [] }), this.#dialect));
  }
}

function linkColumns(relationship: Relationship, table: TableNode): LinkColumn[] {
  const { definition, localColumns, remoteColumns } = relationship;
  const columns: LinkColumn[] = [];
  definition.pairs.forEach(([, link], at) => {
    const slot = localColumns[at];
    if (slot !== undefined) columns.push({ column: columnNamed(table, link), slot, side: "owners" });
  });
  definition.secondary?.pairs.forEach(([link], at) => {
    const slot = remoteColumns[at];
    if (slot !== undefined) columns.push({ column: columnNamed(table, link), slot, side: "targets" });
  });
  return columns;
}

/** A link table's column. */
export function columnNamed(table: TableNode, name: string): ColumnNode {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) throw new InternalError(`Link table '${table.name}' has no column '${name}'`);
  return found;
}

const statements = new WeakMap<SqlDialect, WeakMap<Relationship, LinkStatements>>();

function statementsFor(relationship: Relationship, dialect: SqlDialect): LinkStatements {
  const secondary = relationship.definition.secondary;
  if (secondary === undefined) throw new InternalError(`${String(relationship)} has no link table`);
  let ofDialect = statements.get(dialect);
  if (ofDialect === undefined) statements.set(dialect, (ofDialect = new WeakMap()));
  let found = ofDialect.get(relationship);
  if (found === undefined) {
    ofDialect.set(relationship, (found = new LinkStatements(relationship, secondary.table.node, dialect)));
  }
  return found;
}

/** Inserts a row for each pair. */
export function* insertLinks(relationship: Relationship, pairs: LinkPairs, dialect: SqlDialect): Operation<void> {
  const of = statementsFor(relationship, dialect);
  for (let start = 0; start < pairs.owners.length;) {
    const count = nextInsertSize(dialect, pairs.owners.length - start, of.columns.length);
    const compiled = of.insert(count);
    const parameters: unknown[] = [];
    for (let row = start; row < start + count; row++) pushLink(of, pairs, row, compiled, currentValue, parameters);
    start += count;
    yield { compiled, parameters: [parameters] };
  }
}

/**
 * Deletes the row of each pair.
 * @throws StaleDataError where rows were gone already
 */
export function* deleteLinks(relationship: Relationship, pairs: LinkPairs, dialect: SqlDialect): Operation<void> {
  const of = statementsFor(relationship, dialect);
  const sets = pairs.owners.map((_, row) => {
    const parameters: unknown[] = [];
    pushLink(of, pairs, row, of.delete, storedValue, parameters);
    return parameters;
  });
  const { rowCount } = yield { compiled: of.delete, parameters: sets };
  if (rowCount === sets.length) return;
  throw new StaleDataError(
    `DELETE expected ${sets.length} row(s) of the link table behind ${String(relationship)} and matched ${rowCount}: ` +
      `someone else has deleted them. Roll back, load the objects again and repeat`,
  );
}

function pushLink(
  of: LinkStatements,
  pairs: LinkPairs,
  row: number,
  compiled: Compiled,
  read: ReadValue,
  into: unknown[],
): void {
  of.columns.forEach(({ slot, side }, at) => {
    const entity = pairs[side][row];
    if (entity === undefined) throw new InternalError(`Link row ${row} has no object`);
    const value = read(entity, slot);
    if (value === undefined) throw new InternalError(`${nameEntity(entity)} has no value for '${slot.property}'`);
    into.push(encodeValue(compiled.parameters[at]?.encode ?? null, value, entity, slot));
  });
}
