// Collections that are too large to be loaded (`lazy write_only`): what is put in and taken out waits for the flush;
// what is there is asked for, and changed, by statements.
import { InvalidRequestError } from "../../errors/errors.js";
import { existsNode, rawNode } from "../../sql/ast/expressions.js";
import { bareSelect, copySelect } from "../../sql/ast/statements.js";
import { ConditionElement } from "../../sql/build/expression.js";
import { typed } from "../../sql/build/element.js";
import { insert } from "../../sql/build/insert.js";
import { SelectStatement } from "../../sql/build/select.js";
import { deleteFrom, update } from "../../sql/build/update.js";
import type { Delete, EntityClass, Insert, Select, Update } from "../../sql/typing.js";
import { Integer } from "../../types/types.js";
import { type Entity, keyOf } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { selectOfOne } from "../load/related-select.js";
import { readField, type Relationship, writeField } from "../mapper.js";
import { addUnseen, checkRelated, removeUnseen } from "./both-sides.js";
import { conjunction } from "./join-conditions.js";
import { queuedChanges } from "./state.js";

/** The related objects of a relationship that is never loaded. `C` is the class of what is in it. */
export interface WriteOnlyCollection<C extends EntityClass> {
  /** Relates an object; its row is written by the next flush. */
  add(item: C["prototype"]): void;
  addAll(items: Iterable<C["prototype"]>): void;
  /** Ends the relation of an object, which has to be in the collection. */
  remove(item: C["prototype"]): void;
  /** SELECTs what is in the collection: add conditions, an order, a limit. */
  select(): Select<[C]>;
  /** INSERTs rows into the collection: execute it with the rows' values. Not over a link table. */
  insert(): Insert<C>;
  /** UPDATEs all that is in the collection, or what further conditions say. */
  update(): Update<C>;
  /** DELETEs all that is in the collection, or what further conditions say. */
  delete(): Delete;
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const ONE = rawNode("1", Integer().type);

/** The collection that the instance's property gives, made where it is not there yet. */
export function writeOnlyCollection(entity: Entity, relationship: Relationship): WriteOnly {
  const known = readField(entity, relationship.field);
  if (known instanceof WriteOnly) return known;
  const made = new WriteOnly(entity, relationship);
  writeField(entity, relationship.field, made);
  return made;
}

/**
 * Puts objects into the collection of a new object, in place of those that were put there before.
 * @throws InvalidRequestError for an object that has a row: what its collection holds is not known
 */
export function assignWriteOnly(entity: Entity, relationship: Relationship, items: readonly unknown[]): void {
  if (keyOf(entity) !== undefined) {
    throw new InvalidRequestError(
      `${String(relationship)} of ${nameEntity(entity)} is never loaded (write_only) and cannot be replaced: ` +
        `use its addAll() and remove(), or execute its delete()`,
    );
  }
  const collection = writeOnlyCollection(entity, relationship);
  const after = new Set(items);
  for (const item of queuedChanges(entity, relationship)?.added ?? []) {
    if (!after.has(item)) collection.remove(item);
  }
  collection.addAll(after);
}

/** The class behind `WriteOnlyCollection`. */
class WriteOnly {
  readonly #owner: Entity;
  readonly #relationship: Relationship;

  constructor(owner: Entity, relationship: Relationship) {
    this.#owner = owner;
    this.#relationship = relationship;
  }

  add(item: unknown): void {
    checkRelated(this.#relationship, item);
    if (queuedChanges(this.#owner, this.#relationship)?.added.has(item) === true) return;
    addUnseen(this.#owner, this.#relationship, item);
  }

  addAll(items: Iterable<unknown>): void {
    for (const item of items) this.add(item);
  }

  remove(item: unknown): void {
    checkRelated(this.#relationship, item);
    removeUnseen(this.#owner, this.#relationship, item);
  }

  select(): Select<readonly [EntityClass]> {
    const select = copySelect(selectOfOne(this.#relationship, this.#key()));
    select.labelStyle = "bare";
    return typed(new SelectStatement(select));
  }

  insert(): Insert<EntityClass> {
    const { definition, remoteColumns } = this.#relationship;
    if (definition.secondary !== undefined) {
      throw new InvalidRequestError(
        `${String(this.#relationship)} goes over a link table, which one INSERT cannot fill as well: use addAll()`,
      );
    }
    const key = this.#key();
    const values = Object.fromEntries(remoteColumns.map(({ property }, at) => [property, key[at]]));
    // Typed as any class's INSERT: which columns the key has is the mapping's to know.
    return insert(this.#target()).values(values as never);
  }

  update(): Update<EntityClass> {
    return update(this.#target()).where(this.#criterion());
  }

  delete(): Delete {
    return deleteFrom(this.#target()).where(this.#criterion());
  }

  [INSPECT](): string {
    return `WriteOnlyCollection(${String(this.#relationship)})`;
  }

  /** What holds for the rows of the collection's objects, in a statement over their table alone. */
  #criterion(): ConditionElement {
    const select = selectOfOne(this.#relationship, this.#key());
    const link = this.#relationship.definition.secondary;
    if (link === undefined) return new ConditionElement(conjunction(select.where));
    const rows = copySelect(bareSelect([ONE]));
    rows.froms = [link.table.node];
    rows.where = select.where;
    return new ConditionElement(existsNode(rows));
  }

  /** The owner's own columns that the other side refers to. */
  #key(): readonly unknown[] {
    return this.#relationship.localColumns.map(({ property }) => {
      // The generated property loads what is expired.
      const value: unknown = keyOf(this.#owner) === undefined ? undefined : Reflect.get(this.#owner, property);
      if (value !== undefined && value !== null) return value;
      throw new InvalidRequestError(
        `${String(this.#relationship)} of ${nameEntity(this.#owner)} cannot be asked: ` +
          `the object has no row yet. Flush it first`,
      );
    });
  }

  #target(): EntityClass {
    // Sound: `create` makes instances of the mapped class, whose constructor it is.
    return this.#relationship.target.definition.create().constructor as unknown as EntityClass;
  }
}
