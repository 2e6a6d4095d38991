// The tables that a flush writes for one object: its class's only table, or one after the other of those that the class
// inherits by, each with its share of the columns.
import type { TableNode } from "../../sql/ast/nodes.js";
import type { TablePart } from "../class-source.js";
import { columnsPerWord, type Entity, expressionsOf } from "../entity.js";
import { type Mapper, mapperOf, type Slot } from "../mapper.js";

/** One table of a class, as its rows are written. A class over one table is this itself. */
export interface RowTable {
  readonly name: string;
  readonly table: TableNode;
  /** The columns that stand in this table; their numbers are those of the class. */
  readonly slots: readonly Slot[];
  readonly primaryKey: readonly Slot[];
  /** The column that counts the row's updates, in the table that has it. */
  readonly version: Slot | null;
  readonly wordCount: number;
  readonly definition: Pick<Mapper["definition"], "present" | "collect" | "confirmDeletedRows">;
  describe(entity: Entity): string;
}

/** True where a column of the table was set to a SQL expression. */
export function hasExpressions({ slots }: RowTable, entity: Entity): boolean {
  const expressions = expressionsOf(entity);
  if (expressions === null) return false;
  for (const { index } of slots) if (expressions.has(index)) return true;
  return false;
}

/** Objects whose rows of one table are written one after another. */
interface TableRun {
  readonly table: RowTable;
  readonly entities: readonly Entity[];
}

/** Objects of one hierarchy by the tables that they are written to: first what all have, then what classes add. */
export function byTable(root: Mapper, entities: readonly Entity[]): readonly TableRun[] {
  if (entities.length === 0) return [];
  if (root.subclasses.length === 0) return [{ table: root, entities }];
  const runs: { readonly table: RowTable; readonly entities: Entity[] }[] = [];
  for (let level = 0; ; level++) {
    const before = runs.length;
    for (const entity of entities) {
      const table = rowTablesOf(mapperOf(entity))[level];
      if (table === undefined) continue;
      // Rows of the first table stay in order; those of further ones go together.
      const last = level === 0 ? runs.at(-1) : runs.slice(before).find((run) => run.table === table);
      if (last !== undefined && last.table === table) last.entities.push(entity);
      else runs.push({ table, entities: [entity] });
    }
    if (runs.length === before) return runs;
  }
}

const tables = new WeakMap<Mapper, readonly RowTable[]>();

/** The tables of a class's rows in the order of their INSERTs. */
export function rowTablesOf(mapper: Mapper): readonly RowTable[] {
  let found = tables.get(mapper);
  if (found === undefined) tables.set(mapper, (found = findTables(mapper)));
  return found;
}

function findTables(mapper: Mapper): readonly RowTable[] {
  const { base, layout, definition } = mapper;
  if (layout.parts.length === 1) return [mapper];
  // Rows of the bases' tables are written alike for all classes, so that they go together.
  if (base !== null && definition.inherits?.kind === "joined") {
    const own = layout.parts.at(-1);
    return own === undefined ? rowTablesOf(base) : [...rowTablesOf(base), new JoinedTable(mapper, own)];
  }
  return layout.parts.map((part) => new JoinedTable(mapper, part));
}

/** One of several tables of a class. */
class JoinedTable implements RowTable {
  readonly name: string;
  readonly table: TableNode;
  readonly slots: readonly Slot[];
  readonly primaryKey: readonly Slot[];
  readonly version: Slot | null;
  readonly wordCount: number;
  readonly definition: RowTable["definition"];
  readonly #mapper: Mapper;

  constructor(mapper: Mapper, { table, key }: TablePart) {
    this.#mapper = mapper;
    this.name = mapper.name;
    this.table = table;
    this.primaryKey = mapper.primaryKey.map((slot, at) => ({ ...slot, column: key[at] ?? slot.column }));
    const keys = new Set(this.primaryKey.map(({ index }) => index));
    const others = mapper.slots.flatMap((slot) => {
      const column = mapper.layout.columns[slot.index];
      return column === undefined || column.table !== table || keys.has(slot.index) ? [] : [{ ...slot, column }];
    });
    this.slots = [...this.primaryKey, ...others].toSorted((left, right) => left.index - right.index);
    this.version = others.find(({ index }) => index === mapper.version?.index) ?? null;
    this.wordCount = mapper.wordCount;
    const masks = Array.from({ length: mapper.wordCount }, (_, word) => maskOf(this.slots, word));
    const { present, collect, confirmDeletedRows } = mapper.definition;
    this.definition = {
      present: (entity, word) => present(entity, word) & (masks[word] ?? 0),
      collect,
      confirmDeletedRows,
    };
  }

  describe(entity: Entity): string {
    return this.#mapper.describe(entity);
  }
}

function maskOf(slots: readonly Slot[], word: number): number {
  return slots.reduce(
    (mask, { index }) => (Math.floor(index / columnsPerWord) === word ? mask | (1 << (index % columnsPerWord)) : mask),
    0,
  );
}
