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
  let model = only === undefined ? selectParts(first, undefined, views) : chosen(first, only, views);
  // Databases of one schema refer within it; what lies elsewhere is read schema by schema.
  for (let missing = targetsOf(model, isKnown); missing.length > 0; missing = targetsOf(model, isKnown)) {
    const names = missing.map(({ name }) => name);
    const elsewhere = [...new Set(missing.flatMap((target) => target.schema ?? []))];
    const more = yield* inspector.read({ only: names });
    const others = elsewhere.length === 0 ? undefined : yield* inspector.read({ schemas: elsewhere, only: names });
    const tables = [...more.tables, ...(others?.tables ?? [])].filter((table) => isTarget(table, missing));
    if (tables.length === 0) break;
    model = merged(model, tables, [more, ...(others === undefined ? [] : [others])]);
  }
  return model;
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

function merged(model: SchemaModel, tables: readonly TableModel[], sources: readonly SchemaModel[]): SchemaModel {
  const enums = [...model.enums, ...sources.flatMap((source) => source.enums)];
  const domains = [...(model.domains ?? []), ...sources.flatMap((source) => source.domains ?? [])];
  return { ...model, tables: [...model.tables, ...tables], enums, domains };
}
