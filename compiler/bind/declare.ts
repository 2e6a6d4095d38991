// Binding, first pass: every declared name gets its symbol, and duplicates are reported with both sites. Columns
// get their types here too, as types build on nothing else.
import { camelCase } from "../../model/naming.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type {
  ColumnMember,
  Declaration,
  ObjectDeclaration,
  SourceUnit,
  TableDeclaration,
  TableMember,
  ViewDeclaration,
} from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { ClassHierarchy } from "./declare-classes.js";
import { MixinScope } from "./expand-mixins.js";
import { Namespace } from "./namespace.js";
import { qualifiedName } from "./qualified-path.js";
import type { ClassSymbol, ColumnSymbol, MixinSymbol, SequenceSymbol, TableSymbol } from "./symbols.js";
import { TypeScope } from "./type-scope.js";

/** The names of a schema, by qualified name and by class. */
export interface Declarations {
  readonly types: TypeScope;
  readonly mixins: readonly MixinSymbol[];
  readonly sequences: readonly SequenceSymbol[];
  readonly objects: readonly ObjectDeclaration[];
  /** Tables and views. */
  readonly tables: ReadonlyMap<string, TableSymbol>;
  readonly classes: ReadonlyMap<string, ClassSymbol>;
  /** Tables and views in source order, second declarations of a name included: their members are checked too. */
  readonly allTables: readonly TableSymbol[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `noteUse` is told which declaration each name belongs to. */
export function declareNames(
  units: readonly SourceUnit[],
  noteUse: (use: Span, declaration: Span) => void,
): Declarations {
  const diagnostics: Diagnostic[] = [];
  const types = new TypeScope(units);
  const mixins = new MixinScope(units, diagnostics, noteUse);
  const hierarchy = new ClassHierarchy(units, diagnostics, noteUse);
  const relations = new Namespace(diagnostics);
  const drafts = new Map<string, TableSymbol>();
  const declared = declarationsOf(units, ["table", "view"]).map((declaration) => {
    const symbol = declareTable(declaration, { types, mixins, hierarchy, diagnostics });
    if (relations.take(symbol.key, declaration, declaration.kind)) drafts.set(symbol.key, symbol);
    return symbol;
  });
  const tables = new Map<string, TableSymbol>();
  const byDeclaration = new Map<TableDeclaration | ViewDeclaration, TableSymbol>();
  for (const draft of declared) {
    const symbol = withParentColumns(draft, drafts);
    byDeclaration.set(symbol.declaration, symbol);
    if (drafts.get(symbol.key) === draft) tables.set(symbol.key, symbol);
  }
  const classes = hierarchy.symbols(byDeclaration, mixins);
  const sequences = declarationsOf(units, ["sequence"]).flatMap((declaration): SequenceSymbol[] => {
    const name = qualifiedName(declaration.name);
    const key = qualifiedKey(name);
    return relations.take(key, declaration, "sequence") ? [{ name, key, declaration }] : [];
  });
  const objectNames = new Namespace(diagnostics);
  return {
    types,
    mixins: mixins.symbols,
    sequences,
    objects: declarationsOf(units, ["object"]).filter((one) => objectNames.take(objectKey(one), one, "object")),
    tables,
    classes: new Map(classes.map((symbol) => [symbol.name, symbol])),
    allTables: [...byDeclaration.values()],
    diagnostics: [...types.diagnostics, ...diagnostics],
  };
}

/** Functions of one name differ by their signature. */
function objectKey({ type, name, signature }: ObjectDeclaration): string {
  const key = qualifiedKey(qualifiedName(name));
  return `${type.text} ${key}${signature === undefined ? "" : `(${signature})`}`;
}

interface TableContext {
  readonly types: TypeScope;
  readonly mixins: MixinScope;
  readonly hierarchy: ClassHierarchy;
  readonly diagnostics: Diagnostic[];
}

function declareTable(declaration: TableDeclaration | ViewDeclaration, context: TableContext): TableSymbol {
  const { mixins, hierarchy, diagnostics } = context;
  const name = qualifiedName(declaration.name);
  const key = qualifiedKey(name);
  const columns = new Map<string, ColumnSymbol>();
  const declare = (members: readonly TableMember[], addedBy: string | undefined): void => {
    for (const member of members) {
      if (member.kind !== "column") continue;
      const earlier = columns.get(member.name.text);
      if (earlier === undefined) columns.set(member.name.text, declareColumn(key, member, addedBy, context));
      else {
        const place = { span: member.name.span, related: [{ span: earlier.member.name.span, text: firstHere }] };
        diagnostics.push(diagnostic("S2011", place, key, member.name.text));
      }
    }
  };
  const ownMembers = mixins.membersOf(declaration);
  declare(ownMembers, undefined);
  const added = hierarchy.subclassesOf(declaration).flatMap((subclass) => {
    const members = mixins.membersOf(subclass);
    declare(members, subclass.name.text);
    return members.filter(isStored);
  });
  const members = [...ownMembers, ...added];
  const parentColumns: TableSymbol["parentColumns"] = new Map();
  return {
    name,
    key,
    className: declaration.className?.text,
    declaration,
    ownMembers,
    members,
    columns,
    parentColumns,
  };
}

/** Gives tables the columns of those that they are parts or heirs of, at any depth. */
function withParentColumns(table: TableSymbol, tables: ReadonlyMap<string, TableSymbol>): TableSymbol {
  const columns = new Map<string, ColumnSymbol>();
  const seen = new Set([table]);
  const queue = parentsOf(table, tables);
  for (let parent = queue.shift(); parent !== undefined; parent = queue.shift()) {
    if (seen.has(parent)) continue;
    seen.add(parent);
    for (const [name, column] of parent.columns) if (!columns.has(name)) columns.set(name, column);
    queue.push(...parentsOf(parent, tables));
  }
  return columns.size === 0 ? table : { ...table, parentColumns: columns };
}

/** The table that a partition is a part of, and those that the option `inherits (a, b)` names. */
function parentsOf({ declaration }: TableSymbol, tables: ReadonlyMap<string, TableSymbol>): TableSymbol[] {
  if (declaration.kind !== "table") return [];
  const { partitionOf, members } = declaration;
  const heirs = members
    .flatMap((member) => (member.kind === "options" ? member.entries : []))
    .filter(({ words }) => words.length === 1 && words[0]?.text === "inherits")
    .flatMap((option) => option.arguments ?? [])
    .flatMap((argument) => (argument.kind === "name" ? [argument.path.map(({ text }) => text)] : []))
    .map(([first = "", second]) => (second === undefined ? { name: first } : { schema: first, name: second }));
  const names = [...(partitionOf === undefined ? [] : [qualifiedName(partitionOf.parent)]), ...heirs];
  return names.flatMap((name) => tables.get(qualifiedKey(name)) ?? []);
}

const firstHere = "first declared here";

/** Whether a member of a single-table subclass belongs to the table, not to the class alone. */
function isStored({ kind }: TableMember): boolean {
  return !["relationship", "property", "proxy", "composite", "polymorphicOn", "polymorphicIdentity"].includes(kind);
}

function declareColumn(
  table: string,
  member: ColumnMember,
  addedBy: string | undefined,
  { types, diagnostics }: TableContext,
): ColumnSymbol {
  const name = member.name.text;
  const path = `${table}.${name}`;
  const { value: resolved, diagnostics: problems } = types.resolve(member.type, path);
  diagnostics.push(...problems);
  const mapped = member.options.find((option) => option.kind === "map");
  return {
    name,
    path,
    property: mapped?.name.text ?? camelCase(name),
    type: resolved?.type,
    storage: resolved?.storage,
    enum: resolved?.enum,
    domain: resolved?.domain,
    converter: resolved?.converter,
    nullable: member.type.nullable,
    member,
    addedBy,
    typeDeclarations: resolved?.declarations ?? [],
  };
}

type DeclarationOf<Kind extends Declaration["kind"]> = Extract<Declaration, { kind: Kind }>;

function declarationsOf<Kind extends Declaration["kind"]>(
  units: readonly SourceUnit[],
  kinds: readonly Kind[],
): DeclarationOf<Kind>[] {
  const wanted: readonly string[] = kinds;
  const isWanted = (declaration: Declaration): declaration is DeclarationOf<Kind> => wanted.includes(declaration.kind);
  return units.flatMap((unit) => unit.declarations.filter(isWanted));
}
