// SELECTs of one row by primary key: an object by its key, and the columns of an object that are not loaded.
import type { Operation } from "../engine/execution.js";
import { NotLoadedError, ObjectDeletedError } from "../errors/errors.js";
import type { EntityNode, ExpressionNode } from "../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../sql/ast/statements.js";
import { entityNode } from "../sql/ast/tables.js";
import { compileStatement } from "../sql/compile/compile-statement.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import { type Entity, expressionsOf, type IdentityKey, keyOf } from "./entity.js";
import { nameEntity } from "./entity-text.js";
import { type ColumnSet, setOfSlots, slotsIn } from "./flush/column-set.js";
import { byKey, storedEncoder } from "./flush/row-statements.js";
import { encodedPart } from "./identity-key.js";
import { conversionsOf, decodeLoaded } from "./load/decode-loaded.js";
import { isLoadedWith } from "./load/column-choice.js";
import { eagerBranches, emptyTree } from "./load/load-tree.js";
import type { KeySelect } from "./key-select.js";
import { type Mapper, mapperOf, readField, type Slot, writeField } from "./mapper.js";
import { partOf } from "./entity-view.js";
import { rememberedLoads } from "./relationships/state.js";

/** One class's SELECTs for one dialect. */
class KeySelects {
  /** The whole row but for deferred columns, as `session.get` and `session.refresh` read it. */
  readonly labelled: Compiled;
  readonly parts = new Map<ColumnSet, Compiled>();
  readonly #mapper: Mapper;
  readonly #dialect: SqlDialect;

  constructor(mapper: Mapper, dialect: SqlDialect) {
    this.#mapper = mapper;
    this.#dialect = dialect;
    this.labelled = this.#compile([wholeOf(mapper)], "table-column");
  }

  part(columns: ColumnSet): Compiled {
    let compiled = this.parts.get(columns);
    if (compiled === undefined) {
      const items = slotsIn(this.#mapper, columns).map(({ column }) => column);
      this.parts.set(columns, (compiled = this.#compile(items, "table-column")));
    }
    return compiled;
  }

  #compile(items: Parameters<typeof bareSelect>[0], labelStyle: "bare" | "table-column"): Compiled {
    const where: readonly ExpressionNode[] = byKey(this.#mapper.primaryKey);
    return compileStatement(selectNode({ ...bareSelect(items), items, where, labelStyle }), this.#dialect);
  }
}

/** What `fill` reads. */
function wholeOf(mapper: Mapper): EntityNode {
  return entityNode(partOf(mapper, mapper, mapper.defaultSlots));
}

const selects = new WeakMap<SqlDialect, WeakMap<Mapper, KeySelects>>();

function selectsFor(mapper: Mapper, dialect: SqlDialect): KeySelects {
  let ofDialect = selects.get(dialect);
  if (ofDialect === undefined) selects.set(dialect, (ofDialect = new WeakMap()));
  let found = ofDialect.get(mapper);
  if (found === undefined) ofDialect.set(mapper, (found = new KeySelects(mapper, dialect)));
  return found;
}

/** How an object of the class is read by its key. */
export function keySelectOf(mapper: Mapper, dialect: SqlDialect): KeySelect {
  const known = mapper.keySelect;
  if (known !== null && known.dialect === dialect) return known;
  const compiled = selectsFor(mapper, dialect).labelled;
  const loadsOthers = eagerBranches(mapper, emptyTree, [mapper]).length > 0;
  const encoders = mapper.primaryKey.map(({ column }) => storedEncoder(column, dialect));
  const conversions = conversionsOf(compiled, dialect);
  const found = { dialect, compiled, encoders, conversions, keyAt: plainKeyPlace(mapper), loadsOthers };
  mapper.keySelect = found;
  return found;
}

function plainKeyPlace({ primaryKey, discriminator, defaultSlots }: Mapper): number {
  const [only] = primaryKey;
  return only === undefined || primaryKey.length > 1 || discriminator !== null ? -1 : defaultSlots.indexOf(only);
}

/** A key as the driver takes it. */
export function keyParameters(mapper: Mapper, select: KeySelect, key: IdentityKey): readonly unknown[] {
  if (!Array.isArray(key)) return [keyParameter(mapper, select, key, 0)];
  return key.map((part: unknown, at) => keyParameter(mapper, select, part, at));
}

function keyParameter(mapper: Mapper, { encoders }: KeySelect, part: unknown, at: number): unknown {
  const encode = encoders[at];
  return encode === null || encode === undefined ? part : encodedPart(encode, part, mapper, mapper.primaryKey[at]);
}

/**
 * Loads the columns of a persistent object that are not loaded and not set to an expression, in one SELECT. Columns
 * that the mapping or the object's query defers are left out, unless one of them is what is wanted: then it comes
 * alone.
 * @throws NotLoadedError where the object's query said that access to the wanted column is an error
 * @throws ObjectDeletedError where the row is gone
 */
export function* loadMissingColumns(entity: Entity, dialect: SqlDialect, wanted?: Slot): Operation<void> {
  const mapper = mapperOf(entity);
  const missing = missingSlots(entity, mapper, wanted);
  if (missing.length === 0) return;
  const known = selectsFor(mapper, dialect);
  const isWhole =
    missing.length === mapper.defaultSlots.length && missing.every((slot, at) => slot === mapper.defaultSlots[at]);
  const compiled = isWhole ? known.labelled : known.part(setOfSlots(mapper, missing));
  const row = yield* rowOf(entity, compiled, dialect);
  if (isWhole) mapper.definition.fill(entity, row, 0);
  else missing.forEach(({ field }, at) => writeField(entity, field, row[at]));
}

function missingSlots(entity: Entity, mapper: Mapper, wanted: Slot | undefined): readonly Slot[] {
  const choice = rememberedLoads(entity)?.columns ?? null;
  if (wanted !== undefined && !isLoadedWith(mapper, wanted, choice)) {
    if (choice?.raising.has(wanted.index) !== true) return [wanted];
    const name = `${mapper.name}.${wanted.property}`;
    throw new NotLoadedError(
      `${name} of ${nameEntity(entity)} is not loaded and was said to raise: ` +
        `load it with the object, by leaving it out of defer(), or by options(undefer(${name}))`,
    );
  }
  const expressions = expressionsOf(entity);
  return mapper.slots.filter(
    (slot) =>
      readField(entity, slot.field) === undefined &&
      expressions?.has(slot.index) !== true &&
      isLoadedWith(mapper, slot, choice),
  );
}

/** True where a column that is not deferred is not loaded. */
export function lacksColumns(entity: Entity): boolean {
  return missingSlots(entity, mapperOf(entity), undefined).length > 0;
}

function* rowOf(entity: Entity, compiled: Compiled, dialect: SqlDialect): Operation<readonly unknown[]> {
  const mapper = mapperOf(entity);
  const key = keyParameters(mapper, keySelectOf(mapper, dialect), keyOf(entity));
  const { rows } = yield { compiled, parameters: [key] };
  const [row] = rows;
  if (row === undefined) {
    throw new ObjectDeletedError(
      `${nameEntity(entity)} cannot be loaded: its row is gone from table '${mapper.from.name}'`,
    );
  }
  // Sound: the driver hands its rows over for good.
  decodeLoaded([row as unknown[]], compiled, dialect);
  return row;
}
