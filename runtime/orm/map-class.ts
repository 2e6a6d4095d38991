// Joins a generated class to its table: makes the mapping, the static attributes that statements use, and the registry
// entry by which other classes' relationships find it. Runs once a class at import, so it does as little as it can.
import { MappingError } from "../errors/errors.js";
import type { Table } from "../schema/table.js";
import { type Entity, mapping, nameClass } from "./entity.js";
import { Mapper, type Relationship, registryOf } from "./mapper.js";
import { mapperOfClass } from "./mapped-class.js";
import type { MappingDefinition } from "./mapping-definition.js";
import { ComputedAttribute, type ComputedDefinition } from "./computed.js";
import { ColumnAttribute } from "./column-attribute.js";
import { createRelationshipAttribute } from "./relationships/attribute.js";
import { ProxyAttribute } from "./relationships/proxy-attribute.js";

/** A class that generated code defines. */
type MappedClass = abstract new (init: never) => Entity;

/**
 * Maps a class to a table. Not generic, so that checking generated classes stays cheap: their methods say themselves
 * which class they work on.
 * @throws MappingError where the definition does not fit the table, or its metadata has another class of this name
 */
export function mapClass(entityClass: MappedClass, definition: MappingDefinition): void {
  const { table } = definition;
  const registry = registryOf(table.metadata);
  if (registry.has(definition.name)) {
    throw new MappingError(
      `Two classes named ${definition.name} are mapped to tables of one MetaData: each class needs a name of its own`,
    );
  }
  const mapper = new Mapper(definition, table.node, registry);
  registry.set(definition.name, mapper);
  nameClass(entityClass, definition.name);
  Object.defineProperty(entityClass.prototype, mapping, { value: mapper });
  Object.defineProperty(entityClass, "$mapper", { value: mapper });
  defineColumnAttributes(entityClass, table, mapper);
  for (const relationship of mapper.relationships) defineRelationshipAttribute(entityClass, relationship, mapper);
  for (const [name, computed] of Object.entries(mapper.definition.computed ?? {})) {
    defineComputedAttribute(entityClass, name, computed, mapper);
  }
  for (const [name, proxy] of Object.entries(mapper.definition.proxies ?? {})) {
    defineLater(entityClass, name, () => new ProxyAttribute(name, proxy, mapper));
  }
}

/** Statics that every function has of its own, so that a subclass does not inherit them. */
const functionProperties = ["name", "length", "caller", "arguments"];

/**
 * Makes `own`, a class of the user's that extends the generated `base`, the class of the objects that are made of rows:
 * `base.$class`. Generated code does so for `table … as User from './user.ts'`.
 */
export function useClass(base: MappedClass, own: MappedClass): void {
  Object.defineProperty(base, "$class", { value: own, configurable: true });
  const { name, properties, relationships } = mapperOfClass(base, "useClass()");
  nameClass(own, name);
  const mapped = new Set([...properties, ...relationships.map((relationship) => relationship.name)]);
  for (const property of functionProperties) {
    const attribute = mapped.has(property) ? Object.getOwnPropertyDescriptor(base, property) : undefined;
    if (attribute !== undefined) Object.defineProperty(own, property, attribute);
  }
}

/** A class's column attributes are its table's columns; defined one by one, as `name` and `length` are not writable. */
function defineColumnAttributes(entityClass: object, table: Table, mapper: Mapper): void {
  // Of a class that shares its table, each attribute stands for the class's own rows; columns of joined tables are
  // others than the table's own.
  const owner = mapper.definition.inherits?.kind === "single" ? mapper : null;
  for (const { property, column } of mapper.slots) {
    const isPlain = owner === null && column.table === table.node;
    const value = isPlain ? table.columns[column.index] : new ColumnAttribute(column, owner);
    Object.defineProperty(entityClass, property, { value, enumerable: true, configurable: true });
  }
}

/** Made at first use, as few statements ask for it. */
function defineComputedAttribute(
  entityClass: object,
  name: string,
  computed: ComputedDefinition,
  mapper: Mapper,
): void {
  defineLater(entityClass, name, () => new ComputedAttribute(name, computed, mapper));
}

function defineLater(entityClass: object, name: string, make: () => object): void {
  let attribute: object | undefined;
  Object.defineProperty(entityClass, name, {
    get: () => (attribute ??= make()),
    enumerable: true,
    configurable: true,
  });
}

/** Made at first use: it refers to the target class, whose module may not have run yet. */
function defineRelationshipAttribute(entityClass: object, relationship: Relationship, owner: Mapper): void {
  defineLater(entityClass, relationship.name, () => createRelationshipAttribute(relationship, owner));
}
