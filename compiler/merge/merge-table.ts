// One table of a schema file brought in line with the database: columns and constraints that say the same stay as they
// are written, others are written anew, new ones come behind, and what is gone is marked.
import type { ColumnModel } from "../../model/column-model.js";
import type { DatabaseLikeness } from "../../model/database-likeness.js";
import type { TableModel } from "../../model/schema-model.js";
import type { ColumnMember, TableDeclaration } from "../syntax/ast.js";
import type { ColumnParts } from "../unparse/placement.js";
import type { SchemaFacts } from "../unparse/schema-facts.js";
import { writeColumn } from "../unparse/unparse-column.js";
import { writeParts } from "../unparse/unparse-table.js";
import { locateParts, type Place } from "./located-parts.js";
import type { SourceEdits } from "./source-edits.js";

interface TableMerge {
  readonly declaration: TableDeclaration;
  /** What the declaration says, and what the database has. */
  readonly known: TableModel;
  readonly database: TableModel;
  readonly likeness: DatabaseLikeness;
  readonly facts: SchemaFacts;
  /** Relationships of the table's class that are new and stand in no foreign key's clause. */
  readonly relationships: readonly string[];
}

/** Writes the changes into `edits`; gives what changed, a line each, such as `added user.email`. */
export function mergeTable(merge: TableMerge, edits: SourceEdits): string[] {
  return new TableMerger(merge, edits).run();
}

type Parts = Pick<TableModel, "uniques" | "checks" | "foreignKeys" | "indexes"> & Pick<TableModel, "primaryKey">;
type Part = { readonly name: string };

class TableMerger {
  readonly #merge: TableMerge;
  readonly #edits: SourceEdits;
  readonly #places: ReadonlyMap<object, Place>;
  readonly #report: string[] = [];
  /** Columns whose text has to be written anew. */
  readonly #rewritten = new Set<ColumnMember>();
  /** The parts of the database's table that stand in a column's text. */
  readonly #inline = new Map<ColumnMember, Part[]>();
  /** Members to add. */
  readonly #added: Part[] = [];

  constructor(merge: TableMerge, edits: SourceEdits) {
    this.#merge = merge;
    this.#edits = edits;
    this.#places = locateParts(merge.declaration, merge.known);
  }

  run(): string[] {
    const { declaration, known, database, likeness, relationships } = this.#merge;
    this.#edits.unmark(declaration);
    this.#compareParts();
    this.#mergeColumns();
    const members = [...writeParts(database, this.#pick(this.#added), this.#merge.facts), ...relationships];
    if (members.length > 0) this.#edits.insert(declaration.span.end - 1, members.join("\n"));
    if (likeness.tableItself(known) !== likeness.tableItself(database)) this.#note("differs", "");
    return this.#report;
  }

  #note(word: string, name: string): void {
    const { name: table } = this.#merge.known;
    this.#report.push(`${word} ${table}${name === "" ? "" : `.${name}`}`);
  }

  // ---- constraints and indexes

  #compareParts(): void {
    const { known, database } = this.#merge;
    const now = new Map(listParts(database).map((part) => [part.name, part]));
    const names = new Set<string>();
    for (const part of listParts(known)) {
      names.add(part.name);
      this.#comparePart(part, now.get(part.name));
    }
    const fresh = new Set(this.#newColumns().map(({ name }) => name));
    for (const part of now.values()) {
      if (names.has(part.name) || isAllOf(part, fresh)) continue;
      this.#added.push(part);
      this.#note("added", part.name);
    }
  }

  #comparePart(known: Part, database: Part | undefined): void {
    const place = this.#places.get(known);
    if (database === undefined) this.#partIsGone(known, place);
    else {
      if (place?.column !== undefined) {
        this.#inline.set(place.column, [...(this.#inline.get(place.column) ?? []), database]);
      }
      if (this.#keyOf(known, this.#merge.known) === this.#keyOf(database, this.#merge.database)) {
        if (place !== undefined && place.column === undefined) this.#edits.unmark(place.member);
        return;
      }
      this.#note("changed", known.name);
      if (place?.column !== undefined) this.#rewritten.add(place.column);
      else if (place === undefined) this.#added.push(database);
      else this.#edits.replace(place.member, this.#memberText(database));
    }
  }

  #partIsGone(part: Part, place: Place | undefined): void {
    if (place === undefined || columnsOf(part).some((name) => this.#isGone(name))) return;
    if (place.column !== undefined) {
      this.#rewritten.add(place.column);
      this.#note("removed", part.name);
    } else if (this.#edits.markGone(place.member)) this.#note("gone", part.name);
  }

  #isGone(column: string): boolean {
    return !this.#merge.database.columns.some(({ name }) => name === column);
  }

  #keyOf(part: Part, table: TableModel): string {
    const { likeness } = this.#merge;
    if (part === table.primaryKey) return likeness.primaryKey(table.primaryKey);
    const unique = table.uniques.find((one) => one === part);
    if (unique !== undefined) return likeness.unique(unique);
    const check = table.checks.find((one) => one === part);
    if (check !== undefined) return likeness.check(check, table);
    const foreignKey = table.foreignKeys.find((one) => one === part);
    if (foreignKey !== undefined) return likeness.foreignKey(foreignKey);
    const index = table.indexes.find((one) => one === part);
    return index === undefined ? "" : likeness.index(index, table);
  }

  #memberText(part: Part): string {
    return writeParts(this.#merge.database, this.#pick([part]), this.#merge.facts).join("\n");
  }

  /** The database's table with `parts` alone. */
  #pick(parts: readonly Part[]): Parts {
    const { primaryKey, uniques, checks, foreignKeys, indexes } = this.#merge.database;
    const has = (part: Part): boolean => parts.includes(part);
    return {
      ...(primaryKey !== undefined && has(primaryKey) ? { primaryKey } : {}),
      uniques: uniques.filter(has),
      checks: checks.filter(has),
      foreignKeys: foreignKeys.filter(has),
      indexes: indexes.filter(has),
    };
  }

  // ---- columns

  #newColumns(): ColumnModel[] {
    const { known, database } = this.#merge;
    return database.columns.filter(({ name }) => !known.columns.some((column) => column.name === name));
  }

  #mergeColumns(): void {
    const { declaration, known, database, likeness } = this.#merge;
    const members = new Map<string, ColumnMember>();
    for (const member of declaration.members) if (member.kind === "column") members.set(member.name.text, member);
    const missing: ColumnModel[] = [];
    for (const column of database.columns) {
      const earlier = known.columns.find(({ name }) => name === column.name);
      const member = members.get(column.name);
      const isSame = earlier !== undefined && likeness.column(earlier, known) === likeness.column(column, database);
      if (member !== undefined) this.#edits.unmark(member);
      if (isSame && (member === undefined || !this.#rewritten.has(member))) continue;
      if (!isSame) this.#note(earlier === undefined ? "added" : "changed", column.name);
      if (member === undefined || earlier === undefined) missing.push(column);
      else this.#rewrite(member, earlier, column);
    }
    for (const [name, member] of members) {
      if (this.#isGone(name) && this.#edits.markGone(member)) this.#note("gone", name);
    }
    if (missing.length > 0) this.#insertColumns(missing, [...members.values()]);
  }

  #insertColumns(columns: readonly ColumnModel[], members: readonly ColumnMember[]): void {
    const { declaration, database, facts } = this.#merge;
    const fresh = new Set(this.#newColumns().map(({ name }) => name));
    const parts = listParts(database).filter((part) => isAllOf(part, fresh) && !this.#added.includes(part));
    const single = parts.filter((part) => columnsOf(part).length === 1);
    const texts = columns.map((column) =>
      writeColumn(
        column,
        this.#columnParts(single.filter((part) => columnsOf(part)[0] === column.name)),
        database,
        facts,
      ),
    );
    this.#added.push(...parts.filter((part) => !single.includes(part)));
    const first = declaration.members[0]?.span.start ?? declaration.span.end - 1;
    this.#edits.insert(members.at(-1)?.span.end ?? first, texts.join("\n"));
  }

  /** The database's half of the column anew, the code's half as it is. */
  #rewrite(member: ColumnMember, known: ColumnModel, database: ColumnModel): void {
    const { likeness, facts, database: table } = this.#merge;
    const parts = this.#columnParts(this.#inline.get(member) ?? []);
    const { property, deferred, version, generator, converter, onUpdate, comment } = known;
    const merged: ColumnModel = {
      ...database,
      ...(likeness.isSameType(known.type, database.type) ? { type: known.type } : {}),
      property,
      ...(deferred === undefined ? {} : { deferred }),
      ...(version === undefined ? {} : { version }),
      ...(generator === undefined ? {} : { generator }),
      ...(converter === undefined ? {} : { converter }),
      ...(onUpdate === undefined ? {} : { onUpdate }),
      ...(likeness.keepsComments || comment === undefined ? {} : { comment }),
    };
    const isLinked = member.options.some(
      (option) => option.kind === "references" && option.reference.relationship !== undefined,
    );
    const own: SchemaFacts = isLinked ? facts : { ...facts, relationshipsOf: () => "" };
    this.#edits.replace(member, writeColumn(merged, parts, table, own));
  }

  #columnParts(parts: readonly Part[]): ColumnParts {
    const { primaryKey, uniques, checks, foreignKeys, indexes } = this.#pick(parts);
    const [unique] = uniques;
    const [index] = indexes;
    return {
      ...(primaryKey === undefined ? {} : { primaryKey }),
      ...(unique === undefined ? {} : { unique }),
      ...(index === undefined ? {} : { index }),
      checks: [...checks],
      foreignKeys: [...foreignKeys],
    };
  }
}

function listParts({ primaryKey, uniques, checks, foreignKeys, indexes }: Parts): Part[] {
  return [...(primaryKey === undefined ? [] : [primaryKey]), ...uniques, ...checks, ...foreignKeys, ...indexes];
}

/** Whether the part is a key of these columns alone. */
function isAllOf(part: Part, names: ReadonlySet<string>): boolean {
  const columns = columnsOf(part);
  return columns.length > 0 && columns.every((name) => names.has(name));
}

/** The columns of a key; none for what may hold expressions. */
function columnsOf(part: Part | { readonly columns: readonly string[] }): readonly string[] {
  return "columns" in part ? part.columns : [];
}
