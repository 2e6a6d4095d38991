// How one class maps to one table: its columns by slot, its relationships, and the registry in which relationships find
// each other by name. Built once a class by `mapClass`; everything that can wait is worked out at first use.
import type { Expression } from "../../model/expression.js";
import type { CascadeName } from "../../model/class-model.js";
import { EventHub } from "../events/event-hub.js";
import { ArgumentError, MappingError } from "../errors/errors.js";
import type { TableOwner } from "../schema/table.js";
import { ENTITY } from "../sql/ast/brand.js";
import { freshKey } from "../sql/ast/intern.js";
import type {
  ColumnNode,
  EntitySource,
  ExpressionNode,
  MappedEntity,
  RowDefault,
  TableNode,
} from "../sql/ast/nodes.js";
import { mutationOf } from "../types/mutation.js";
import type { Mutation } from "../types/sql-type.js";
import { type ClassLayout, classLayout } from "./class-layout.js";
import { classCriterion, writeCriterion } from "./class-rows.js";
import { classSource } from "./class-source.js";
import {
  columnsPerWord,
  type Entity,
  type EntityMapping,
  mappingOf,
  relationshipStateOf,
  replaceInit,
} from "./entity.js";
import type { KeySelect } from "./key-select.js";
import { mentionsSide } from "./relationships/join-expression.js";
import { describeEntity, entityToJson } from "./entity-text.js";
import { type AttributeEvents, type ClassEvents, everyClass, valueHeard } from "./events/class-events.js";

import { extendedDefinition, type MappingDefinition, type RelationshipDefinition } from "./mapping-definition.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** One mapped column: what joins a class's property to it. */
export interface Slot {
  readonly index: number;
  readonly property: string;
  /** The instance's own property that holds the value. */
  readonly field: string;
  readonly column: ColumnNode;
  /** How its values change in place; null where they do not. */
  readonly mutation: Mutation | null;
}

const NONE: ReadonlySet<number> = new Set();

let mappers = 0;

/** How many classes were mapped so far. */
export function mappedClasses(): number {
  return mappers;
}

/** A class's mapping. */
export class Mapper implements EntityMapping, MappedEntity {
  readonly [ENTITY] = true;
  readonly name: string;
  readonly key: number;
  /** The table, or the tables joined where the class inherits by joined tables. */
  readonly from: EntitySource;
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];
  /** As generated; of a class that extends another, put together with its base's. */
  readonly definition: MappingDefinition;
  readonly layout: ClassLayout;
  /** The class that this one extends. */
  readonly base: Mapper | null;
  /** The class whose key space the objects share: one identity map for the whole hierarchy. */
  readonly root: Mapper;
  /** Those that extend this class directly; they come as their modules are loaded. */
  readonly subclasses: Mapper[] = [];
  readonly slots: readonly Slot[];
  /** Slots that are loaded at access. */
  readonly deferred: ReadonlySet<number>;
  /** Those that come with the object: what `fill` reads. */
  readonly defaultSlots: readonly Slot[];
  readonly relationships: readonly Relationship[];
  /** Those that delete what they lead to together with an object. */
  readonly deleteCascades: readonly Relationship[];
  readonly registry: ReadonlyMap<string, Mapper>;
  /** Words of 31 columns: how often `collect` and `present` have to be asked. */
  readonly wordCount: number;
  /** The one used last; `keySelectOf` sets it. */
  keySelect: KeySelect | null = null;
  /** Null until it is asked for, and again when a class comes to it. */
  #family: readonly Mapper[] | null = null;
  #primaryKey: readonly Slot[] | undefined;
  #version: Slot | null | undefined;
  #names: ReadonlySet<string> | undefined;
  /** By polymorphic identity. */
  readonly #classes = new Map<unknown, Mapper | null>();
  #events: EventHub<ClassEvents<object>> | null = null;
  #attributeEvents: Map<string, EventHub<AttributeEvents<unknown>>> | null = null;
  /** True where somebody listens to an attribute: the assignments of all other classes do not ask further. */
  hasAttributeEvents = false;

  /** @throws MappingError where the definition does not fit the table or the class that it extends */
  constructor(own: MappingDefinition, table: TableNode, registry: ReadonlyMap<string, Mapper>) {
    const base = own.inherits === undefined ? null : baseOf(own.name, own.inherits.base, registry);
    const definition = base === null ? own : extendedDefinition(own, base);
    mappers += 1;
    this.name = own.name;
    this.key = freshKey();
    this.base = base;
    this.root = base === null || own.inherits?.kind === "concrete" ? this : base.root;
    base?.subclasses.push(this);
    for (let each = base; each !== null; each = each.base) each.#family = null;
    this.hasAttributeEvents = base?.hasAttributeEvents ?? false;
    this.layout = classLayout(own, table, base?.layout ?? null);
    this.from = classSource(table.name, this.layout);
    this.properties = this.layout.properties;
    this.definition = definition;
    this.registry = registry;
    this.slots = makeSlots(this.layout, this.from);
    this.columns = this.slots.map(({ column }) => column);
    this.deferred = definition.deferred === undefined ? NONE : new Set(definition.deferred);
    this.defaultSlots =
      this.deferred.size === 0 ? this.slots : this.slots.filter(({ index }) => !this.deferred.has(index));
    const inherited = base === null || this.root === this ? [] : base.relationships;
    const stated = inherited.length === 0 ? definition.relationships : own.relationships;
    const first = inherited.length;
    this.relationships = [...inherited, ...stated.map((each, at) => new Relationship(this, first + at, each))];
    this.deleteCascades = this.relationships.filter(({ cascade }) => cascade.has("delete"));
    this.wordCount = Math.max(1, Math.ceil(this.columns.length / columnsPerWord));
    if (!byTable.has(table)) byTable.set(table, this);
    if (this.from.kind === "combined") byTable.set(this.from, this);
  }

  /** The primary key's columns, in key order. */
  get primaryKey(): readonly Slot[] {
    return (this.#primaryKey ??= primaryKeySlots(this));
  }

  /** The class's own table: of several, the last. */
  get table(): TableNode {
    return this.definition.table.node;
  }

  /** Who listens to the class's objects: its own listeners, or those of the nearest class that has some. */
  get events(): EventHub<ClassEvents<object>> {
    return this.#events ?? this.base?.events ?? everyClass;
  }

  /** Where listeners to this very class are kept. */
  get ownEvents(): EventHub<ClassEvents<object>> {
    return (this.#events ??= new EventHub(this.base?.ownEvents ?? everyClass));
  }

  /** Who listens to an attribute, here or in a class that this one extends; null where nobody does. */
  attributeEvents(name: string): EventHub<AttributeEvents<unknown>> | null {
    return this.#attributeEvents?.get(name) ?? this.base?.attributeEvents(name) ?? null;
  }

  /** Where listeners to one of the class's own or inherited attributes are kept. */
  ownAttributeEvents(name: string): EventHub<AttributeEvents<unknown>> {
    this.#attributeEvents ??= new Map();
    let hub = this.#attributeEvents.get(name);
    if (hub === undefined) this.#attributeEvents.set(name, (hub = new EventHub(this.base?.attributeEvents(name))));
    for (const each of this.family) each.hasAttributeEvents = true;
    return hub;
  }

  /** True for this class and those that it extends. */
  isA(other: Mapper): boolean {
    return this === other || (this.base?.isA(other) ?? false);
  }

  /** This class and all that extend it. */
  get family(): readonly Mapper[] {
    return (this.#family ??= [this, ...this.subclasses.flatMap((each) => each.family)]);
  }

  get criteria(): readonly ExpressionNode[] {
    return classCriterion(this, this);
  }

  get writeCriteria(): readonly ExpressionNode[] {
    return writeCriterion(this);
  }

  get isScattered(): boolean {
    if (this.layout.parts.length > 1) return true;
    return (
      this.subclasses.length > 0 && this.family.some((each) => each.root === this.root && each.layout.parts.length > 1)
    );
  }

  get rowDefaults(): readonly RowDefault[] {
    const { polymorphicIdentity: value } = this.definition;
    const column = this.discriminator?.column;
    return column === undefined || value === undefined || column.table !== this.table ? [] : [{ column, value }];
  }

  /** The column whose value says which class a row is; null where every row is of this class. */
  get discriminator(): Slot | null {
    const { polymorphicOn } = this.root.definition;
    return polymorphicOn === undefined ? null : (this.slots[this.root.slotNamed(polymorphicOn).index] ?? null);
  }

  /**
   * The class of the rows that have this value in the discriminator: this one or one that extends it; null where it is
   * another class of the hierarchy.
   * @throws MappingError for a value that is no loaded class's identity
   */
  classOfRow(identity: unknown): Mapper | null {
    let found = this.#classes.get(identity);
    if (found === undefined) this.#classes.set(identity, (found = this.#findClass(identity)));
    return found;
  }

  #findClass(identity: unknown): Mapper | null {
    const found = this.root.family.find((each) => each.definition.polymorphicIdentity === identity);
    if (found !== undefined) return found.isA(this) ? found : null;
    throw new MappingError(
      `A row of table '${this.root.from.name}' says it is '${String(identity)}', which is no class's polymorphic ` +
        `identity: ${this.root.family.map((each) => each.name).join(", ")} are loaded`,
    );
  }

  /** False where no relationship of the instance was read or assigned: the common case of new and changed objects. */
  hasRelated(entity: Entity): boolean {
    const { relationships } = this;
    if (relationships.length === 0) return false;
    if (relationshipStateOf(entity) !== null) return true;
    for (let at = 0; at < relationships.length; at++) {
      const relationship = relationships[at];
      if (relationship !== undefined && readField(entity, relationship.field) !== undefined) return true;
    }
    return false;
  }

  /** @throws MappingError where the class has no such relationship. */
  relationship(name: string): Relationship {
    const found = this.relationships.find((each) => each.name === name);
    if (found === undefined) throw new MappingError(`Class ${this.name} has no relationship '${name}'`);
    return found;
  }

  /** The column that counts a row's updates; null where rows are not versioned. */
  get version(): Slot | null {
    if (this.#version === undefined) {
      const { version } = this.definition;
      const found = version === undefined ? null : this.slots.find(({ property }) => property === version);
      if (found === undefined) throw new MappingError(`Class ${this.name} has no property '${version ?? ""}' to count`);
      this.#version = found;
    }
    return this.#version;
  }

  /** The slot of the column that has this name in the database. */
  slotNamed(name: string): Slot {
    const found = this.slots.find((each) => each.column.name === name) ?? this.#keyNamed(name);
    if (found === undefined) {
      throw new MappingError(`Class ${this.name} maps no column '${name}' of table '${this.from.name}'`);
    }
    return found;
  }

  /** The key under the name that it has in one of the joined tables. */
  #keyNamed(name: string): Slot | undefined {
    for (const { key } of this.layout.parts) {
      const at = key.findIndex((column) => column.name === name);
      if (at >= 0) return this.primaryKey[at];
    }
    return undefined;
  }

  [INSPECT](): string {
    return `Mapper(${this.name} → ${this.from.name})`;
  }

  describe(entity: Entity): string {
    return describeEntity(entity, this);
  }

  toJson(entity: Entity): object {
    return entityToJson(entity, this);
  }

  checkInit(init: object, entity: Entity): void {
    const values = this.events.has("init") ? this.#heardInit(init, entity) : init;
    const names = (this.#names ??= new Set([...this.properties, ...this.relationships.map((each) => each.name)]));
    for (const name in values) {
      if (names.has(name)) continue;
      throw new ArgumentError(
        `'${name}' is no property of ${this.name}: new ${this.name}({ … }) takes ${[...names].join(", ")}`,
      );
    }
    const taken = this.hasAttributeEvents ? this.#heardValues(values, entity) : values;
    if (taken !== init) replaceInit(entity, taken);
  }

  /** What listeners to new objects make of the values. */
  #heardInit(init: object, object: Entity): object {
    const event = { object, values: { ...init } };
    // An answer is an object with the values to take; one without leaves them.
    return this.events.transform("init", event, (now, answer) => ({ ...now, ...(answer as Partial<typeof event>) }))
      .values;
  }

  /** What listeners to columns make of their values; relationships are told of as they are assigned. */
  #heardValues(init: object, object: Entity): object {
    const values: Record<string, unknown> = { ...init };
    for (const property of this.properties) {
      const value = values[property];
      if (value === undefined) continue;
      values[property] = valueHeard(this.attributeEvents(property), { object, value, oldValue: undefined });
    }
    return values;
  }
}

/** One relationship of a mapped class, its names resolved at first use. */
export class Relationship {
  readonly owner: Mapper;
  /** Its number among the class's relationships. */
  readonly index: number;
  readonly definition: RelationshipDefinition;
  readonly name: string;
  /** The instance's own property that holds the related object or the collection. */
  readonly field: string;
  readonly direction: RelationshipDefinition["direction"];
  /** True for a collection, false for a scalar. */
  readonly collection: boolean;
  readonly cascade: ReadonlySet<CascadeName>;
  /** True for a collection that is never loaded. */
  readonly isWriteOnly: boolean;
  #target: Mapper | undefined;
  #localColumns: readonly Slot[] | undefined;
  #remoteColumns: readonly Slot[] | undefined;
  #reverse: Relationship | null | undefined;
  #dependsOnRow: boolean | undefined;
  #startColumns: readonly Slot[] | undefined;

  constructor(owner: Mapper, index: number, definition: RelationshipDefinition) {
    this.owner = owner;
    this.index = index;
    this.definition = definition;
    this.name = definition.name;
    this.field = `_${definition.name}`;
    this.direction = definition.direction;
    this.collection = definition.collection;
    this.cascade = new Set(definition.cascade);
    this.isWriteOnly = definition.collection && definition.lazy === "write_only";
  }

  /** @throws MappingError where the target class's module was never imported. */
  get target(): Mapper {
    return (this.#target ??= this.#resolveTarget());
  }

  /** The owner's columns of the join, in the order of the pairs. */
  get localColumns(): readonly Slot[] {
    return (this.#localColumns ??= this.definition.pairs.map(([local]) => this.owner.slotNamed(local)));
  }

  /** True where the join demands more than its pairs, so that equal keys alone relate nothing. */
  get hasConditions(): boolean {
    return this.#conditions.length > 0;
  }

  /** True where it demands something of the owner's row beside the pairs: then the row is what it starts from. */
  get dependsOnRow(): boolean {
    return (this.#dependsOnRow ??= this.#conditions.some((each) => mentionsSide(each, "this")));
  }

  /** The owner's columns that loading starts from. */
  get startColumns(): readonly Slot[] {
    return (this.#startColumns ??= this.dependsOnRow ? this.owner.primaryKey : this.localColumns);
  }

  get #conditions(): readonly Expression[] {
    return [...(this.definition.primaryjoin ?? []), ...(this.definition.secondaryjoin ?? [])];
  }

  /** The target's columns of the join, in the order of the pairs (with a link table, of the link table's pairs). */
  get remoteColumns(): readonly Slot[] {
    return (this.#remoteColumns ??= (this.definition.secondary ?? this.definition).pairs.map(([, remote]) =>
      this.target.slotNamed(remote),
    ));
  }

  /** The target's relationship back to the owner; null where there is none, or where one of the two only reads. */
  get reverse(): Relationship | null {
    if (this.#reverse === undefined) {
      const { backPopulates, viewonly } = this.definition;
      const other = backPopulates === undefined || viewonly === true ? null : this.target.relationship(backPopulates);
      this.#reverse = other?.definition.viewonly === true ? null : other;
    }
    return this.#reverse;
  }

  /** True where the foreign key is set by an UPDATE of its own, as one of the two sides says. */
  get isPostUpdate(): boolean {
    return this.definition.postUpdate === true || this.reverse?.definition.postUpdate === true;
  }

  /** True where a changed key reaches the other side by ON UPDATE CASCADE, as neither side says otherwise. */
  get isPassiveUpdates(): boolean {
    return this.definition.passiveUpdates !== false && this.reverse?.definition.passiveUpdates !== false;
  }

  /** True where the flush writes by it: neither for reading only, nor over a link table. */
  get hasForeignKey(): boolean {
    return this.definition.viewonly !== true && this.definition.secondary === undefined;
  }

  toString(): string {
    return `${this.owner.name}.${this.name}`;
  }

  #resolveTarget(): Mapper {
    const found = this.owner.registry.get(this.definition.target);
    if (found !== undefined) return found;
    throw new MappingError(
      `Relationship ${String(this)} leads to class '${this.definition.target}', which is not loaded: ` +
        `import your classes from the generated index, which loads them all`,
    );
  }
}

const registries = new WeakMap<TableOwner, Map<string, Mapper>>();

/** The classes mapped to the tables of one MetaData, by name. */
export function registryOf(metadata: TableOwner): Map<string, Mapper> {
  let registry = registries.get(metadata);
  if (registry === undefined) registries.set(metadata, (registry = new Map()));
  return registry;
}

const byTable = new WeakMap<EntitySource, Mapper>();

/** The class that is mapped to a table, or that is read from joined tables; undefined where none is. */
export function mapperOfTable(table: EntitySource): Mapper | undefined {
  return byTable.get(table);
}

/** The mapping of an instance's class. */
export function mapperOf(entity: Entity): Mapper {
  // `mapClass` puts nothing but Mappers on prototypes.
  return mappingOf(entity) as Mapper;
}

/** Reads an instance's own field without loading. */
export function readField(entity: Entity, field: string): unknown {
  // Fields are private to TypeScript only; the mapping knows their names.
  return (entity as unknown as Readonly<Record<string, unknown>>)[field];
}

/** Writes an instance's own field without noting a change. */
export function writeField(entity: Entity, field: string, value: unknown): void {
  // As in `readField`.
  (entity as unknown as Record<string, unknown>)[field] = value;
}

function makeSlots({ columns, properties }: ClassLayout, from: EntitySource): Slot[] {
  return columns.map((original, index) => {
    const column = (from.kind === "combined" ? from.columns[index] : undefined) ?? original;
    const property = properties[index] ?? column.property;
    return { index, property, field: `_${property}`, column, mutation: mutationOf(column.type) };
  });
}

function baseOf(name: string, base: string, registry: ReadonlyMap<string, Mapper>): Mapper {
  const found = registry.get(base);
  if (found !== undefined) return found;
  throw new MappingError(`Class ${name} extends ${base}, which is not mapped: its module has to be loaded first`);
}

function primaryKeySlots(mapper: Mapper): readonly Slot[] {
  const [first] = mapper.layout.parts;
  if (first !== undefined && first.key.length > 0) {
    const { columns } = mapper.layout;
    return first.key.flatMap((column) => mapper.slots[columns.indexOf(column)] ?? []);
  }
  throw new MappingError(
    `Class ${mapper.name} cannot be used in a session: table '${mapper.from.name}' has no primary key, ` +
      `and an object is known by its row's key`,
  );
}
