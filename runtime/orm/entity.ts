// The base class of every mapped class and the bookkeeping that each instance carries. The `#` fields are seen in this
// file only; the rest of the session works through the functions exported below.
import type { StatementParameters } from "../engine/execute-statement.js";
import type { ExecutionRequest } from "../engine/execution.js";
import type { SelectNode, StatementNode } from "../sql/ast/nodes.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { SqlType } from "../types/sql-type.js";
import type { ObjectEventName } from "./events/session-events.js";
import type { IdentityMap } from "./identity-map.js";
import type { SessionFlow } from "./session-flow.js";

/** What an instance knows of its class's mapping. */
export interface EntityMapping {
  readonly name: string;
  /** The mapping of the class at the root of its hierarchy: the key space that its objects share. */
  readonly root: EntityMapping;
  /** `field` is the instance's own property that holds the value. */
  readonly slots: readonly {
    readonly property: string;
    readonly field: string;
    readonly column: { readonly type: SqlType };
  }[];
  readonly relationships: readonly { readonly name: string; readonly field: string }[];
  /** One line for people: `User(id=1, name='spongebob')`. Never does I/O. */
  describe(entity: Entity): string;
  /** Columns and loaded relationships as plain JSON data; loads expired columns. */
  toJson(entity: Entity): object;
  /** Throws `ArgumentError` for keys that are no property of the class, and whatever listeners throw. */
  checkInit(init: object, entity: Entity): void;
}

/**
 * Where instances stand: one object for all instances of a session that stand alike, so that the session can let go of
 * all of them at once.
 */
export class Standing {
  session: EntitySession | null;
  status: EntityStatus;

  constructor(session: EntitySession | null, status: EntityStatus) {
    this.session = session;
    this.status = status;
  }
}

const transient = new Standing(null, "transient");
const detached = new Standing(null, "detached");
/** Of detached instances those whose row a session deleted. */
const gone = new Standing(null, "detached");

/** What an instance asks of the session that holds it. */
export interface EntitySession {
  /** Where instances of this session stand that have this status. */
  standing(status: EntityStatus): Standing;
  /** True while it waits for its database; others may come then, and `checkChange` says what they may do. */
  readonly isWaiting: boolean;
  /** @throws ConcurrentUseError while a flush is at work, whose end would take the change for written */
  checkChange(): void;
  /** The instance changed for the first time since it was last in step with its row. */
  noteChange(entity: Entity): void;
  /**
   * Loads what is not loaded, in one SELECT by primary key; deferred columns only where one of them is `wanted`. See
   * `atAccess`.
   */
  loadColumns(entity: Entity, wanted: string | null): void;
  /** A property gave a value that may change in place. */
  handOut(entity: Entity, index: number, value: object): void;
  /** Takes a related object in: the save-update cascade of a relationship that was just assigned. */
  cascadeInto(entity: Entity): void;
  /** Lets go of a new object that its only parent dropped before it was written. */
  expungeOrphan(entity: Entity): void;
  /** The persistent instances of one class, by key. */
  identities(mapping: EntityMapping): IdentityMap<Entity>;
  /**
   * The objects that the load at work has overwritten (`populateExisting`); null while loads leave what is loaded.
   */
  readonly overwritten: Set<Entity> | null;
  /**
   * The collections that were loaded or written, which are looked at before each flush. Kept by
   * `relationships/settle.ts`; here, because what a `WeakMap` by session held would survive every small collection of
   * garbage.
   */
  readonly collections: ReadonlySet<object> | null;
  watch(collection: object): void;
  unwatch(collection: object): void;
  /** True where somebody listens to these selects. */
  readonly hearsLoads: boolean;
  /** The select of a relationship's load or of one object by its key, as those who listen leave it. */
  loading(select: SelectNode, isRelationshipLoad: boolean): SelectNode;
  /** False where nobody listens to the session. */
  readonly isHeard: boolean;
  /** Tells who listens to the session of something that happened to an instance. */
  tell(name: ObjectEventName, entity: Entity): void;
  /** The same of a relationship that is loaded because it was read. */
  tellLazyLoad(entity: Entity, attribute: string, option: string): void;
  /** True where somebody listens to it. */
  tells(name: ObjectEventName): boolean;
  /** The public session, for events and for `inspect(object).session`. */
  readonly face: object;
  /** Forgets all that is known of a persistent instance but its key. */
  unload(entity: Entity): void;
  /**
   * Work that reading or assigning an attribute calls for: done at once where the driver is synchronous; else `refusal`
   * is thrown, because nobody could wait for it.
   */
  atAccess(work: SessionFlow<void>, refusal: () => Error): void;
  /** Writes what is pending, where the session flushes by itself before it queries. */
  autoflush(): SessionFlow<void>;
  /** A statement made ready for the database that it goes to, with values for its parameters by name. */
  request(node: StatementNode, parameters?: StatementParameters): ExecutionRequest;
  /** How the database that a class's rows are in is spoken to. */
  dialectOf(mapping: EntityMapping): SqlDialect;
  /** How the database that a request goes to is spoken to. */
  dialectFor(request: ExecutionRequest): SqlDialect;
  /** The statements of a class's own work, sent where its rows are; as they are where there is one database. */
  routed<T>(mapping: EntityMapping, operation: SessionFlow<T>): SessionFlow<T>;
}

/** Where an instance stands towards a session and the database. */
export type EntityStatus = "transient" | "pending" | "persistent" | "deleted" | "detached";

/** The key of an instance's row: the column's value, or an array of values in primary key order. */
export type IdentityKey = unknown;

/** Node's hook for `console.log`. */
const customInspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** Stands for a value that was not loaded when it was first overwritten. */
export const notLoaded: unique symbol = Symbol("not loaded");

/** Where a class's prototype keeps its mapping. */
export const mapping: unique symbol = Symbol("mapping");

/** The sign bit of the first word: something else than columns 0 to 30 changed. */
const otherChanges = 1 << 31;
/** Columns that one word of a bit mask covers: the sign bit stays free. */
export const columnsPerWord = 31;

/** Bookkeeping that most instances never need; allocated at the first change. */
class Changes {
  /** Pairs of column number and value before the first change; most objects have one. */
  committed: unknown[] | null = null;
  /** SQL expressions assigned to columns, by column number. */
  expressions: Map<number, object> | null = null;
  /** Changed columns from the 32nd on, 31 a word. */
  words: number[] | null = null;
}

const blankInit: object = Object.freeze({});

/** The constructor argument that makes an empty instance, for a row to be filled in. */
export function blank<Init extends object>(): Init {
  // Generated constructors return before they read a property of it.
  return blankInit as Init;
}

/** What listeners made of the values that objects are made with; null until one of them puts other values in place. */
let replacedInits: WeakMap<Entity, object> | null = null;

/** Has the constructors of an object take these values. */
export function replaceInit(entity: Entity, values: object): void {
  (replacedInits ??= new WeakMap()).set(entity, values);
}

/** The values that a generated constructor takes over: those given, or what listeners made of them; null of a blank. */
export function initialValues<Init extends object>(entity: Entity, init: Init): Init | null {
  if (init === blankInit) return null;
  // Sound: listeners answer with values of the same properties.
  return replacedInits === null ? init : ((replacedInits.get(entity) as Init | undefined) ?? init);
}

export let mappingOf: (entity: Entity) => EntityMapping;
export let sessionOf: (entity: Entity) => EntitySession | null;
export let statusOf: (entity: Entity) => EntityStatus;
export let keyOf: (entity: Entity) => IdentityKey | undefined;
/** `place`, where the standing is known. */
export let placeAt: (entity: Entity, standing: Standing, key: IdentityKey | undefined) => void;
/** True for an instance whose row a session has deleted, also once it is detached. */
export let wasDeleted: (entity: Entity) => boolean;
/** Bits of the changed columns of one word of 31. */
export let changedColumns: (entity: Entity, word: number) => number;
/** True where a column or a relationship was assigned since the instance was last in step with its row. */
export let isTouched: (entity: Entity) => boolean;
/** Notes that a column is about to be overwritten; `old` is undefined where it was not loaded. */
export let noteColumnChange: (entity: Entity, index: number, old: unknown) => void;
/** Notes that a relationship changed. */
export let noteRelationshipChange: (entity: Entity) => void;
/** The value before the first change, `notLoaded` where it was not known; undefined where nothing changed. */
export let committedValue: (entity: Entity, index: number) => unknown;
/** Forgets the change of one column. */
export let forgetColumnChange: (entity: Entity, index: number) => void;
/** Forgets every change: the instance is in step with its row. */
export let forgetChanges: (entity: Entity) => void;
/** SQL expressions assigned to columns, by column number. */
export let expressionsOf: (entity: Entity) => Map<number, object> | null;
export let setExpression: (entity: Entity, index: number, expression: object | null) => void;
/** What the relationships keep of one instance; theirs alone. */
export let relationshipStateOf: (entity: Entity) => object | null;
export let setRelationshipState: (entity: Entity, state: object | null) => void;

/** An object that stands for a row. Generated classes extend it; `new` makes a transient one. */
export abstract class Entity {
  declare readonly [mapping]: EntityMapping;

  #standing = transient;
  #key: IdentityKey | undefined = undefined;
  #changed = 0;
  #changes: Changes | null = null;
  #relationships: object | null = null;

  /** @param init the properties' values; an unknown key is an `ArgumentError`. */
  constructor(init: object) {
    if (init !== blankInit) this[mapping].checkInit(init, this);
  }

  /** Columns and loaded relationships; cycles are cut, bigint and decimals are strings, bytes base64. */
  toJSON(): object {
    return this[mapping].toJson(this);
  }

  [customInspect](): string {
    return this[mapping].describe(this);
  }

  static [customInspect](): string {
    return `[class ${classNames.get(this) ?? "Entity"}]`;
  }

  static {
    mappingOf = (entity) => entity[mapping];
    sessionOf = (entity) => entity.#standing.session;
    statusOf = (entity) => entity.#standing.status;
    keyOf = (entity) => entity.#key;
    placeAt = (entity, standing, key) => {
      entity.#standing = standing;
      entity.#key = key;
    };
    wasDeleted = (entity) => entity.#standing === gone || entity.#standing.status === "deleted";
    changedColumns = (entity, word) =>
      word === 0 ? entity.#changed & ~otherChanges : (entity.#changes?.words?.[word - 1] ?? 0);
    isTouched = (entity) => entity.#changed !== 0;
    noteColumnChange = (entity, index, old) => {
      const { session, status } = entity.#standing;
      if (session?.isWaiting === true) session.checkChange();
      if (status === "transient" || status === "pending") return;
      const before = entity.#changed;
      if (index < columnsPerWord) {
        const bit = 1 << index;
        if ((before & bit) !== 0) return;
        entity.#changed = before | bit;
      } else {
        const word = Math.floor(index / columnsPerWord) - 1;
        const bit = 1 << (index % columnsPerWord);
        const words = ((entity.#changes ??= new Changes()).words ??= []);
        const bits = words[word] ?? 0;
        if ((bits & bit) !== 0) return;
        while (words.length < word) words.push(0);
        words[word] = bits | bit;
        entity.#changed = before | otherChanges;
      }
      const changes = (entity.#changes ??= new Changes());
      const value = old === undefined ? notLoaded : old;
      // Written out, the list is as long as it has to be; a push makes room for many more.
      if (changes.committed === null) changes.committed = [index, value];
      else changes.committed.push(index, value);
      if (before === 0) session?.noteChange(entity);
    };
    noteRelationshipChange = (entity) => {
      const { session, status } = entity.#standing;
      if (session?.isWaiting === true) session.checkChange();
      if (status === "transient" || status === "pending") return;
      const before = entity.#changed;
      entity.#changed = before | otherChanges;
      if (before === 0) session?.noteChange(entity);
    };
    committedValue = (entity, index) => {
      const committed = entity.#changes?.committed ?? null;
      if (committed === null) return undefined;
      for (let at = 0; at < committed.length; at += 2) if (committed[at] === index) return committed[at + 1];
      return undefined;
    };
    forgetColumnChange = (entity, index) => {
      const changes = entity.#changes;
      if (changes === null) return;
      changes.expressions?.delete(index);
      const { committed } = changes;
      const at = committed?.findIndex((value, position) => position % 2 === 0 && value === index) ?? -1;
      if (at >= 0) committed?.splice(at, 2);
      if (index < columnsPerWord) entity.#changed &= ~(1 << index);
      else {
        const word = Math.floor(index / columnsPerWord) - 1;
        const bits = changes.words?.[word];
        if (bits !== undefined && changes.words !== null) changes.words[word] = bits & ~(1 << (index % columnsPerWord));
      }
    };
    forgetChanges = (entity) => {
      entity.#changed = 0;
      entity.#changes = null;
    };
    expressionsOf = (entity) => entity.#changes?.expressions ?? null;
    setExpression = (entity, index, expression) => {
      if (expression !== null) ((entity.#changes ??= new Changes()).expressions ??= new Map()).set(index, expression);
      else entity.#changes?.expressions?.delete(index);
    };
    relationshipStateOf = (entity) => entity.#relationships;
    setRelationshipState = (entity, state) => {
      entity.#relationships = state;
    };
  }
}

/** Moves an instance to another session, status and key. Only for those who keep the transition table. */
export function place(
  entity: Entity,
  session: EntitySession | null,
  status: EntityStatus,
  key: IdentityKey | undefined,
): void {
  if (session !== null) placeAt(entity, session.standing(status), key);
  else if (status === "transient") placeAt(entity, transient, key);
  else placeAt(entity, wasDeleted(entity) ? gone : detached, key);
}

const classNames = new WeakMap<object, string>();

/** Names a class for `console.log`, as its `name` may be a column. */
export function nameClass(entityClass: object, name: string): void {
  classNames.set(entityClass, name);
}
