// `listen` for everything that can be listened to: engines, sessions and their makers, mapped classes and attributes.
import { EVENTS, type EventHub, type Listener, type ListenOptions } from "../../events/event-hub.js";
import { ArgumentError } from "../../errors/errors.js";
import type { ColumnNode } from "../../sql/ast/nodes.js";
import { elementOf } from "../../sql/build/element.js";
import type { EntityClass, RelFrom, Sql } from "../../sql/typing.js";
import { describeValue } from "../../types/describe-value.js";
import { Entity } from "../entity.js";
import { Mapper, mapperOfTable } from "../mapper.js";
import { RelationshipAttribute } from "../relationships/attribute.js";
import { type AttributeEvents, type ClassEvents, everyClass } from "./class-events.js";

/** All mapped classes, as the target of `listen`. */
type EveryClass = typeof Entity;

/** A column of a class, as the target of `listen`. */
interface ColumnTarget<T> extends Sql<T> {
  readonly key: string;
  isNull(): unknown;
}

/** A relationship of a class, as the target of `listen`; `E` is what it leads to. */
interface RelationshipTarget<E> extends RelFrom<string, string> {
  has?(condition?: never): unknown;
  any?(condition?: never): unknown;
  eq?(value: E): unknown;
  contains?(value: E): unknown;
}

/** What the events of a target are, by name. */
type EventsOf<T> = T extends { readonly [EVENTS]: { readonly events?: infer M } }
  ? NonNullable<M>
  : T extends EntityClass
    ? ClassEvents<T["prototype"]>
    : T extends EveryClass
      ? ClassEvents<Entity>
      : T extends ColumnTarget<infer V>
        ? Pick<AttributeEvents<V>, "set">
        : T extends RelationshipTarget<infer E>
          ? AttributeEvents<E>
          : never;

/** What can be listened to. */
export type ListenTarget =
  { readonly [EVENTS]: object } | EveryClass | EntityClass | ColumnTarget<unknown> | RelationshipTarget<never>;

/**
 * Calls `listener` whenever it happens: `listen(engine, "commit", …)`, `listen(Session, "beforeFlush", …)`,
 * `listen(User, "beforeInsert", ({ object }) => …)`, `listen(User.email, "set", ({ value }) => …)`. With a class of
 * engines or sessions for its target, of every one of the class; with `Entity`, of every mapped class.
 * @throws ArgumentError for what has no events
 */
export function listen<T extends ListenTarget, K extends keyof EventsOf<T>>(
  target: T,
  name: K,
  listener: Listener<EventsOf<T>[K]>,
  options?: ListenOptions,
): void {
  hubOf<T>(target).add(name, listener, options);
}

/** Stops calling it. Does nothing where it was not called. */
export function unlisten<T extends ListenTarget, K extends keyof EventsOf<T>>(
  target: T,
  name: K,
  listener: Listener<EventsOf<T>[K]>,
): void {
  hubOf<T>(target).remove(name, listener);
}

/** True where `listener` is called for this event of this very target. */
export function isListening<T extends ListenTarget, K extends keyof EventsOf<T>>(
  target: T,
  name: K,
  listener: Listener<EventsOf<T>[K]>,
): boolean {
  return hubOf<T>(target).contains(name, listener);
}

function hubOf<T>(target: unknown): EventHub<EventsOf<T>> {
  const hub = findHub(target);
  // The types above say which events each kind of target has.
  if (hub !== null) return hub as EventHub<EventsOf<T>>;
  throw new ArgumentError(
    `listen() takes an engine, a session or a sessionmaker, a mapped class or an attribute of one, ` +
      `got ${describeValue(target)}`,
  );
}

function findHub(target: unknown): unknown {
  if (target === Entity) return everyClass;
  if (target instanceof RelationshipAttribute) {
    return target.owner instanceof Mapper ? target.owner.ownAttributeEvents(target.key) : null;
  }
  const node = elementOf(target)?.node;
  if (node?.kind === "column") return columnHub(node);
  if ((typeof target !== "object" && typeof target !== "function") || target === null) return null;
  const mapper: unknown = Reflect.get(target, "$mapper");
  if (mapper instanceof Mapper) return mapper.ownEvents;
  const events: unknown = Reflect.get(target, EVENTS);
  return events ?? null;
}

/** The listeners to a column: those of the class at the top of the hierarchy that has it. */
function columnHub(column: ColumnNode): unknown {
  const { table } = column;
  const known = table?.kind === "table" || table?.kind === "combined" ? mapperOfTable(table) : undefined;
  const owner = known?.root.family.find((each) => each.slots.some((slot) => slot.column === column));
  return owner?.ownAttributeEvents(column.property) ?? null;
}
