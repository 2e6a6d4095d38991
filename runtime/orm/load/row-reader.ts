// Reads the rows of a planned select: objects, the related objects that eager joins put beside them, and what is to be
// loaded when all rows are read.
import type { SqlRow } from "../../engine/execution.js";
import type { MappedEntity, SelectNode } from "../../sql/ast/nodes.js";
import type { Entity, EntitySession } from "../entity.js";
import { readField, type Relationship, writeField } from "../mapper.js";
import { installLoaded } from "../relationships/install.js";
import { rememberLoads } from "../relationships/state.js";
import type { Conversion } from "./decode-loaded.js";
import { EntityReader } from "./entity-reader.js";
import type { EntityLoads, JoinedLoads } from "./entity-loads.js";
import { type EagerBranch, mattersLater } from "./load-tree.js";

/** Values for a statement's parameters by name. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** The statement whose rows are read. */
interface RowsOrigin {
  readonly select: SelectNode;
  readonly given: GivenValues | undefined;
}

/** Objects that wait for a relationship to be loaded. */
export interface WaitingLoad {
  /** One that several rows are about is there more than once. */
  readonly entities: readonly Entity[];
  readonly branch: EagerBranch;
  /** The statement that they came from, and what stood for their class in it. */
  readonly origin: RowsOrigin;
  readonly source: MappedEntity;
}

const noConversions: readonly Conversion[] = [];

/** Reads the objects of one class and what is joined to them. */
export class LoadsReader {
  readonly #loads: EntityLoads;
  readonly #origin: RowsOrigin;
  readonly #reader: EntityReader;
  readonly #joined: readonly JoinedReader[];
  /** The objects read; kept only where they have to be visited again. */
  #found: Entity[] | null;

  constructor(session: EntitySession, loads: EntityLoads, origin: RowsOrigin) {
    this.#loads = loads;
    this.#origin = origin;
    this.#reader = new EntityReader(session, loads.mapper, loads);
    this.#joined = loads.joined.map((each) => new JoinedReader(session, each, origin));
    this.#found = loads.later.length > 0 || mattersLater(loads.tree) ? [] : null;
  }

  /** The object of each row, whose values are converted first. */
  readAll(rows: readonly unknown[][], conversions: readonly Conversion[]): (Entity | null)[] {
    const objects = this.#reader.readAll(rows, conversions);
    if (this.#joined.length === 0 && this.#found === null) return objects;
    const known = withoutNulls(objects);
    if (this.#found !== null) this.#found = this.#found.length === 0 ? known : this.#found.concat(known);
    const theirRows = known.length === rows.length ? rows : rows.filter((_, index) => objects[index] !== null);
    for (const joined of this.#joined) joined.readAll(known, theirRows);
    return objects;
  }

  read(row: SqlRow): Entity | null {
    const entity = this.#reader.read(row);
    if (entity === null) return null;
    this.#found?.push(entity);
    for (const joined of this.#joined) joined.read(entity, row);
    return entity;
  }

  /** Puts what was read in its place; returns what is left to load. */
  finish(): WaitingLoad[] {
    const waiting = this.#joined.flatMap((joined) => joined.finish());
    const entities = this.#found;
    if (entities === null || entities.length === 0) return waiting;
    const { tree, later, source } = this.#loads;
    const origin = this.#origin;
    if (mattersLater(tree)) for (const entity of entities) rememberLoads(entity, tree);
    return [...later.map((branch) => ({ entities, branch, origin, source })), ...waiting];
  }
}

function withoutNulls(objects: (Entity | null)[]): Entity[] {
  // Sound where none is among them: most often.
  return objects.includes(null) ? objects.filter((object) => object !== null) : (objects as Entity[]);
}

/** Reads the far side of one eager join. */
class JoinedReader {
  readonly #relationship: Relationship;
  readonly #reader: LoadsReader;
  /** What belongs into the owners' collections; null for one that was loaded before. */
  readonly #filling = new Map<Entity, Set<Entity> | null>();

  constructor(session: EntitySession, { relationship, loads }: JoinedLoads, origin: RowsOrigin) {
    this.#relationship = relationship;
    this.#reader = new LoadsReader(session, loads, origin);
  }

  read(owner: Entity, row: SqlRow): void {
    const related = this.#reader.read(row);
    if (this.#relationship.collection) this.#collect(owner, related);
    else this.#set(owner, related);
  }

  /** The same for all rows of a statement; each has an owner. */
  readAll(owners: readonly Entity[], rows: readonly unknown[][]): void {
    const related = this.#reader.readAll(rows, noConversions);
    const { collection } = this.#relationship;
    for (let index = 0; index < owners.length; index++) {
      const owner = owners[index];
      if (owner === undefined) continue;
      if (collection) this.#collect(owner, related[index] ?? null);
      else this.#set(owner, related[index] ?? null);
    }
  }

  #set(owner: Entity, related: Entity | null): void {
    const { field } = this.#relationship;
    if (readField(owner, field) === undefined) writeField(owner, field, related);
  }

  #collect(owner: Entity, related: Entity | null): void {
    let filling = this.#filling.get(owner);
    if (filling === undefined) {
      const isLoaded = readField(owner, this.#relationship.field) !== undefined;
      this.#filling.set(owner, (filling = isLoaded ? null : new Set()));
    }
    if (related !== null) filling?.add(related);
  }

  finish(): WaitingLoad[] {
    for (const [owner, items] of this.#filling) {
      if (items !== null) installLoaded(owner, this.#relationship, [...items]);
    }
    return this.#reader.finish();
  }
}
