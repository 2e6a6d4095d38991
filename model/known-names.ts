// What an earlier schema called things: a second reflection keeps it, and names only what is new.
import type { ClassModel } from "./class-model.js";
import type { ColumnModel } from "./column-model.js";
import { qualifiedKey, type QualifiedName } from "./qualified-name.js";
import type { EnumModel, ForeignKeyModel, SchemaModel, TableModel, ViewModel } from "./schema-model.js";

/** Looks up what the schema before called the tables, classes and enums; empty where there was none. */
export class KnownNames {
  readonly #tables: ReadonlyMap<string, TableModel | ViewModel>;
  readonly #classes: ReadonlyMap<string, ClassModel>;
  readonly #enums: ReadonlyMap<string, EnumModel>;
  readonly typeNames: readonly string[];

  constructor(model: SchemaModel | undefined) {
    const { tables = [], views = [], classes = [], enums = [] } = model ?? {};
    this.#tables = new Map([...tables, ...views].map((table) => [qualifiedKey(table), table]));
    const own = classes.filter(({ inheritance }) => inheritance?.kind !== "single");
    this.#classes = new Map(own.map((one) => [qualifiedKey(one.table), one]));
    this.#enums = new Map(enums.map((one) => [qualifiedKey(one), one]));
    this.typeNames = [...classes.map(({ name }) => name), ...enums.map(({ typeName }) => typeName)];
  }

  has(table: QualifiedName): boolean {
    return this.#tables.has(qualifiedKey(table));
  }

  columnsOf(table: QualifiedName): readonly ColumnModel[] {
    return this.#tables.get(qualifiedKey(table))?.columns ?? [];
  }

  classOf(table: QualifiedName): ClassModel | undefined {
    return this.#classes.get(qualifiedKey(table));
  }

  enumTypeOf(one: QualifiedName): string | undefined {
    return this.#enums.get(qualifiedKey(one))?.typeName;
  }

  /** Whether the key was there: what relationships it has is then a person's decision. */
  hasForeignKey(table: TableModel, foreignKey: ForeignKeyModel): boolean {
    const earlier = this.#tables.get(qualifiedKey(table));
    return (
      earlier !== undefined && "foreignKeys" in earlier && earlier.foreignKeys.some((one) => isAlike(one, foreignKey))
    );
  }
}

/** Two keys over the same columns to the same table say one thing. */
export function isAlike(one: ForeignKeyModel, other: ForeignKeyModel): boolean {
  return (
    one.columns.join("\0") === other.columns.join("\0") &&
    qualifiedKey(one.references.table) === qualifiedKey(other.references.table)
  );
}
