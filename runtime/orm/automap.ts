// `automap(engine)`: an existing database as mapped classes at run time, without a schema file and without a build.
// Named like `athanor reflect` names; what generated code writes out for a class, here loops do.
import type { SchemaModel } from "../../model/schema-model.js";
import { nameSchema } from "../../model/reflected-classes.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { Operation } from "../engine/execution.js";
import { ArgumentError } from "../errors/errors.js";
import type { AsyncInspectionTarget, InspectionTarget } from "../reflect/inspector.js";
import type { DialectInspector } from "../reflect/dialect-inspector.js";
import { addRelations } from "../schema/add-relations.js";
import { MetaData } from "../schema/metadata.js";
import { inspectorOf, readTables } from "../schema/reflected-tables.js";
import type { Table } from "../schema/table.js";
import type { Attr, RelMany } from "../sql/typing.js";
import { type AutomapNames, renamed } from "./automap-names.js";
import { type AutomappedClass, type AutomappedObject, defineAutomappedClass } from "./automapped-class.js";

export interface AutomapOptions extends AutomapNames {
  /** The schema; the connection's default one where left out. */
  readonly schema?: string;
  /** Only these tables, and those that they refer to. */
  readonly tables?: readonly string[];
}

/** A database's classes. */
export class Automap {
  readonly metadata: MetaData;
  /** By name. A table without a primary key has none; nor has a pure link table, which is a relationship. */
  readonly classes: ReadonlyMap<string, AutomappedClass>;

  constructor(metadata: MetaData, classes: ReadonlyMap<string, AutomappedClass>) {
    this.metadata = metadata;
    this.classes = classes;
  }

  /** The class of this name. Throws `ArgumentError` where there is none. */
  class(name: string): AutomappedClass {
    const found = this.classes.get(name);
    if (found !== undefined) return found;
    throw new ArgumentError(`There is no class ${name}; there are ${[...this.classes.keys()].join(", ")}.`);
  }

  /** An attribute of a column for statements: `select(User).where(map.attribute(User, "name").eq("x"))`. */
  attribute(entityClass: AutomappedClass, property: string): Attr<string, string, unknown> {
    // Sound: it is what `mapClass` defined for the column.
    return ownStatic(entityClass, property) as Attr<string, string, unknown>;
  }

  /** An attribute of a relationship, for joins and loader options. */
  relationship(entityClass: AutomappedClass, property: string): RelMany<string, string, AutomappedObject, string> {
    // Sound: it is what `mapClass` defined for the relationship.
    return ownStatic(entityClass, property) as RelMany<string, string, AutomappedObject, string>;
  }
}

function ownStatic(entityClass: AutomappedClass, property: string): unknown {
  if (Object.hasOwn(entityClass, property)) return Reflect.get(entityClass, property);
  throw new ArgumentError(`The class ${entityClass.$mapper.name} has no attribute ${property}.`);
}

/**
 * Maps a database's tables to classes, with relationships from both sides of every foreign key and many-to-many through
 * pure link tables. Typed loosely, for scripts: what lasts is better served by `athanor reflect` and generated classes.
 * Throws `NoSuchTableError` for a table that is not there.
 */
export function automap(engine: InspectionTarget, options?: AutomapOptions): Automap;
export function automap(engine: AsyncInspectionTarget, options?: AutomapOptions): Promise<Automap>;
export function automap(
  engine: InspectionTarget | AsyncInspectionTarget,
  options: AutomapOptions = {},
): Automap | Promise<Automap> {
  return engine.runOperation(mapped(inspectorOf(engine), options));
}

function* mapped(inspector: DialectInspector, options: AutomapOptions): Operation<Automap> {
  const { schema, tables } = options;
  const names = { ...(schema === undefined ? {} : { schema }), ...(tables === undefined ? {} : { only: tables }) };
  const read = yield* readTables(inspector, names, () => false);
  return automapOf(renamed(nameSchema(read), options));
}

function automapOf(model: SchemaModel): Automap {
  const metadata = new MetaData();
  addRelations(model, metadata, () => true);
  const tableOf = (name: string): Table => {
    const table = metadata.tables.get(name);
    if (table === undefined) throw new ArgumentError(`A class is of the table ${name}, which was not read.`);
    return table;
  };
  const classes = model.classes.map((one) => {
    const table = tableOf(qualifiedKey(one.table));
    return [one.name, defineAutomappedClass(one, table, (name) => tableOf(qualifiedKey(name)))] as const;
  });
  return new Automap(metadata, new Map(classes));
}
