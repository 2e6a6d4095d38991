// Binding, third pass: relationships, from members of their own and from the short form in foreign-key clauses, which
// is expanded here into both sides.
import type { Identifier, InlineRelationship, RelationshipMember, RelationshipOption } from "../syntax/ast.js";
import type { TableDraft } from "./resolve-members.js";
import type { Resolver } from "./resolver.js";
import type {
  ClassSymbol,
  DirectPath,
  ForeignKeySymbol,
  OptionOf,
  RelationshipOptions,
  RelationshipSymbol,
  TableSymbol,
} from "./symbols.js";
import { isUniqueIn } from "./uniqueness.js";

/** Fills in every table's relationships: its own first, then the back references that others declare in it. */
export function resolveRelationships(
  tables: readonly TableDraft[],
  classes: readonly ClassSymbol[],
  resolver: Resolver,
): void {
  const bySymbol = new Map(tables.map((table) => [table.symbol, table]));
  for (const { symbol, relationships } of tables) {
    const ownerClass = resolver.classOf(symbol);
    for (const member of symbol.ownMembers) {
      if (member.kind === "relationship") relationships.push(declared(symbol, ownerClass, member, resolver));
    }
  }
  for (const subclass of classes.filter(({ inheritance }) => inheritance === "single")) {
    for (const member of subclass.members) {
      if (member.kind !== "relationship") continue;
      bySymbol.get(subclass.table)?.relationships.push(declared(subclass.table, subclass, member, resolver));
    }
  }
  for (const table of tables) {
    for (const foreignKey of table.foreignKeys) expandShortForm(table, foreignKey, bySymbol, resolver);
  }
}

function declared(
  owner: TableSymbol,
  ownerClass: ClassSymbol | undefined,
  member: RelationshipMember,
  resolver: Resolver,
): RelationshipSymbol {
  const targetClass = resolver.class(member.target);
  return {
    name: member.name.text,
    path: `${ownerClass?.name ?? owner.className ?? owner.key}.${member.name.text}`,
    owner,
    ownerClass,
    target: targetClass?.table,
    targetClass,
    arity: member.arity,
    options: readOptions(member.options, undefined, resolver),
    inline: undefined,
    doc: member.doc,
    nameSpan: member.name.span,
    targetSpan: member.target.span,
  };
}

function expandShortForm(
  table: TableDraft,
  foreignKey: ForeignKeySymbol,
  bySymbol: ReadonlyMap<TableSymbol, TableDraft>,
  resolver: Resolver,
): void {
  const { relationship, backref } = foreignKey.reference;
  const target = foreignKey.target;
  if (relationship !== undefined) {
    const isNullable = foreignKey.columns.some(({ column }) => column?.nullable === true);
    const arity = isNullable ? "optional" : "one";
    const symbol = shortSide(
      table.symbol,
      target,
      { foreignKey, direction: "many-to-one" },
      relationship,
      backref?.name,
      arity,
      resolver,
    );
    table.relationships.push(symbol);
  }
  if (backref !== undefined && target !== undefined) {
    const arity = isUniqueIn(
      table,
      foreignKey.columns.map(({ identifier }) => identifier.text),
    )
      ? "optional"
      : "many";
    const symbol = shortSide(
      target,
      table.symbol,
      { foreignKey, direction: "one-to-many" },
      backref,
      relationship?.name,
      arity,
      resolver,
    );
    bySymbol.get(target)?.relationships.push(symbol);
  }
}

function shortSide(
  owner: TableSymbol,
  target: TableSymbol | undefined,
  inline: DirectPath,
  side: InlineRelationship,
  partner: Identifier | undefined,
  arity: RelationshipSymbol["arity"],
  resolver: Resolver,
): RelationshipSymbol {
  return {
    name: side.name.text,
    path: `${owner.className ?? owner.key}.${side.name.text}`,
    owner,
    ownerClass: resolver.classOf(owner),
    target,
    targetClass: target && resolver.classOf(target),
    arity,
    options: readOptions(side.options, partner, resolver),
    inline,
    doc: undefined,
    nameSpan: side.name.span,
    targetSpan: side.name.span,
  };
}

function readOptions(
  options: readonly RelationshipOption[],
  partner: Identifier | undefined,
  resolver: Resolver,
): RelationshipOptions {
  const find = <Kind extends RelationshipOption["kind"]>(kind: Kind): OptionOf<Kind> | undefined =>
    options.find((option): option is OptionOf<Kind> => option.kind === kind);
  const secondary = find("secondary");
  return {
    backPopulates: find("backPopulates")?.name ?? partner,
    cascade: find("cascade"),
    secondary:
      secondary === undefined ? undefined : { table: resolver.table(secondary.table), span: secondary.table.span },
    foreignKeys: find("foreignKeys"),
    remoteSide: find("remoteSide"),
    orderBy: find("orderBy"),
    lazy: find("lazy")?.strategy,
    primaryjoin: find("primaryjoin"),
    secondaryjoin: find("secondaryjoin"),
    collectionClass: find("collectionClass"),
    passiveDeletes: find("passiveDeletes"),
    passiveUpdates: find("passiveUpdates"),
    postUpdate: find("postUpdate")?.span,
    singleParent: find("singleParent")?.span,
    viewonly: find("viewonly")?.span,
    all: options,
  };
}
