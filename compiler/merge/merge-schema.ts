// A second reflection into schema files that people have edited: what says the same as the database stays as it is
// written, and so do comments, order, names, relationships and properties. Only differences are written.
import type { DatabaseLikeness } from "../../model/database-likeness.js";
import type { NamingTemplates } from "../../model/naming-templates.js";
import { qualifiedKey, type QualifiedName } from "../../model/qualified-name.js";
import type { ClassModel } from "../../model/class-model.js";
import type { SchemaModel, TableModel } from "../../model/schema-model.js";
import { qualifiedName } from "../bind/qualified-path.js";
import { formatSchema } from "../print/format-schema.js";
import type { Declaration, TableDeclaration } from "../syntax/ast.js";
import { parse, type ParsedFile } from "../syntax/parse.js";
import { createSourceFile } from "../text/source-file.js";
import { converterTypes } from "../unparse/converter-types.js";
import { findLeftOut, writeLeftOut } from "../unparse/left-out.js";
import { type SchemaFacts, schemaFacts } from "../unparse/schema-facts.js";
import { relationshipTexts, type RelationshipTexts } from "../unparse/unparse-relationships.js";
import { objectKey, unparseSchema, type WrittenDeclaration } from "../unparse/unparse-schema.js";
import { mergeTable } from "./merge-table.js";
import { type Entry, SourceEdits } from "./source-edits.js";

interface SchemaMerge {
  /** The files of the schema; `root` takes what is new. */
  readonly files: readonly ParsedFile[];
  readonly root: string;
  /** What the files say, and what the database has: with the files' names for what they know. */
  readonly known: SchemaModel;
  readonly database: SchemaModel;
  readonly likeness: DatabaseLikeness;
  /** What makes the names that are left unwritten. */
  readonly templates: NamingTemplates;
  /** What the database has that the files cannot say; the note about it stays where this is left out. */
  readonly leftOut?: readonly string[];
  /** Whether a declaration of this kind and name was looked for, so that it is gone where it was not found. */
  isInScope(kind: string, name: QualifiedName): boolean;
}

export interface MergedSchema {
  /** The new texts, by file; files that stay are absent. */
  readonly texts: ReadonlyMap<string, string>;
  /** What changed, a line each: `added user.email`. */
  readonly report: readonly string[];
}

/** Merges what the database has into the files. Texts that hold mistakes are merged as far as they could be read. */
export function mergeSchema(merge: SchemaMerge): MergedSchema {
  return new SchemaMerger(merge).run();
}

type KeyedKind = "enum" | "domain" | "sequence" | "view" | "object";

class SchemaMerger {
  readonly #merge: SchemaMerge;
  readonly #written: ReadonlyMap<string, WrittenDeclaration>;
  readonly #facts: SchemaFacts;
  readonly #texts: RelationshipTexts;
  readonly #report: string[] = [];

  constructor(merge: SchemaMerge) {
    const { database } = merge;
    this.#merge = merge;
    this.#written = new Map(unparseSchema(database, merge.templates).map((one) => [`${one.kind} ${one.key}`, one]));
    this.#texts = relationshipTexts(database);
    this.#facts = schemaFacts(database, this.#texts, converterTypes(database), merge.templates);
  }

  run(): MergedSchema {
    const found = new Set<string>();
    const edits = this.#merge.files.map((file): [ParsedFile, SourceEdits] => {
      const own = new SourceEdits(file);
      for (const declaration of file.unit.declarations) {
        const key = keyOf(declaration);
        if (key === undefined) continue;
        found.add(key);
        this.#mergeDeclaration(declaration, key, own);
      }
      return [file, own];
    });
    const fresh = [...this.#written].filter(([key, { kind }]) => mergedKinds.has(kind) && !found.has(key));
    this.#report.push(...fresh.map(([key]) => `added ${key}`));
    const texts = new Map<string, string>();
    for (const [file, own] of edits) {
      const name = file.unit.file;
      const added =
        name === this.#merge.root
          ? this.#ending(
              file,
              fresh.map(([, { text }]) => text),
              own,
            )
          : "";
      if (own.isEmpty && added === "") continue;
      texts.set(name, formatted(name, `${own.apply().replace(/\n*$/, "\n")}${added}`));
    }
    return { texts, report: this.#report };
  }

  /** What is new, and after it the note about what is left out; empty where the file's end stays as it is. */
  #ending(file: ParsedFile, fresh: readonly string[], edits: SourceEdits): string {
    const note = findLeftOut(file);
    const { leftOut = note?.lines ?? [] } = this.#merge;
    const [before, after] = [writeLeftOut(note?.lines ?? []), writeLeftOut(leftOut)];
    if (before !== after) this.#report.push("changed the note about what is left out");
    if (fresh.length === 0 && before === after) return "";
    if (note !== undefined) edits.remove(note.span);
    return `${fresh.map((text) => `\n${text}`).join("")}${after}`;
  }

  #mergeDeclaration(declaration: Declaration, key: string, edits: SourceEdits): void {
    if (declaration.kind === "table") this.#mergeTable(declaration, key, edits);
    else this.#mergeKeyed(declaration, key, edits);
  }

  #mergeTable(declaration: TableDeclaration, key: string, edits: SourceEdits): void {
    const { known, database, likeness } = this.#merge;
    const name = qualifiedName(declaration.name);
    const [before, now] = [tableOf(known, name), tableOf(database, name)];
    if (now === undefined) this.#markGone(declaration, name, key, edits);
    if (before === undefined || now === undefined) return;
    const earlier = classOf(known, name)?.relationships ?? [];
    const relationships = this.#texts.members(now, (one) => !earlier.some((old) => old.name === one.name));
    const merge = { declaration, known: before, database: now, likeness, facts: this.#facts, relationships };
    this.#report.push(...mergeTable(merge, edits));
  }

  /** What is no table is written whole. */
  #mergeKeyed(declaration: Declaration & Entry, key: string, edits: SourceEdits): void {
    const written = this.#written.get(key);
    const [before, now] = [this.#likenessOf(key, this.#merge.known), this.#likenessOf(key, this.#merge.database)];
    if (written === undefined || now === undefined) {
      const name = "name" in declaration && "name" in declaration.name ? qualifiedName(declaration.name) : { name: "" };
      this.#markGone(declaration, name, key, edits);
      return;
    }
    edits.unmark(declaration);
    if (before === now) return;
    edits.replace(declaration, written.text.trimEnd());
    this.#report.push(`changed ${key}`);
  }

  #markGone(declaration: Declaration & Entry, name: QualifiedName, key: string, edits: SourceEdits): void {
    if (this.#merge.isInScope(declaration.kind, name) && edits.markGone(declaration)) this.#report.push(`gone ${key}`);
  }

  #likenessOf(key: string, model: SchemaModel): string | undefined {
    const { likeness } = this.#merge;
    const { domains = [], sequences = [], views = [], objects = [] } = model;
    const find = <Part extends QualifiedName>(kind: KeyedKind, parts: readonly Part[], keyOfPart = qualifiedKey) =>
      parts.find((part) => `${kind} ${keyOfPart(part)}` === key);
    const one = find("enum", model.enums);
    if (one !== undefined) return likeness.enumeration(one);
    const domain = find("domain", domains);
    if (domain !== undefined) return likeness.domain(domain);
    const sequence = find("sequence", sequences);
    if (sequence !== undefined) return likeness.sequence(sequence);
    const view = find("view", views);
    if (view !== undefined) return likeness.view(view);
    const object = objects.find((each) => `object ${objectKey(each)}` === key);
    return object && likeness.object(object);
  }
}

const mergedKinds: ReadonlySet<string> = new Set(["table", "enum", "domain", "sequence", "view", "object"]);

/** The same key as the declaration has when it is written; undefined for what no database says. */
function keyOf(declaration: Declaration): string | undefined {
  switch (declaration.kind) {
    case "table":
    case "enum":
    case "domain":
    case "sequence":
    case "view":
      return `${declaration.kind} ${qualifiedKey(qualifiedName(declaration.name))}`;
    case "object": {
      const { type, name, signature } = declaration;
      const parameters = signature === undefined ? {} : { signature };
      return `object ${objectKey({ ...qualifiedName(name), type: type.text, ...parameters })}`;
    }
    default:
      return undefined;
  }
}

function tableOf({ tables }: SchemaModel, name: QualifiedName): TableModel | undefined {
  return tables.find((table) => qualifiedKey(table) === qualifiedKey(name));
}

function classOf({ classes }: SchemaModel, name: QualifiedName): ClassModel | undefined {
  return classes.find(
    ({ table, inheritance }) => inheritance?.kind !== "single" && qualifiedKey(table) === qualifiedKey(name),
  );
}

function formatted(name: string, text: string): string {
  const { value, diagnostics } = parse(createSourceFile(name, text));
  return diagnostics.some(({ severity }) => severity === "error") ? text : formatSchema(value);
}
