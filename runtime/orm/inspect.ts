// `inspect(object)`: where an object stands, what it is known by and what changed in it. Looking loads nothing.
import { ArgumentError } from "../errors/errors.js";
import { type AsyncInspectionTarget, type InspectionTarget, Inspector } from "../reflect/inspector.js";
import { describeValue } from "../types/describe-value.js";
import {
  committedValue,
  Entity,
  type EntityStatus,
  isTouched,
  keyOf,
  notLoaded,
  sessionOf,
  statusOf,
} from "./entity.js";
import { mapperOf, type Mapper, readField } from "./mapper.js";
import { mapperOfClass } from "./mapped-class.js";
import { relationshipHistory } from "./relationships/history.js";
import { SessionCore } from "./session-core.js";

/** What became of one attribute's value since the last flush. Each list holds values; scalars have at most one. */
export interface AttributeHistory {
  readonly added: readonly unknown[];
  readonly unchanged: readonly unknown[];
  readonly deleted: readonly unknown[];
}

/** One attribute of an object. */
export interface AttributeState {
  readonly key: string;
  /** False where the value is not in memory. */
  readonly isLoaded: boolean;
  /** The value in memory; undefined where it is not loaded. */
  readonly loadedValue: unknown;
  readonly history: AttributeHistory;
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A view of one object; it follows the object. */
export class InstanceState {
  readonly object: Entity;
  readonly mapper: Mapper;

  constructor(object: Entity) {
    this.object = object;
    this.mapper = mapperOf(object);
  }

  /** In no session, without a row. */
  get transient(): boolean {
    return this.status === "transient";
  }

  /** In a session, not yet inserted. */
  get pending(): boolean {
    return this.status === "pending";
  }

  /** In a session, with a row. */
  get persistent(): boolean {
    return this.status === "persistent";
  }

  /** Deleted by a flush whose transaction is still open. */
  get deleted(): boolean {
    return this.status === "deleted";
  }

  /** Of a row, but in no session any more. */
  get detached(): boolean {
    return this.status === "detached";
  }

  get status(): EntityStatus {
    return statusOf(this.object);
  }

  /** The session that holds the object; null where there is none. */
  get session(): object | null {
    const session = sessionOf(this.object);
    return session instanceof SessionCore ? session.face : null;
  }

  /** The primary key of the object's row, in key order; null where it has none. */
  get identity(): readonly unknown[] | null {
    const key = keyOf(this.object);
    if (key === undefined) return null;
    return Array.isArray(key) ? [...key] : [key];
  }

  /** True where something was assigned since the last flush, with or without a net change. */
  get modified(): boolean {
    return isTouched(this.object);
  }

  /** Names of the attributes that are not in memory. */
  get unloaded(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { key, isLoaded } of Object.values(this.attrs)) if (!isLoaded) names.add(key);
    return names;
  }

  /** The object's attributes, columns first. */
  get attrs(): Readonly<Record<string, AttributeState>> {
    const states: [string, AttributeState][] = this.mapper.slots.map(({ property, field, index }) => {
      const value = readField(this.object, field);
      return [property, attributeState(property, value, () => columnHistory(this.object, index, value))];
    });
    for (const relationship of this.mapper.relationships) {
      const value = readField(this.object, relationship.field);
      const history = (): AttributeHistory => {
        const { added, unchanged, removed } = relationshipHistory(this.object, relationship);
        return { added, unchanged, deleted: removed };
      };
      states.push([relationship.name, attributeState(relationship.name, value, history)]);
    }
    return Object.freeze(Object.fromEntries(states));
  }

  [INSPECT](): string {
    return `InstanceState(${this.status}, ${this.mapper.describe(this.object)})`;
  }
}

function attributeState(key: string, value: unknown, history: () => AttributeHistory): AttributeState {
  return {
    key,
    isLoaded: value !== undefined,
    loadedValue: value,
    get history() {
      return history();
    },
  };
}

function columnHistory(entity: Entity, index: number, value: unknown): AttributeHistory {
  const before = committedValue(entity, index);
  const now = value === undefined ? [] : [value];
  if (keyOf(entity) === undefined) return { added: now, unchanged: [], deleted: [] };
  if (before === undefined || before === value) return { added: [], unchanged: now, deleted: [] };
  return { added: now, unchanged: [], deleted: before === notLoaded ? [] : [before] };
}

/**
 * What is known of an object (its state), of a mapped class (its mapping) or of a database (an `Inspector`, for an
 * engine or a connection).
 * @throws ArgumentError for anything else
 */
export function inspect(target: Entity): InstanceState;
export function inspect(target: InspectionTarget): Inspector;
export function inspect(target: AsyncInspectionTarget): Inspector<AsyncInspectionTarget>;
export function inspect(target: object): Mapper;
export function inspect(target: object): InstanceState | Mapper | Inspector | Inspector<AsyncInspectionTarget> {
  if (target instanceof Entity) return new InstanceState(target);
  if (typeof target === "function") return mapperOfClass(target, "inspect()");
  if (isInspectable(target)) return new Inspector(target);
  throw new ArgumentError(
    `inspect() takes an object of a mapped class, the class, an engine or a connection, got ${describeValue(target)}`,
  );
}

function isInspectable(target: object): target is InspectionTarget {
  return "runOperation" in target && typeof target.runOperation === "function" && "dialect" in target;
}
