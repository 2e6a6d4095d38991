// Keys that change and that rows of link tables hold. Where the database does not carry a changed key over (what
// `passive_updates false` says), the flush does, by one UPDATE a key: the link rows need not be known for that.
import type { Operation } from "../../engine/execution.js";
import { FlushError } from "../../errors/errors.js";
import type { ColumnNode } from "../../sql/ast/nodes.js";
import { updateNode } from "../../sql/ast/statements.js";
import { compileStatement } from "../../sql/compile/compile-statement.js";
import type { Compiled } from "../../sql/compile/compiled.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import type { Entity } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import type { Mapper, Relationship } from "../mapper.js";
import type { LinkKey } from "./change-set.js";
import type { FlushWork } from "./flush-work.js";
import { columnNamed } from "./link-rows.js";
import { parameterOf } from "./row-sources.js";
import { equalsKey } from "./row-statements.js";
import { encodeValue, storedValue, valueNow } from "./row-values.js";
import { type Edge, sortIntoLevels } from "./toposort.js";

const linkKeys = new WeakMap<Mapper, { readonly classes: number; readonly found: readonly LinkKey[] }>();

/** The link tables whose rows a flush has to update when an object's key changes; each once, of two directions. */
export function linkKeysOf(mapper: Mapper): readonly LinkKey[] {
  const classes = mapper.registry.size;
  let known = linkKeys.get(mapper);
  if (known === undefined || known.classes !== classes) {
    linkKeys.set(mapper, (known = { classes, found: findLinkKeys(mapper) }));
  }
  return known.found;
}

function findLinkKeys(mapper: Mapper): LinkKey[] {
  const found: LinkKey[] = [];
  for (const each of mapper.registry.values()) {
    for (const relationship of each.relationships) {
      for (const key of keysIn(relationship, mapper)) if (!found.some((other) => isSame(other, key))) found.push(key);
    }
  }
  return found;
}

/** Both ends of a relationship may be objects of the class. */
function* keysIn(relationship: Relationship, mapper: Mapper): Generator<LinkKey> {
  const { definition, owner, localColumns: local } = relationship;
  const { secondary } = definition;
  const [isOwner, isTarget] = [mapper.isA(owner), isNamed(mapper, definition.target)];
  if (secondary === undefined || definition.viewonly === true || !(isOwner || isTarget)) return;
  if (relationship.isPassiveUpdates) return;
  const { node: table } = secondary.table;
  const columnsOf = (names: readonly string[]): ColumnNode[] => names.map((name) => columnNamed(table, name));
  if (isOwner) {
    yield { relationship, table, columns: columnsOf(definition.pairs.map(([, link]) => link)), slots: local };
  }
  if (isTarget) {
    const columns = columnsOf(secondary.pairs.map(([link]) => link));
    yield { relationship, table, columns, slots: relationship.remoteColumns };
  }
}

/** True for a class of this name and those that extend it; the class itself may not be loaded. */
function isNamed(mapper: Mapper, name: string): boolean {
  return mapper.name === name || (mapper.base !== null && isNamed(mapper.base, name));
}

function isSame(one: LinkKey, other: LinkKey): boolean {
  return one.table === other.table && one.columns.every((column) => other.columns.includes(column));
}

/** Has the link rows of these objects, whose own rows have their new keys, follow them. */
export function* updateLinkKeys(key: LinkKey, entities: readonly Entity[], work: FlushWork): Operation<void> {
  const compiled = statementFor(key, work.dialect);
  const parameters = inTurn(key, entities, work).map(({ entity, before, after }) =>
    [...after, ...before].map((value, at) => {
      const slot = key.slots[at % key.slots.length];
      const encode = compiled.parameters[at]?.encode ?? null;
      return slot === undefined ? value : encodeValue(encode, value, entity, slot);
    }),
  );
  yield { compiled, parameters };
}

/** An object's key before its change and after it. */
interface KeyChange {
  readonly entity: Entity;
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
}

/** The changes in turn: whoever leaves a key comes before whoever takes it, or its rows would be taken along. */
function inTurn(key: LinkKey, entities: readonly Entity[], { changes }: FlushWork): KeyChange[] {
  const all = entities.map((entity) => {
    const before = key.slots.map((slot) => storedValue(entity, slot));
    if (before.includes(undefined)) throw unknownKey(key, entity);
    return { entity, before, after: key.slots.map((slot) => valueNow(changes, entity, slot)) };
  });
  if (all.length === 1) return all;
  const leaving = new Map(all.map(({ before }, at) => [keyText(before), at]));
  const edges = all.flatMap(({ after }, taking): Edge[] => {
    const first = leaving.get(keyText(after));
    return first === undefined || first === taking ? [] : [[first, taking]];
  });
  const sorted = sortIntoLevels(all.length, edges);
  if (sorted.kind === "cycle")
    throw tradedKeys(
      key,
      all.map(({ entity }) => entity),
    );
  return sorted.levels.flat().flatMap((at) => all[at] ?? []);
}

function keyText(values: readonly unknown[]): string {
  return values.map((value) => `${typeof value} ${String(value)}`).join("\u0000");
}

function unknownKey({ relationship, slots }: LinkKey, entity: Entity): FlushError {
  const names = slots.map(({ property }) => `'${property}'`).join(", ");
  return new FlushError(
    `${nameEntity(entity)} was given another ${names} before the old one was loaded, by which the link rows of ` +
      `${String(relationship)} are found: read it, or refresh the object, before you change it`,
  );
}

function tradedKeys({ relationship }: LinkKey, entities: readonly Entity[]): FlushError {
  return new FlushError(
    `${entities.map((entity) => nameEntity(entity)).join(", ")} take one another's keys in one flush, which the link ` +
      `rows of ${String(relationship)} cannot follow: give one of them a third key, flush, then the one it is to have`,
  );
}

const statements = new WeakMap<SqlDialect, WeakMap<LinkKey, Compiled>>();

function statementFor(key: LinkKey, dialect: SqlDialect): Compiled {
  let ofDialect = statements.get(dialect);
  if (ofDialect === undefined) statements.set(dialect, (ofDialect = new WeakMap()));
  let compiled = ofDialect.get(key);
  if (compiled === undefined) {
    const assignments = key.columns.map((column) => ({ column, value: parameterOf(column) }));
    const where = key.columns.map((column) => equalsKey(column, parameterOf(column)));
    const node = updateNode({ table: key.table, assignments, values: null, where, returning: [] });
    ofDialect.set(key, (compiled = compileStatement(node, dialect)));
  }
  return compiled;
}
