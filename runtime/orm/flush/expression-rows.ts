// Rows in which a column is set to a SQL expression (`user.score = User.score.plus(1)`): a statement of their own,
// compiled each time. What the database made of the expression is read back when the attribute is next read.
import type { Operation } from "../../engine/execution.js";
import { StaleDataError } from "../../errors/errors.js";
import { bindNode } from "../../sql/ast/expressions.js";
import { collectBinds } from "../../sql/ast/collect-binds.js";
import type { Assignment, InsertNode, UpdateNode } from "../../sql/ast/nodes.js";
import { insertNode, updateNode } from "../../sql/ast/statements.js";
import { operandNode } from "../../sql/build/coerce.js";
import { compileStatement } from "../../sql/compile/compile-statement.js";
import type { Compiled } from "../../sql/compile/compiled.js";
import { type Entity, expressionsOf } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { readField, type Slot } from "../mapper.js";
import { type ColumnSet, presentColumns, setOfSlots, slotsIn, union } from "./column-set.js";
import type { FlushWork } from "./flush-work.js";
import { equalsKey, madeByDatabase } from "./row-statements.js";
import { takeMadeValues } from "./made-values.js";
import { encodeValue, keyPart } from "./row-values.js";
import { countOn, staleVersion } from "./versions.js";
import type { RowTable } from "./row-table.js";

/** Inserts one object. */
export function* insertWithExpressions(
  mapper: RowTable,
  entity: Entity,
  { dialect, record }: FlushWork,
): Operation<void> {
  const given = assignments(mapper, entity, presentColumns(mapper, entity));
  const returning = madeByDatabase(mapper, given.slots);
  const node = insertNode({
    table: mapper.table,
    columns: given.list.map(({ column }) => column),
    rows: [given.list.map(({ value }) => value)],
    select: null,
    conflict: null,
    returning: dialect.lacks?.returningInsert === undefined ? returning.map(({ column }) => column) : [],
  });
  const compiled = compileStatement(node, dialect);
  const reply = yield { compiled, parameters: [parametersOf(node, compiled, entity, given.slots)] };
  takeMadeValues(mapper, { compiled, returning }, [entity], reply, record);
}

/** Updates one object's row. */
export function* updateWithExpressions(
  mapper: RowTable,
  entity: Entity,
  changed: ColumnSet,
  work: FlushWork,
): Operation<void> {
  const { dialect, changes } = work;
  const { version, primaryKey } = mapper;
  const key = changes.rowKey(entity);
  const where = primaryKey.map(({ column }, at) =>
    equalsKey(column, bindNode(column.name, column.type, keyPart(mapper, key, at))),
  );
  const expected = version === null ? undefined : countOn(version, entity, changes);
  if (version !== null) where.push(equalsKey(version.column, bindNode("expected", version.column.type, expected)));
  const columns = version === null ? changed : union(changed, setOfSlots(mapper, [version]));
  const given = assignments(mapper, entity, columns);
  const node = updateNode({ table: mapper.table, assignments: given.list, values: null, where, returning: [] });
  const compiled = compileStatement(node, dialect);
  const parameters = parametersOf(node, compiled, entity, [...given.slots, ...primaryKey]);
  const reply = yield { compiled, parameters: [parameters] };
  if (reply.rowCount === 1) return;
  if (version !== null) throw staleVersion("UPDATE", mapper, entity, expected);
  throw new StaleDataError(`The UPDATE of ${nameEntity(entity)} matched ${reply.rowCount} rows instead of 1`);
}

/** Values and expressions by column; an expression wins over a value, which is what was there before. */
function assignments(mapper: RowTable, entity: Entity, columns: ColumnSet): { list: Assignment[]; slots: Slot[] } {
  const expressions = expressionsOf(entity) ?? new Map<number, object>();
  const valued = new Set(slotsIn(mapper, columns));
  const slots = mapper.slots.filter((slot) => valued.has(slot) || expressions.has(slot.index));
  const list = slots.map(({ column, field, index }) => ({
    column,
    value: operandNode(expressions.get(index) ?? readField(entity, field), column),
  }));
  return { list, slots };
}

/** The values of a statement's binds, encoded, as its text wants them. */
function parametersOf(
  node: InsertNode | UpdateNode,
  compiled: Compiled,
  entity: Entity,
  slots: readonly Slot[],
): readonly unknown[] {
  const binds = collectBinds(node);
  return compiled.parameters.map(({ bind, encode, name }) => {
    const value = binds[bind]?.value;
    const slot = slots.find(({ column }) => column.name === name) ?? slots[0];
    return slot === undefined ? value : encodeValue(encode, value, entity, slot);
  });
}
