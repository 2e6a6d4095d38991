// The order in which tables, views, sequences and objects can be created: what one of them needs comes first. Foreign
// keys and `after` say it; of a view or a default it is told by the names in its SQL.
import { groupBy } from "../reflect/catalog-rows.js";
import { sqlTokens } from "../reflect/sql-tokens.js";
import type { DdlDialect } from "./ddl-dialect.js";
import type { SchemaObject, Sequence } from "./schema-objects.js";
import type { SchemaParts } from "./schema-parts.js";
import { sortTables } from "./sort-tables.js";
import type { TableDefinition } from "./table-form.js";
import { tableKey, targetKey } from "./target-name.js";

export type Creation =
  | { readonly kind: "table" | "view"; readonly item: TableDefinition }
  | { readonly kind: "sequence"; readonly item: Sequence }
  | { readonly kind: "object"; readonly item: SchemaObject };

interface Step {
  readonly creation: Creation;
  /** What is created first where nothing else decides. */
  readonly rank: number;
  /** The steps that have to come before. */
  readonly needs: Set<Step>;
}

/** Objects that others are made of; triggers, rules and the like come when all else is there. */
const EARLY_OBJECTS: ReadonlySet<string> = new Set(["collation", "type", "function", "procedure", "aggregate"]);
const RANKS = { sequence: 0, early: 1, table: 2, view: 3, late: 4 } as const;

/** Everything but extensions, which come before types. `ddl` gives the texts in which names are looked for. */
export function creationOrder(parts: SchemaParts, ddl: DdlDialect): readonly Creation[] {
  const { tables: sorted } = sortTables(parts.tables);
  const steps: Step[] = [
    ...parts.sequences.map((item) => step({ kind: "sequence", item }, RANKS.sequence)),
    ...parts.objects
      .filter((item) => item.definition.type !== "extension")
      .map((item) =>
        step({ kind: "object", item }, EARLY_OBJECTS.has(item.definition.type) ? RANKS.early : RANKS.late),
      ),
    ...sorted.map((item) => step({ kind: "table", item }, RANKS.table)),
    ...parts.views.map((item) => step({ kind: "view", item }, RANKS.view)),
  ];
  const byKey = groupBy(steps, keyOf);
  const position = new Map(sorted.map((table, index) => [table.key, index]));
  for (const each of steps) addNeeds(each, byKey, position);
  addMentioned(steps, ddl);
  return inOrder(steps.toSorted((left, right) => left.rank - right.rank));
}

function step(creation: Creation, rank: number): Step {
  return { creation, rank, needs: new Set() };
}

function keyOf({ creation: { item } }: Step): string {
  return tableKey(item.schema, item.name);
}

/** What is said outright: foreign keys, parents, `after`. */
function addNeeds(own: Step, byKey: ReadonlyMap<string, readonly Step[]>, position: ReadonlyMap<string, number>): void {
  for (const key of neededKeys(own.creation, position)) {
    for (const needed of byKey.get(key) ?? []) if (needed !== own) own.needs.add(needed);
  }
}

/** Of tables in a ring one comes first, as they are sorted: its keys are added afterwards. */
function neededKeys({ kind, item }: Creation, position: ReadonlyMap<string, number>): readonly string[] {
  switch (kind) {
    case "object":
      return (item.definition.after ?? []).map(({ schema, name }) => tableKey(schema ?? null, name));
    case "sequence":
      return [];
    default: {
      const place = position.get(item.key) ?? 0;
      const foreign = item.foreignKeys.map(({ target }) => targetKey(target));
      return [...foreign.filter((key) => (position.get(key) ?? place) < place), ...item.parents.map(targetKey)];
    }
  }
}

/** What the SQL of tables and views names. Between tables, foreign keys and parents say all. */
function addMentioned(steps: readonly Step[], ddl: DdlDialect): void {
  const mentionable = steps.filter(({ rank }) => rank !== RANKS.late);
  const others = mentionable.filter(({ rank }) => rank === RANKS.sequence || rank === RANKS.early);
  const byTables = byName(others);
  const byViews = byName(mentionable);
  for (const own of steps) {
    const { kind, item } = own.creation;
    if (kind === "view") addNamed(own, ddl.createView(item), byViews);
    if (kind === "table" && others.length > 0) addNamed(own, ddl.createTable(item), byTables);
  }
}

function byName(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  return groupBy(steps, ({ creation }) => creation.item.name);
}

function addNamed(own: Step, sql: string, candidates: ReadonlyMap<string, readonly Step[]>): void {
  for (const name of namesIn(sql)) {
    for (const needed of candidates.get(name) ?? []) if (needed !== own) own.needs.add(needed);
  }
}

/** The names in SQL text, those in its strings too: `nextval('counter')`. */
function namesIn(sql: string): Set<string> {
  const names = new Set<string>();
  for (const { kind, value } of sqlTokens(sql, { dollars: true })) {
    if (kind === "word" || kind === "quoted") names.add(value);
    if (kind !== "string") continue;
    for (const inner of sqlTokens(value)) if (inner.kind === "word" || inner.kind === "quoted") names.add(inner.value);
  }
  return names;
}

/** Each after what it needs; in a ring, whatever comes first. */
function inOrder(steps: readonly Step[]): readonly Creation[] {
  const order: Creation[] = [];
  const waiting = new Set(steps);
  const visiting = new Set<Step>();
  const place = (each: Step): void => {
    if (!waiting.has(each) || visiting.has(each)) return;
    visiting.add(each);
    for (const needed of each.needs) place(needed);
    waiting.delete(each);
    order.push(each.creation);
  };
  steps.forEach(place);
  return order;
}
