// Relationships of the schema model: both sides of a foreign key in its clause where that says all of them, as people
// write it, else each as a member of its class.
import type { CascadeName, ClassModel, ColumnPair, RelationshipModel } from "../../model/class-model.js";
import { qualifiedKey, type QualifiedName } from "../../model/qualified-name.js";
import type { ForeignKeyModel, SchemaModel, TableModel } from "../../model/schema-model.js";
import { writeName } from "../syntax/words.js";
import { writeComment } from "./comments.js";
import { writeExpression, writeNames, writePath } from "./unparse-expression.js";

/** Both sides of a relationship along one foreign key. */
interface Sides {
  readonly forward: RelationshipModel;
  readonly backward?: RelationshipModel;
}

type Wanted = (relationship: RelationshipModel) => boolean;
const everyOne: Wanted = () => true;

export interface RelationshipTexts {
  /** What follows a foreign key's clause; empty for most that carry none. */
  inClause(table: TableModel, foreignKey: ForeignKeyModel): string;
  /** The members of a table's class that no clause holds, of those that are `wanted`. */
  members(table: TableModel, wanted?: Wanted): readonly string[];
  /** The members of a class that shares its base's table. */
  ofClass(mapped: ClassModel): readonly string[];
}

interface Tables {
  byKey(name: QualifiedName): TableModel | undefined;
  ofClass(name: string): TableModel | undefined;
}

/** Decides where each relationship of `model` is written. */
export function relationshipTexts(model: SchemaModel): RelationshipTexts {
  const classOf = new Map<string, ClassModel>();
  for (const one of model.classes) if (one.inheritance?.kind !== "single") classOf.set(qualifiedKey(one.table), one);
  const byKey = new Map(model.tables.map((table) => [qualifiedKey(table), table]));
  const byClass = new Map(model.classes.map((one) => [one.name, byKey.get(qualifiedKey(one.table))]));
  const tables: Tables = { byKey: (name) => byKey.get(qualifiedKey(name)), ofClass: (name) => byClass.get(name) };
  const inClauses = new Map<ForeignKeyModel, Sides>();
  const placed = new Set<RelationshipModel>();
  for (const table of model.tables) {
    for (const foreignKey of table.foreignKeys) {
      const sides = sidesAlong(foreignKey, table, classOf, placed);
      if (sides === undefined) continue;
      inClauses.set(foreignKey, sides);
      placed.add(sides.forward);
      if (sides.backward !== undefined) placed.add(sides.backward);
    }
  }
  const membersOf = (mapped: ClassModel | undefined, wanted: Wanted = everyOne): string[] => {
    const owner = mapped && tables.byKey(mapped.table);
    if (mapped === undefined || owner === undefined) return [];
    return mapped.relationships
      .filter((relationship) => !placed.has(relationship) && wanted(relationship))
      .map((relationship) => writeMember(relationship, joinOptions(relationship, owner, tables)));
  };
  return {
    inClause: (_, foreignKey) => {
      const sides = inClauses.get(foreignKey);
      if (sides === undefined) return "";
      const backref = sides.backward === undefined ? "" : ` backref ${writeShort(sides.backward)}`;
      return ` relationship ${writeShort(sides.forward)}${backref}`;
    },
    members: (table, wanted) => membersOf(classOf.get(qualifiedKey(table)), wanted),
    ofClass: (mapped) => membersOf(mapped),
  };
}

/** The relationships that the clause of `foreignKey` can hold: each only where lowering would infer all it says. */
function sidesAlong(
  foreignKey: ForeignKeyModel,
  table: TableModel,
  classOf: ReadonlyMap<string, ClassModel>,
  placed: ReadonlySet<RelationshipModel>,
): Sides | undefined {
  const source = classOf.get(qualifiedKey(table));
  const target = classOf.get(qualifiedKey(foreignKey.references.table));
  if (source === undefined || target === undefined) return undefined;
  const optional = foreignKey.columns.some((name) => table.columns.find((one) => one.name === name)?.nullable === true);
  const isPlain = (one: RelationshipModel): boolean =>
    !placed.has(one) && one.comment === undefined && one.primaryjoin === undefined && one.secondary === undefined;
  const forward = source.relationships.find(
    (one) =>
      isPlain(one) &&
      one.direction === "many-to-one" &&
      one.target === target.name &&
      one.optional === optional &&
      isAlong(one.pairs, foreignKey.columns, foreignKey.references.columns),
  );
  if (forward === undefined) return undefined;
  if (forward.backPopulates === undefined) return { forward };
  const backward = target.relationships.find(
    (one) =>
      isPlain(one) &&
      one.name === forward.backPopulates &&
      one.backPopulates === forward.name &&
      one.direction === "one-to-many" &&
      one.target === source.name &&
      one.optional === !one.collection &&
      one.collection === !isUnique(foreignKey.columns, table) &&
      isAlong(one.pairs, foreignKey.references.columns, foreignKey.columns),
  );
  return backward === undefined ? undefined : { forward, backward };
}

function isAlong(pairs: readonly ColumnPair[], local: readonly string[], remote: readonly string[]): boolean {
  return (
    pairs.length === local.length &&
    pairs.every((pair, index) => pair.local === local[index] && pair.remote === remote[index])
  );
}

/** As lowering sees it: the columns hold all columns of some key or whole unique index. */
function isUnique(columns: readonly string[], table: TableModel): boolean {
  const indexes = table.indexes
    .filter(({ unique, where }) => unique && where === undefined)
    .map(({ keys }) => keys.map(({ expression }) => (expression.kind === "column" ? expression.name : undefined)));
  const keys = [table.primaryKey?.columns ?? [], ...table.uniques.map((unique) => unique.columns), ...indexes];
  return keys.some((key) => key.length > 0 && key.every((name) => name !== undefined && columns.includes(name)));
}

function writeShort(relationship: RelationshipModel): string {
  const options = relationshipOptions(relationship);
  const name = writeName(relationship.name);
  return options.length === 0 ? name : `${name} { ${options.join("; ")} }`;
}

function writeMember(relationship: RelationshipModel, joins: readonly string[]): string {
  const { name, target, collection, optional, backPopulates, comment, secondary } = relationship;
  const arity = collection ? "[]" : optional ? "?" : "";
  const options = [
    `relationship ${writeName(name)}: ${writeName(target)}${arity}`,
    ...(secondary === undefined ? [] : [`secondary ${writePath(secondary.table)}`]),
    ...joins,
    ...(backPopulates === undefined ? [] : [`back_populates ${writeName(backPopulates)}`]),
    ...relationshipOptions(relationship),
  ];
  return writeComment(comment).doc + options.join(" ");
}

/** Which keys the relationship follows, where more than one could be meant. */
function joinOptions(relationship: RelationshipModel, owner: TableModel, tables: Tables): string[] {
  const { direction, pairs, secondary, target, primaryjoin } = relationship;
  const other = tables.ofClass(target);
  if (primaryjoin !== undefined || other === undefined) return [];
  if (secondary !== undefined) {
    const link = tables.byKey(secondary.table);
    if (keysBetween(link, owner) === 1 && keysBetween(link, other) === 1 && owner !== other) return [];
    const columns = [...pairs.map(({ remote }) => remote), ...secondary.pairs.map(({ local }) => local)];
    return [`foreign_keys (${writeNames(columns)})`];
  }
  const isSelf = owner === other;
  const count = keysBetween(owner, other) + (isSelf ? 0 : keysBetween(other, owner));
  const holders = pairs.map(({ local, remote }) => (direction === "many-to-one" ? local : remote));
  return [
    ...(count > 1 ? [`foreign_keys (${writeNames(holders)})`] : []),
    ...(isSelf ? [`remote_side (${writeNames(pairs.map(({ remote }) => remote))})`] : []),
  ];
}

function keysBetween(from: TableModel | undefined, to: TableModel): number {
  const key = qualifiedKey(to);
  return (from?.foreignKeys ?? []).filter(({ references }) => qualifiedKey(references.table) === key).length;
}

const allButOrphans: readonly CascadeName[] = ["save-update", "merge", "expunge", "delete", "refresh-expire"];

/** Options that differ from what is so anyway, in the one order. */
function relationshipOptions(relationship: RelationshipModel): string[] {
  const { orderBy, lazy, collectionClass, passiveDeletes, passiveUpdates } = relationship;
  const options: string[] = [];
  const add = (isSaid: boolean, text: string): void => {
    if (isSaid) options.push(text);
  };
  if (relationship.primaryjoin !== undefined)
    options.push(`primaryjoin (${writeExpression(relationship.primaryjoin)})`);
  if (relationship.secondaryjoin !== undefined) {
    options.push(`secondaryjoin (${writeExpression(relationship.secondaryjoin)})`);
  }
  const cascade = cascadeWords(relationship);
  add(cascade !== undefined, `cascade ${cascade ?? ""}`);
  const order = orderBy.map(({ column, direction, nulls }) => {
    const nullsText = nulls === undefined ? "" : ` nulls ${nulls}`;
    return `${writeName(column, "expression")}${direction === "asc" ? "" : " desc"}${nullsText}`;
  });
  add(orderBy.length > 0, `order_by ${order.join(", ")}`);
  add(lazy !== "select", `lazy ${lazy}`);
  if (collectionClass?.kind === "set") options.push("collection_class set");
  else if (collectionClass !== undefined) options.push(`collection_class map by ${writeName(collectionClass.by)}`);
  add(passiveDeletes !== false, passiveDeletes === "all" ? "passive_deletes all" : "passive_deletes");
  add(passiveUpdates === false, "passive_updates false");
  add(relationship.singleParent, "single_parent");
  add(relationship.postUpdate === true, "post_update");
  add(relationship.viewonly, "viewonly");
  return options;
}

/** The words of `cascade`; undefined where they are the default. */
function cascadeWords({ cascade, viewonly }: RelationshipModel): string | undefined {
  const words = new Set<CascadeName>(cascade);
  const standard: readonly CascadeName[] = viewonly ? ["merge"] : ["save-update", "merge"];
  if (words.size === standard.length && standard.every((word) => words.has(word))) return undefined;
  if (words.size === 0) return "none";
  if (!allButOrphans.every((word) => words.has(word))) return cascade.join(", ");
  return words.has("delete-orphan") ? "all, delete-orphan" : "all";
}
