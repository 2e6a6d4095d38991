// Binding, last pass: which foreign keys each relationship follows, and in which direction. What the foreign keys
// leave open is settled by the arity, by the options, or by the other side; else it is reported with the way out.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic, Label, Staged } from "../diagnostics/diagnostic.js";
import { inheritanceKey, tablesOfClass, withBases } from "./class-tables.js";
import { columnNames, describeForeignKey } from "./column-names.js";
import { customJoin, type JoinTables } from "./custom-joins.js";
import {
  directJoin,
  directPaths,
  isSound,
  narrowPaths,
  narrowSecondary,
  secondaryJoin,
  secondaryPaths,
} from "./join-candidates.js";
import type {
  BoundTable,
  ClassSymbol,
  DirectPath,
  ForeignKeySymbol,
  Join,
  RelationshipSymbol,
  TableSymbol,
} from "./symbols.js";
import { isUniqueIn } from "./uniqueness.js";

type TableOf = (symbol: TableSymbol) => BoundTable;

/** What is known of one relationship: its possible joins, or why there is none. */
interface Attempt {
  readonly candidates: readonly Join[];
  readonly failure?: Diagnostic;
}

export function inferJoins(
  tables: readonly BoundTable[],
  tableOf: TableOf,
): Staged<ReadonlyMap<RelationshipSymbol, Join>> {
  const attempts = new Map<RelationshipSymbol, Attempt>();
  for (const { relationships } of tables) {
    for (const relationship of relationships) attempts.set(relationship, attempt(relationship, tableOf));
  }
  const joins = new Map<RelationshipSymbol, Join>();
  const diagnostics: Diagnostic[] = [];
  const reported = new Set<RelationshipSymbol>();
  for (const [relationship, { candidates, failure }] of attempts) {
    const partner = partnerOf(relationship, tableOf);
    const fitting = candidates.length > 1 ? fittingPartner(candidates, partner, attempts) : candidates;
    const [join] = fitting;
    if (failure !== undefined) diagnostics.push(failure);
    else if (join !== undefined && fitting.length === 1) joins.set(relationship, join);
    else if (fitting.length > 1 && (partner === undefined || !reported.has(partner))) {
      reported.add(relationship);
      diagnostics.push(ambiguous(relationship, fitting));
    }
  }
  return { value: joins, diagnostics };
}

/** The relationship that `back_populates` names, where there is one; a class has those of its bases too. */
export function partnerOf(relationship: RelationshipSymbol, tableOf: TableOf): RelationshipSymbol | undefined {
  const { targetClass, options } = relationship;
  if (targetClass === undefined || options.backPopulates === undefined) return undefined;
  const { text } = options.backPopulates;
  return relationshipsOf(targetClass, tableOf).find(({ name }) => name === text);
}

/** The relationships of a class, its own before those that it inherits. */
export function relationshipsOf(symbol: ClassSymbol, tableOf: TableOf): RelationshipSymbol[] {
  return withBases(symbol).flatMap((each) =>
    tableOf(each.table).relationships.filter(({ ownerClass }) => ownerClass === each),
  );
}

/** True where `other` follows the foreign keys of `join` the other way. */
export function isReverse(join: Join, other: Join): boolean {
  // A join that is spelled out need not follow a foreign key.
  const isWritten = join.foreignKeys.length === 0 || other.foreignKeys.length === 0;
  if (isWritten) return join.direction === "many-to-many" || join.direction !== other.direction;
  const reversed = other.foreignKeys.toReversed();
  if (join.foreignKeys.length !== reversed.length) return false;
  if (!join.foreignKeys.every((foreignKey, index) => foreignKey === reversed[index])) return false;
  return join.direction === "many-to-many" || join.direction !== other.direction;
}

function fittingPartner(
  candidates: readonly Join[],
  partner: RelationshipSymbol | undefined,
  attempts: ReadonlyMap<RelationshipSymbol, Attempt>,
): readonly Join[] {
  const others = partner === undefined ? [] : (attempts.get(partner)?.candidates ?? []);
  const fitting = candidates.filter((join) => others.some((other) => isReverse(join, other)));
  return fitting.length === 0 ? candidates : fitting;
}

function attempt(relationship: RelationshipSymbol, tableOf: TableOf): Attempt {
  const { ownerClass, targetClass, inline, options } = relationship;
  if (inline !== undefined) return { candidates: isSound(inline.foreignKey) ? [directJoin(inline)] : [] };
  if (targetClass === undefined || ownerClass === undefined) return { candidates: [] };
  const link = options.secondary?.table;
  if (options.secondary !== undefined && link === undefined) return { candidates: [] };
  const tables = {
    owner: tablesOfClass(ownerClass).map(tableOf),
    target: tablesOfClass(targetClass).map(tableOf),
    link: link && tableOf(link),
  };
  if (options.primaryjoin !== undefined || options.secondaryjoin !== undefined) {
    const join = customJoin(relationship, tables);
    return "code" in join ? failed(join) : { candidates: [join] };
  }
  return tables.link === undefined
    ? attemptDirect(relationship, tables, [ownerClass, targetClass], tableOf)
    : attemptSecondary(relationship, tables.link, tables);
}

function attemptDirect(
  relationship: RelationshipSymbol,
  tables: JoinTables,
  classes: readonly ClassSymbol[],
  tableOf: TableOf,
): Attempt {
  const [owner, target] = [tables.owner[0], tables.target[0]];
  if (owner === undefined || target === undefined) return { candidates: [] };
  const all = nearestPaths(tables, inheritanceKeys(classes, tableOf));
  if (all.length === 0) {
    if ([...tables.owner, ...tables.target].some(hasUnsound)) return { candidates: [] };
    const { path, targetSpan: span } = relationship;
    const related = [{ span: target.symbol.declaration.name.span, text: `\`${target.symbol.key}\` is declared here` }];
    return failed(diagnostic("S5003", { span, related }, path, owner.symbol.key, target.symbol.key));
  }
  const paths = narrowPaths(all, relationship);
  if (paths.length === 0) {
    const foreignKeys = all.map(({ foreignKey }) => foreignKey);
    return unmatchedOption(relationship, foreignKeys, [...tables.owner, ...tables.target]);
  }
  const wrongArity = misfit(relationship, paths, tableOf);
  if (wrongArity !== undefined) return failed(wrongArity);
  return { candidates: paths.filter((path) => fitsArity(relationship, path, tableOf)).map(directJoin) };
}

/** The paths between the classes' own tables; where there are none, those over the tables of their bases. */
function nearestPaths({ owner, target }: JoinTables, excluded: ReadonlySet<ForeignKeySymbol>): DirectPath[] {
  const pairs = owner.flatMap((near, outer) => target.map((far, inner) => ({ near, far, distance: outer + inner })));
  for (const { near, far } of pairs.toSorted((left, right) => left.distance - right.distance)) {
    const paths = directPaths(near, far).filter(({ foreignKey }) => !excluded.has(foreignKey));
    if (paths.length > 0) return paths;
  }
  return [];
}

/** Foreign keys that only say whose row a subclass's row goes on. */
function inheritanceKeys(classes: readonly ClassSymbol[], tableOf: TableOf): Set<ForeignKeySymbol> {
  const all = new Set(classes.flatMap(withBases));
  return new Set([...all].flatMap((symbol) => inheritanceKey(symbol, tableOf(symbol.table)) ?? []));
}

/** A scalar may go to a row that refers back only where one row at most can. */
function fitsArity({ arity }: RelationshipSymbol, { foreignKey, direction }: DirectPath, tableOf: TableOf): boolean {
  if (direction === "many-to-one") return arity !== "many";
  return arity === "many" || isUniqueIn(tableOf(foreignKey.source), columnNames(foreignKey.columns));
}

function misfit(
  relationship: RelationshipSymbol,
  paths: readonly DirectPath[],
  tableOf: TableOf,
): Diagnostic | undefined {
  if (paths.some((path) => fitsArity(relationship, path, tableOf))) return undefined;
  const { foreignKey } = paths[0] ?? {};
  if (foreignKey === undefined) return undefined;
  const place = { span: relationship.targetSpan, related: [keyLabel(foreignKey)] };
  return diagnostic(
    relationship.arity === "many" ? "S5005" : "S5006",
    place,
    relationship.path,
    describeForeignKey(foreignKey),
  );
}

function attemptSecondary(relationship: RelationshipSymbol, link: BoundTable, tables: JoinTables): Attempt {
  const [owner, target] = [symbolsOf(tables.owner), symbolsOf(tables.target)];
  const all = secondaryPaths(link, owner, target);
  if (all.length === 0) {
    return hasUnsound(link) ? { candidates: [] } : failed(missingLink(relationship, link, owner, target));
  }
  const paths = narrowSecondary(all, relationship);
  if (paths.length === 0) {
    return unmatchedOption(relationship, link.foreignKeys, [link, ...tables.owner, ...tables.target]);
  }
  return { candidates: paths.map(secondaryJoin) };
}

function symbolsOf(tables: readonly BoundTable[]): TableSymbol[] {
  return tables.map(({ symbol }) => symbol);
}

function missingLink(
  relationship: RelationshipSymbol,
  link: BoundTable,
  owners: readonly TableSymbol[],
  targets: readonly TableSymbol[],
): Diagnostic {
  const refersTo = (tables: readonly TableSymbol[]): boolean =>
    link.foreignKeys.some((foreignKey) => foreignKey.target !== undefined && tables.includes(foreignKey.target));
  const [owner, target] = [owners[0], targets[0]];
  const missing = refersTo(owners) ? target : owner;
  const help =
    owner !== undefined && owner === target && refersTo(owners)
      ? `\`${owner.key}\` stands on both sides: the secondary table needs two foreign keys to it`
      : undefined;
  const span = relationship.options.secondary?.span ?? relationship.targetSpan;
  const related = [{ span: link.symbol.declaration.name.span, text: `\`${link.symbol.key}\` is declared here` }];
  return diagnostic("S5014", { span, related, help }, link.symbol.key, missing?.key ?? "");
}

function unmatchedOption(
  relationship: RelationshipSymbol,
  foreignKeys: readonly ForeignKeySymbol[],
  tables: readonly BoundTable[],
): Attempt {
  const { foreignKeys: own, remoteSide } = relationship.options;
  const option = own ?? remoteSide;
  const isKnown = (name: string): boolean => tables.some(({ symbol }) => symbol.columns.has(name));
  // A rule reports columns that no table has.
  if (option?.columns.every(({ text }) => isKnown(text)) !== true) return { candidates: [] };
  const listed = option.columns.map(({ text }) => text).join(", ");
  const place = { span: option.span, related: foreignKeys.map(keyLabel) };
  const word = own === undefined ? "remote_side" : "foreign_keys";
  return failed(diagnostic("S5034", place, relationship.path, word, listed));
}

function ambiguous(relationship: RelationshipSymbol, candidates: readonly Join[]): Diagnostic {
  const foreignKeys = [...new Set(candidates.map((join) => join.foreignKeys[0]))].flatMap((key) => key ?? []);
  const [first] = foreignKeys;
  const list = foreignKeys.map((foreignKey) => `\`${describeForeignKey(foreignKey)}\``).join(", ");
  const related = foreignKeys.map(keyLabel);
  if (foreignKeys.length > 1) {
    const columns = columnNames(first?.columns ?? []).join(", ");
    const help = `say which one it follows, such as \`foreign_keys (${columns})\``;
    return diagnostic("S5004", { span: relationship.nameSpan, related, help }, relationship.path, list);
  }
  const sides = candidates.map((join) => `\`remote_side (${join.pairs.map(({ remote }) => remote).join(", ")})\``);
  const help = `say which columns are the other row's: ${sides.join(" or ")}`;
  return diagnostic(
    "S5004",
    { span: relationship.nameSpan, related, help },
    relationship.path,
    `${list}, in either direction`,
  );
}

function hasUnsound(table: BoundTable): boolean {
  return table.foreignKeys.some((foreignKey) => !isSound(foreignKey));
}

function keyLabel(foreignKey: ForeignKeySymbol): Label {
  return {
    span: foreignKey.span,
    text: `refers to \`${foreignKey.target?.key ?? foreignKey.reference.table.name.text}\``,
  };
}

function failed(failure: Diagnostic): Attempt {
  return { candidates: [], failure };
}
