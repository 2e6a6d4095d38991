// One class of an automapped database: what generated code writes out line by line, done in loops over its columns.
import type { ClassModel, RelationshipModel } from "../../model/class-model.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import { ArgumentError } from "../errors/errors.js";
import type { Table } from "../schema/table.js";
import type { EntityClass } from "../sql/typing.js";
import { assignColumn, loadColumn } from "./attributes.js";
import { columnsPerWord, Entity, initialValues, blank } from "./entity.js";
import { mapClass } from "./map-class.js";
import { readField, writeField } from "./mapper.js";
import type { RelationshipDefinition } from "./mapping-definition.js";
import { assignCollection, assignRelated, loadCollection, loadRelated } from "./relationships/attributes.js";

/** Values by property. */
type Values = Readonly<Record<string, unknown>>;

/** An object of an automapped class: its columns and relationships by property. */
export type AutomappedObject = Entity & Record<string, unknown>;

/** A class that is mapped at run time. `new Class({ … })` takes columns and relationships by property. */
export interface AutomappedClass extends EntityClass<string, Values, unknown, Values, Values> {
  new (init?: Values): AutomappedObject;
  readonly prototype: AutomappedObject;
}

/** A column's or relationship's value lives in the object's own property of this name. */
const fieldOf = (property: string): string => `_${property}`;

/** Makes the class and maps it to its table; `tableOf` finds link tables. */
export function defineAutomappedClass(
  model: ClassModel,
  table: Table,
  tableOf: (name: QualifiedName) => Table,
): AutomappedClass {
  const properties = table.columns.map(({ key }) => key);
  const fields = properties.map(fieldOf);
  const relationships = model.relationships.map((one) => definition(one, tableOf));
  const Automapped = class extends Entity {
    constructor(init: Values = {}) {
      super(init);
      for (const field of fields) writeField(this, field, undefined);
      for (const { name } of relationships) writeField(this, fieldOf(name), undefined);
      const given = initialValues(this, init);
      if (given === null) return;
      for (const column of table.columns)
        writeField(this, fieldOf(column.key), initialValue(given[column.key], column));
      relationships.forEach(({ name, collection }, index) => {
        const value = given[name];
        if (value === undefined) return;
        if (collection) assignCollection(this, index, listOf(value, name));
        else assignRelated(this, index, value);
      });
    }
  };
  mapClass(Automapped, {
    name: model.name,
    table,
    properties,
    relationships,
    create: () => new Automapped(blank()),
    fill(entity, row, at) {
      fields.forEach((field, index) => writeField(entity, field, row[at + index]));
    },
    collect(entity, word, mask, into) {
      wordOf(fields, word).forEach((field, bit) => {
        if (mask & (1 << bit)) into.push(readField(entity, field));
      });
    },
    present(entity, word) {
      let mask = 0;
      wordOf(fields, word).forEach((field, bit) => {
        if (readField(entity, field) !== undefined) mask |= 1 << bit;
      });
      return mask;
    },
    expire(entity) {
      for (const field of fields) writeField(entity, field, undefined);
    },
  });
  defineColumns(Automapped.prototype, properties);
  defineRelationships(Automapped.prototype, relationships);
  // Sound: the accessors and `mapClass` made it what the type says.
  return Automapped as unknown as AutomappedClass;
}

/** The fields of one mask. */
function wordOf(fields: readonly string[], word: number): readonly string[] {
  return fields.slice(word * columnsPerWord, (word + 1) * columnsPerWord);
}

/** What is left out is NULL where the column takes that and nothing else gives a value. */
function initialValue(given: unknown, { node }: Table["columns"][number]): unknown {
  return given === undefined && node.nullable && node.generation === "none" ? null : given;
}

function listOf(value: unknown, name: string): object {
  if (typeof value === "object" && value !== null) return value;
  throw new ArgumentError(`The relationship ${name} takes objects in an array.`);
}

function defineColumns(prototype: Entity, properties: readonly string[]): void {
  properties.forEach((property, index) => {
    const field = fieldOf(property);
    Object.defineProperty(prototype, property, {
      get(this: Entity): unknown {
        const value = readField(this, field);
        return value === undefined ? loadColumn(this, index) : value;
      },
      set(this: Entity, value: unknown) {
        writeField(this, field, assignColumn(this, index, readField(this, field), value));
      },
      enumerable: false,
      configurable: true,
    });
  });
}

function defineRelationships(prototype: Entity, relationships: readonly RelationshipDefinition[]): void {
  relationships.forEach(({ name, collection }, index) => {
    const field = fieldOf(name);
    Object.defineProperty(prototype, name, {
      get(this: Entity): unknown {
        const value = readField(this, field);
        if (value !== undefined) return value;
        return collection ? loadCollection(this, index) : loadRelated(this, index);
      },
      set(this: Entity, value: unknown) {
        if (collection) assignCollection(this, index, listOf(value, name));
        else assignRelated(this, index, value);
      },
      enumerable: false,
      configurable: true,
    });
  });
}

function definition(one: RelationshipModel, tableOf: (name: QualifiedName) => Table): RelationshipDefinition {
  const { name, target, direction, collection, optional, pairs, secondary, backPopulates, cascade } = one;
  return {
    name,
    target,
    direction,
    collection,
    optional,
    pairs: pairs.map(({ local, remote }) => [local, remote] as const),
    ...(secondary === undefined
      ? {}
      : {
          secondary: {
            table: tableOf(secondary.table),
            pairs: secondary.pairs.map(({ local, remote }) => [local, remote] as const),
          },
        }),
    ...(backPopulates === undefined ? {} : { backPopulates }),
    cascade,
    ...(one.passiveDeletes === false ? {} : { passiveDeletes: one.passiveDeletes }),
  };
}
