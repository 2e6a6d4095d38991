// From rows to objects. The identity map is asked by primary key before anything is built, so there is one object a
// row; what an object has loaded already is left alone.
import type { SqlRow } from "../../engine/execution.js";
import {
  changedColumns,
  columnsPerWord,
  type Entity,
  type EntitySession,
  expressionsOf,
  isTouched,
  placeAt,
} from "../entity.js";
import type { IdentityMap } from "../identity-map.js";
import { type Mapper, mapperOf, readField, type Slot, writeField } from "../mapper.js";
import type { SubclassColumns } from "../polymorphic-entity.js";
import { type Conversion, convertRow, convertRows } from "./decode-loaded.js";

/** Where the columns of a class stand in a row. */
export interface RowColumns {
  readonly at: number;
  /** In this order; the key is among them. Where they are `mapper.defaultSlots`, the class's own `fill` reads them. */
  readonly slots: readonly Slot[];
  /** What subclasses add, counted from `at` on. */
  readonly subclasses: readonly SubclassColumns[];
  /** Of a union of tables: where the number of a row's class stands, and the classes by it. */
  readonly union?: { readonly at: number; readonly members: readonly SubclassColumns[] } | null;
}

/** A row that holds what a class loads by itself, and nothing before it. */
function wholeRow(mapper: Mapper): RowColumns {
  return { at: 0, slots: mapper.defaultSlots, subclasses: [] };
}

/**
 * The object of the row that was asked for by `key`, which no object of the session has: what `get` reads.
 * @param keyAt where the key stands, if it is one column and the row is known to be of this class; else -1
 */
export function readByKey(
  session: EntitySession,
  mapper: Mapper,
  key: unknown,
  row: SqlRow,
  keyAt: number,
): Entity | null {
  const isTold = session.tells("loadedAsPersistent") || mapper.events.has("load");
  // The database may find a row by a key that it takes for equal, as where letters' case does not count.
  if (isTold || keyAt < 0 || row[keyAt] !== key) return new EntityReader(session, mapper, wholeRow(mapper)).read(row);
  const entity = mapper.definition.create();
  mapper.definition.fill(entity, row, 0);
  placeAt(entity, session.standing("persistent"), key);
  session.identities(mapper).set(key, entity);
  return entity;
}

/** Reads the objects of one class out of rows. */
export class EntityReader {
  readonly mapper: Mapper;
  readonly #session: EntitySession;
  readonly #at: number;
  readonly #slots: readonly Slot[];
  readonly #subclasses: readonly SubclassColumns[];
  /** True where the class's own `fill` reads the columns. */
  readonly #isDefault: boolean;
  readonly #identities: IdentityMap<Entity>;
  /** True where somebody wants to know of each object that is made. */
  readonly #isTold: boolean;
  /** Where a one-column key stands in a row; -1 for a composite key. */
  readonly #keyAt: number;
  /** Where the discriminator stands; -1 where every row is of this very class. */
  readonly #classAt: number;
  /** For the rows of a union of tables, a reader for each class by its number. */
  readonly #members: readonly EntityReader[] | null;

  constructor(session: EntitySession, mapper: Mapper, { at, slots, subclasses, union = null }: RowColumns) {
    this.mapper = mapper;
    this.#session = session;
    this.#at = at;
    this.#slots = slots;
    this.#subclasses = subclasses;
    this.#isDefault = slots === mapper.defaultSlots;
    this.#identities = session.identities(mapper);
    this.#isTold = session.tells("loadedAsPersistent") || mapper.events.has("load");
    const [first] = mapper.primaryKey;
    this.#keyAt = mapper.primaryKey.length === 1 && first !== undefined ? at + slots.indexOf(first) : -1;
    const { discriminator } = mapper;
    this.#classAt = discriminator === null ? -1 : at + slots.indexOf(discriminator);
    this.#members = null;
    if (union === null) return;
    this.#classAt = at + union.at;
    this.#members = union.members.map((member) => {
      const shared = member.mapper.slots.slice(0, slots.length);
      return new EntityReader(session, member.mapper, { at, slots: shared, subclasses: [member] });
    });
  }

  /**
   * The row's object; null where its key is NULL, as on the far side of an outer join, and where the row is of another
   * class of the hierarchy.
   */
  read(row: SqlRow): Entity | null {
    if (this.#members !== null) return this.#members[Number(row[this.#classAt])]?.read(row) ?? null;
    const key = this.#keyAt >= 0 ? row[this.#keyAt] : this.#compositeKey(row);
    if (key === null) return null;
    const known = this.#identities.get(key);
    if (known !== undefined) {
      if (this.#classAt >= 0 && !mapperOf(known).isA(this.mapper)) return null;
      this.#meet(known, row);
      return known;
    }
    const mapper = this.#classAt < 0 ? this.mapper : this.mapper.classOfRow(row[this.#classAt]);
    if (mapper === null) return null;
    const entity = mapper.definition.create();
    if (this.#isDefault && this.#subclasses.length === 0) this.mapper.definition.fill(entity, row, this.#at);
    else this.#fill(entity, row);
    placeAt(entity, this.#session.standing("persistent"), key);
    this.#identities.set(key, entity);
    if (this.#isTold) this.#tell(entity, mapper);
    return entity;
  }

  #tell(entity: Entity, mapper: Mapper): void {
    this.#session.tell("loadedAsPersistent", entity);
    mapper.events.emit("load", { object: entity, session: this.#session.face });
  }

  /** The object of each row, whose values are converted first: where plain selects spend their time. */
  readAll(rows: readonly unknown[][], conversions: readonly Conversion[]): (Entity | null)[] {
    const keyAt = this.#keyAt;
    if (keyAt < 0 || this.#classAt >= 0 || this.#isTold || !this.#isDefault) {
      convertRows(rows, conversions);
      return rows.map((row) => this.read(row));
    }
    const { definition } = this.mapper;
    const standing = this.#session.standing("persistent");
    const identities = this.#identities;
    const at = this.#at;
    identities.expect(rows.length, rows[0]?.[keyAt]);
    const objects = Array<Entity | null>(rows.length);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index];
      if (row === undefined) continue;
      if (conversions.length > 0) convertRow(row, conversions);
      const key = row[keyAt];
      const known = key === null ? null : identities.get(key);
      if (known !== undefined) {
        if (known !== null) this.#meet(known, row);
        objects[index] = known;
        continue;
      }
      const entity = definition.create();
      definition.fill(entity, row, at);
      placeAt(entity, standing, key);
      identities.set(key, entity);
      objects[index] = entity;
    }
    return objects;
  }

  #compositeKey(row: SqlRow): readonly unknown[] | null {
    let isNull = true;
    const key = this.mapper.primaryKey.map((slot) => {
      const value = row[this.#at + this.#slots.indexOf(slot)];
      if (value !== null) isNull = false;
      return value;
    });
    return isNull ? null : key;
  }

  #fill(entity: Entity, row: SqlRow): void {
    fillSlots(entity, this.#slots, row, this.#at);
    const mapper = mapperOf(entity);
    for (const each of this.#subclasses) {
      if (mapper.isA(each.mapper)) fillSlots(entity, each.slots, row, this.#at + each.at);
    }
  }

  /** A row of an object that is there: fills it up, or overwrites it the first time where that was asked for. */
  #meet(entity: Entity, row: SqlRow): void {
    const { overwritten } = this.#session;
    if (overwritten === null || overwritten.has(entity)) {
      this.#refill(entity, row);
      return;
    }
    overwritten.add(entity);
    this.#session.unload(entity);
    this.#fill(entity, row);
  }

  /** Sets the columns of a persistent object that are not loaded from its row; changed ones keep their change. */
  #refill(entity: Entity, row: SqlRow): void {
    const mapper = mapperOf(entity);
    if (isLoaded(entity, mapper)) return;
    refillSlots(entity, this.#slots, row, this.#at);
    for (const each of this.#subclasses) {
      if (mapper.isA(each.mapper)) refillSlots(entity, each.slots, row, this.#at + each.at);
    }
  }
}

function fillSlots(entity: Entity, slots: readonly Slot[], row: SqlRow, at: number): void {
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index];
    if (slot !== undefined) writeField(entity, slot.field, row[at + index]);
  }
}

function refillSlots(entity: Entity, slots: readonly Slot[], row: SqlRow, at: number): void {
  const expressions = expressionsOf(entity);
  const touched = isTouched(entity);
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index];
    if (slot === undefined || readField(entity, slot.field) !== undefined) continue;
    if (touched && (isChanged(entity, slot.index) || expressions?.has(slot.index) === true)) continue;
    writeField(entity, slot.field, row[at + index]);
  }
}

function isChanged(entity: Entity, index: number): boolean {
  const bits = changedColumns(entity, Math.floor(index / columnsPerWord));
  return (bits & (1 << (index % columnsPerWord))) !== 0;
}

function isLoaded(entity: Entity, mapper: Mapper): boolean {
  const { definition, wordCount, columns } = mapper;
  for (let word = 0; word < wordCount; word++) {
    const count = Math.min(columnsPerWord, columns.length - word * columnsPerWord);
    // 31 bits are the most of a word, so the sign bit stays clear.
    if (definition.present(entity, word) !== 2 ** count - 1) return false;
  }
  return true;
}
