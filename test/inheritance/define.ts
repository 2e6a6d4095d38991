// Mapped classes made at run time, as short as a test wants them: what generated code states is derived here.
import {
  assignCollection,
  assignColumn,
  assignRelated,
  type Attr,
  blank,
  Entity,
  type EntityClass,
  initialValues,
  loadCollection,
  loadColumn,
  loadRelated,
  mapClass,
  type MappingDefinition,
  polymorphicIdentity,
  type RelMany,
  type RelationshipDefinition,
  type Table,
} from "athanor";

/** An object whose properties a test reads and writes by name. */
export type Instance = Entity & Record<string, unknown>;
export type AnyClass = EntityClass & { new (init: Record<string, unknown>): Instance; readonly prototype: Instance };

/** A column attribute by its name. */
export function column(entityClass: EntityClass, name: string): Attr<string, string, unknown> {
  return Reflect.get(entityClass, name) as Attr<string, string, unknown>; // the test names columns only
}

/** A relationship attribute by its name. */
export function relationship(entityClass: EntityClass, name: string): RelMany<string, string, Instance, string> {
  return Reflect.get(entityClass, name) as RelMany<string, string, Instance, string>; // the test names collections only
}

interface Definition {
  readonly name: string;
  readonly table: Table;
  /** The class's own columns, which are their properties too. */
  readonly columns: readonly string[];
  readonly base?: AnyClass;
  readonly kind?: "single" | "joined" | "concrete";
  readonly on?: string;
  readonly identity?: string;
  readonly relationships?: readonly RelationshipDefinition[];
}

type Fields = Record<string, unknown>;

/** Slots and relationships of each class, its bases' first. */
const layouts = new WeakMap<object, { readonly slots: readonly string[]; readonly relationships: number }>();

export function defineClass({
  name,
  table,
  columns,
  base,
  kind,
  on,
  identity,
  relationships = [],
}: Definition): AnyClass {
  const known = base === undefined ? undefined : layouts.get(base);
  const first = known?.slots.length ?? 0;
  const firstRelationship = known?.relationships ?? 0;
  const discriminator = first === 0 ? on : undefined;
  // Sound: the class below is what `AnyClass` describes, and its base another one.
  const Base = (base ?? Entity) as unknown as new (init: object) => Instance;
  class Defined extends Base {
    constructor(init: object) {
      super(init);
      const given = initialValues(this, init) as Fields | null; // whatever the test passes
      const fields = this as Fields;
      for (const column of columns) {
        fields[`_${column}`] = undefined;
        if (given === null) continue;
        const value = given[column] ?? (column === discriminator ? polymorphicIdentity(this) : undefined);
        fields[`_${column}`] = value === undefined && column !== "id" ? null : value;
      }
      for (const each of relationships) fields[`_${each.name}`] = undefined;
      if (given === null) return;
      relationships.forEach((each, at) => {
        if (given[each.name] !== undefined) this[each.name] = given[each.name];
        void at;
      });
    }
  }
  columns.forEach((column, at) => {
    Object.defineProperty(Defined.prototype, column, {
      get(this: Entity & Fields) {
        return this[`_${column}`] === undefined ? loadColumn(this, first + at) : this[`_${column}`];
      },
      set(this: Entity & Fields, value: unknown) {
        this[`_${column}`] = assignColumn(this, first + at, this[`_${column}`], value);
      },
    });
  });
  relationships.forEach(({ name: property, collection }, at) => {
    const index = firstRelationship + at;
    Object.defineProperty(Defined.prototype, property, {
      get(this: Entity & Fields) {
        const value = this[`_${property}`];
        if (value !== undefined) return value;
        return collection ? loadCollection(this, index) : loadRelated(this, index);
      },
      set(this: Entity & Fields, value: never) {
        if (collection) assignCollection(this, index, value);
        else assignRelated(this, index, value);
      },
    });
  });
  const bit = (at: number): number => 1 << (first + at);
  const definition: MappingDefinition = {
    name,
    table,
    properties: columns,
    columns,
    relationships,
    ...(base === undefined ? {} : { inherits: { base: base.$mapper.name, kind: kind ?? "single" } }),
    ...(on === undefined ? {} : { polymorphicOn: on }),
    ...(identity === undefined ? {} : { polymorphicIdentity: identity }),
    create: () => new Defined(blank()),
    fill: (entity, row, start) => columns.forEach((column, at) => void set(entity, column, row[start + at])),
    collect: (entity, _word, mask, into) =>
      columns.forEach((column, at) => void ((mask & bit(at)) === 0 ? 0 : into.push(get(entity, column)))),
    present: (entity) =>
      columns.reduce((mask, column, at) => (get(entity, column) === undefined ? mask : mask | bit(at)), 0),
    expire: (entity) => columns.forEach((column) => void set(entity, column, undefined)),
  };
  mapClass(Defined, definition);
  layouts.set(Defined, {
    slots: [...(known?.slots ?? []), ...columns],
    relationships: firstRelationship + relationships.length,
  });
  return Defined as unknown as AnyClass; // `mapClass` put the attributes on it
}

function get(entity: Entity, column: string): unknown {
  return (entity as Instance)[`_${column}`]; // every class here keeps its values so
}

function set(entity: Entity, column: string, value: unknown): void {
  (entity as Instance)[`_${column}`] = value; // as above
}
