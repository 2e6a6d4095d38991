// The events of mapped classes and of their attributes, by name. `E` is the class's object, `T` an attribute's value.
import { type Answerable, EventHub } from "../../events/event-hub.js";

/** Something that happens to an object. */
interface InstanceEvent<E> {
  readonly object: E;
}

/** Something that the session of an object does with its row. */
interface RowEvent<E> extends InstanceEvent<E> {
  /** The session's face. */
  readonly session: object;
}

/** What an object is made with. */
interface InitialValues {
  readonly values: Readonly<Record<string, unknown>>;
}

/** What can be listened to on a mapped class: it holds for the classes that extend it, too. */
export interface ClassEvents<E> {
  /** A new object is being made by `new`, with these values; the answer may hold others, and a listener may throw. */
  readonly init: InstanceEvent<E> & Answerable<InitialValues> & InitialValues;
  /** An object was made from a row. */
  readonly load: RowEvent<E>;
  /** Columns of an object that was there were loaded anew. */
  readonly refresh: RowEvent<E>;
  /** What is loaded of an object was forgotten. */
  readonly expire: InstanceEvent<E>;
  /** Before the rows of the step are written: columns may still be set, relationships not. */
  readonly beforeInsert: RowEvent<E>;
  readonly afterInsert: RowEvent<E>;
  /** For each object that was changed, with or without a net change. */
  readonly beforeUpdate: RowEvent<E>;
  readonly afterUpdate: RowEvent<E>;
  readonly beforeDelete: RowEvent<E>;
  readonly afterDelete: RowEvent<E>;
}

/** Another value in place of the one that was given. */
interface ValueInstead<T> {
  readonly value: T;
}

/** What can be listened to on an attribute. The answer of `set` is what is taken instead. */
export interface AttributeEvents<T, Item = T> {
  /**
   * A column or a to-one relationship is assigned, by a constructor too; or a to-one relationship follows its other
   * side, which no answer changes. `oldValue` is undefined where it is not known.
   */
  readonly set: Answerable<ValueInstead<T>> & {
    readonly object: object;
    readonly value: T;
    readonly oldValue: T | undefined;
  };
  /** An object enters a collection; a listener may throw. */
  readonly append: { readonly object: object; readonly value: Item };
  /** An object leaves a collection. */
  readonly remove: { readonly object: object; readonly value: Item };
}

/** Listeners to all mapped classes: what `listen(Entity, …)` is for. */
export const everyClass = new EventHub<ClassEvents<object>>();

/** What the listeners to an attribute's assignment make of the value. */
export function valueHeard(
  hub: EventHub<AttributeEvents<unknown>> | null,
  event: Pick<AttributeEvents<unknown>["set"], "object" | "value" | "oldValue">,
): unknown {
  if (hub === null || !hub.has("set")) return event.value;
  // An answer is an object with the value to take; one without leaves it.
  return hub.transform("set", event, (now, answer) => ({ ...now, ...(answer as Partial<ValueInstead<unknown>>) }))
    .value;
}
