// Reads the rows of a planned select: objects, the related objects that eager joins put beside them, and what is to be
// loaded when all rows are read.
import type { SqlRow } from "../../engine/execution.js";
import type { MappedEntity, SelectNode } from "../../sql/ast/nodes.js";
import type { Entity, EntitySession } from "../entity.js";
import { readField, type Relationship, writeField } from "../mapper.js";
import { openCollection } from "../relationships/both-sides.js";
import type { CollectionAdapter } from "../relationships/collection-adapter.js";
import { finishLoading } from "../relationships/install.js";
import { rememberLoads } from "../relationships/state.js";
import { type Conversion, convertRows } from "./decode-loaded.js";
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
  readonly entities: ReadonlySet<Entity>;
  readonly branch: EagerBranch;
  /** The statement that they came from, and what stood for their class in it. */
  readonly origin: RowsOrigin;
  readonly source: MappedEntity;
}

/** Reads the objects of one class and what is joined to them. */
export class LoadsReader {
  readonly #loads: EntityLoads;
  readonly #origin: RowsOrigin;
  readonly #reader: EntityReader;
  readonly #joined: readonly JoinedReader[];
  /** The objects read; kept only where they have to be visited again. */
  readonly #found: Set<Entity> | null;

  constructor(session: EntitySession, loads: EntityLoads, origin: RowsOrigin) {
    this.#loads = loads;
    this.#origin = origin;
    this.#reader = new EntityReader(session, loads.mapper, loads);
    this.#joined = loads.joined.map((each) => new JoinedReader(session, each, origin));
    this.#found = loads.later.length > 0 || mattersLater(loads.tree) ? new Set() : null;
  }

  /** The object of each row, whose values are converted first. */
  readAll(rows: readonly unknown[][], conversions: readonly Conversion[]): (Entity | null)[] {
    if (this.#joined.length === 0 && this.#found === null) return this.#reader.readAll(rows, conversions);
    convertRows(rows, conversions);
    return rows.map((row) => this.read(row));
  }

  read(row: SqlRow): Entity | null {
    const entity = this.#reader.read(row);
    if (entity === null) return null;
    this.#found?.add(entity);
    for (const joined of this.#joined) joined.read(entity, row);
    return entity;
  }

  /** Puts what was read in its place; returns what is left to load. */
  finish(): WaitingLoad[] {
    const waiting = this.#joined.flatMap((joined) => joined.finish());
    const entities = this.#found;
    if (entities === null || entities.size === 0) return waiting;
    const { tree, later, source } = this.#loads;
    const origin = this.#origin;
    if (mattersLater(tree)) for (const entity of entities) rememberLoads(entity, tree);
    return [...later.map((branch) => ({ entities, branch, origin, source })), ...waiting];
  }
}

/** Reads the far side of one eager join. */
class JoinedReader {
  readonly #relationship: Relationship;
  readonly #reader: LoadsReader;
  /** The collections being filled, and what is in them; null for one that was loaded before. */
  readonly #filling = new Map<Entity, { readonly collection: CollectionAdapter; readonly items: Set<Entity> } | null>();

  constructor(session: EntitySession, { relationship, loads }: JoinedLoads, origin: RowsOrigin) {
    this.#relationship = relationship;
    this.#reader = new LoadsReader(session, loads, origin);
  }

  read(owner: Entity, row: SqlRow): void {
    const related = this.#reader.read(row);
    const { field, collection } = this.#relationship;
    if (!collection) {
      if (readField(owner, field) === undefined) writeField(owner, field, related);
      return;
    }
    let filling = this.#filling.get(owner);
    if (filling === undefined) {
      const isLoaded = readField(owner, field) !== undefined;
      filling = isLoaded ? null : { collection: openCollection(owner, this.#relationship), items: new Set() };
      this.#filling.set(owner, filling);
    }
    if (filling === null || related === null || filling.items.has(related)) return;
    filling.items.add(related);
    filling.collection.appendLoaded(related);
  }

  finish(): WaitingLoad[] {
    for (const filling of this.#filling.values()) if (filling !== null) finishLoading(filling.collection);
    return this.#reader.finish();
  }
}
