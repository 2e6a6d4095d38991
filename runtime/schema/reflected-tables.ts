// Tables of an existing database for a MetaData: read in few questions, with those that foreign keys lead to.
import { qualifiedKey, type QualifiedName } from "../../model/qualified-name.js";
import type { SchemaModel, TableModel } from "../../model/schema-model.js";
import type { Operation } from "../engine/execution.js";
import { InvalidRequestError } from "../errors/errors.js";
import type { DialectInspector } from "../reflect/dialect-inspector.js";
import { selectParts } from "../reflect/select-parts.js";

/** What a target's dialect must have to be read. */
interface Inspectable {
  readonly dialect: { readonly name?: string; readonly inspector?: DialectInspector };
}

/** The inspector of the target's dialect. Throws `InvalidRequestError` where it has none. */
export function inspectorOf({ dialect }: Inspectable): DialectInspector {
  if (dialect.inspector !== undefined) return dialect.inspector;
  throw new InvalidRequestError(`The dialect ${dialect.name ?? ""} has no inspector: its databases cannot be read.`);
}

/** What to read. */
export interface ReflectedNames {
  /** Only these tables; all where left out. */
  readonly only?: readonly string[];
  readonly schema?: string;
  readonly views?: boolean;
}

/**
 * The tables, and those that their foreign keys lead to unless `isKnown` says that they are known.
 * Throws `NoSuchTableError` for a name that is not there.
 */
export function* readTables(
  inspector: DialectInspector,
  { only, schema, views = false }: ReflectedNames,
  isKnown: (name: QualifiedName) => boolean,
): Operation<SchemaModel> {
  const schemas = schema === undefined ? {} : { schemas: [schema] };
  const first = yield* inspector.read({ ...schemas, ...(only === undefined ? {} : { only }) });
  const model = only === undefined ? selectParts(first, undefined, views) : chosen(first, only, views);
  return yield* withReferredTables(inspector, model, isKnown);
}

/**
 * The model and, through any number of steps, the tables that it refers to and lacks: what foreign keys lead to and
 * what partitions are part of, unless `isKnown` says that it is known. A table that is nowhere stays left out.
 */
export function* withReferredTables(
  inspector: DialectInspector,
  model: SchemaModel,
  isKnown: (name: QualifiedName) => boolean,
): Operation<SchemaModel> {
  let whole = model;
  for (let missing = targetsOf(whole, isKnown); missing.length > 0; missing = targetsOf(whole, isKnown)) {
    const found = yield* readTargets(inspector, missing);
    if (found.every(({ tables }) => tables.length === 0)) break;
    whole = merged([whole, ...found]);
  }
  return whole;
}

/** The tables and the types that they need. Most databases refer within one schema; others are read one by one. */
function* readTargets(inspector: DialectInspector, targets: readonly QualifiedName[]): Operation<SchemaModel[]> {
  const only = targets.map(({ name }) => name);
  const schemas = [...new Set(targets.flatMap(({ schema }) => schema ?? []))];
  const read = [yield* inspector.read({ only })];
  if (schemas.length > 0) read.push(yield* inspector.read({ schemas, only }));
  return read.map((model) =>
    selectParts({ ...model, tables: model.tables.filter((table) => isTarget(table, targets)) }, undefined, false),
  );
}

/** Names may be those of views too. */
function chosen(model: SchemaModel, only: readonly string[], views: boolean): SchemaModel {
  const isView = (name: string): boolean => model.views?.some((view) => view.name === name) === true;
  const viewNames = views ? only.filter(isView) : [];
  return selectParts(
    model,
    only.filter((name) => !viewNames.includes(name)),
    viewNames,
  );
}

function targetsOf({ tables }: SchemaModel, isKnown: (name: QualifiedName) => boolean): QualifiedName[] {
  const here = new Set(tables.map(qualifiedKey));
  const targets = new Map<string, QualifiedName>();
  const parents = tables.flatMap(({ partitionOf }) => partitionOf?.parent ?? []);
  for (const target of [
    ...tables.flatMap(({ foreignKeys }) => foreignKeys.map((key) => key.references.table)),
    ...parents,
  ]) {
    const key = qualifiedKey(target);
    if (!here.has(key) && !isKnown(target)) targets.set(key, target);
  }
  return [...targets.values()];
}

function isTarget(table: TableModel, targets: readonly QualifiedName[]): boolean {
  return targets.some((target) => qualifiedKey(target) === qualifiedKey(table));
}

/** The first with the tables and types of all. */
function merged(models: readonly [SchemaModel, ...SchemaModel[]]): SchemaModel {
  return {
    ...models[0],
    tables: models.flatMap(({ tables }) => tables),
    enums: distinct(models.flatMap(({ enums }) => enums)),
    domains: distinct(models.flatMap(({ domains = [] }) => domains)),
  };
}

function distinct<Part extends QualifiedName>(parts: readonly Part[]): Part[] {
  return [...new Map(parts.map((part) => [qualifiedKey(part), part])).values()];
}
