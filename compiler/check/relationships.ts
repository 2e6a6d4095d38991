// Rules about relationships: both ends are classes, the arity says what the foreign key can hold, both sides agree.
import { describeForeignKey } from "../bind/column-names.js";
import { columnsOfClass } from "../bind/class-attributes.js";
import { areRelated, tablesOfClass } from "../bind/class-tables.js";
import { isReverse, partnerOf, relationshipsOf } from "../bind/infer-joins.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { unknownColumn } from "../bind/resolver.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { RelationshipOption } from "../syntax/ast.js";
import type { RelationshipSubject, Rule } from "./rule.js";

/** S5001: a relationship goes from a class to a class. */
export const relationshipEndsAreClasses: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { owner, ownerClass, target, targetClass, inline, nameSpan, path } = relationship;
  // A short form reports the table that holds the foreign key once, not once a side.
  if (inline?.direction === "one-to-many" && inline.foreignKey.reference.relationship !== undefined) return;
  if (ownerClass === undefined && owner.className === undefined) yield diagnostic("S5001", nameSpan, path, owner.key);
  else if (target !== undefined && targetClass === undefined && target.className === undefined) {
    const related = [{ span: target.declaration.name.span, text: "declared here, without a class" }];
    yield diagnostic("S5001", { span: nameSpan, related }, path, target.key);
  }
};

/** S5035: the short form's own clause says what it joins; its options do not say it again. */
export const shortFormSaysNoJoin: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { inline, options, path } = relationship;
  if (inline === undefined) return;
  const { relationship: forward, backref } = inline.foreignKey.reference;
  const isPaired = forward !== undefined && backref !== undefined;
  for (const { kind, span } of options.all) {
    if (joiningOptions.has(kind) || (kind === "backPopulates" && isPaired))
      yield diagnostic("S5035", span, path, optionNames[kind]);
  }
};

const joiningOptions: ReadonlySet<string> = new Set([
  "secondary",
  "foreignKeys",
  "remoteSide",
  "primaryjoin",
  "secondaryjoin",
]);

/** S5007, S5008: a to-one relationship is optional exactly where its foreign key may be NULL. */
export const optionalityFitsForeignKey: Rule<RelationshipSubject> = function* ({ relationship, join }) {
  const [foreignKey] = join?.foreignKeys ?? [];
  if (join?.direction !== "many-to-one" || foreignKey === undefined) return;
  // A condition beside the key may leave out the row that the key refers to.
  if (relationship.options.primaryjoin !== undefined) return;
  const { arity, targetSpan: span, path } = relationship;
  const nullable = foreignKey.columns.find(({ column }) => column?.nullable === true)?.column;
  if (arity === "one" && nullable !== undefined) {
    const related = [{ span: nullable.member.type.span, text: "may be NULL" }];
    yield diagnostic("S5007", { span, related }, path, nullable.path);
  }
  if (arity === "optional" && nullable === undefined) {
    const related = foreignKey.columns.flatMap(({ column }) =>
      column === undefined ? [] : [{ span: column.member.type.span, text: "is NOT NULL" }],
    );
    yield diagnostic("S5008", { span, related }, path, describeForeignKey(foreignKey));
  }
};

/** S5009: a scalar on the side without the foreign key is optional, as no row may refer back. */
export const backwardScalarIsOptional: Rule<RelationshipSubject> = function* ({ relationship, join }) {
  if (join?.direction !== "one-to-many" || relationship.arity !== "one") return;
  yield diagnostic("S5009", relationship.targetSpan, relationship.path, relationship.target?.key ?? "");
};

/** S5015: a relationship over a secondary table is a collection. */
export const secondaryIsCollection: Rule<RelationshipSubject> = function* ({ relationship }) {
  if (relationship.options.secondary === undefined || relationship.arity === "many") return;
  yield diagnostic("S5015", relationship.targetSpan, relationship.path);
};

/** S5010, S5011: `back_populates` names a relationship of the target that points back. */
export const backPopulatesPointsBack: Rule<RelationshipSubject> = function* ({ relationship }, schema) {
  const { owner, ownerClass, target, targetClass, options, path, inline } = relationship;
  const named = options.backPopulates;
  const isSaidByClause =
    inline?.foreignKey.reference.relationship !== undefined && inline.foreignKey.reference.backref !== undefined;
  if (named === undefined || target === undefined || targetClass === undefined || isSaidByClause) return;
  const partner = partnerOf(relationship, schema.tableOf);
  if (partner === undefined) {
    const names = relationshipsOf(targetClass, schema.tableOf).map(({ name }) => name);
    const help = didYouMean(named.text, names) ?? `declare \`relationship ${named.text}\` in \`${target.key}\``;
    const related = [{ span: target.declaration.name.span, text: `\`${targetClass.name}\` is declared here` }];
    yield diagnostic("S5010", { span: named.span, related, help }, targetClass.name, named.text);
    return;
  }
  if (partner.target === undefined || partner.targetClass === undefined || ownerClass === undefined) return;
  const place = (help: string) => ({
    span: named.span,
    related: [{ span: partner.nameSpan, text: "the other side" }],
    help,
  });
  if (!areRelated(partner.targetClass, ownerClass)) {
    const help = `\`${partner.path}\` must have \`${owner.className ?? owner.key}\` as its target`;
    yield diagnostic("S5011", place(help), path, partner.path, `goes to \`${partner.targetClass.name}\``);
    return;
  }
  const back = partner.options.backPopulates?.text;
  if (partner === relationship) {
    const help = `name the relationship of \`${targetClass.name}\` that leads back here`;
    yield diagnostic("S5011", { span: named.span, help }, path, partner.path, "is the same relationship");
  }
  // Where the other side names nothing that exists, that is reported there.
  if (back === relationship.name || (back !== undefined && partnerOf(partner, schema.tableOf) === undefined)) return;
  const help = `add \`back_populates ${relationship.name}\` to \`${partner.path}\``;
  const found = back === undefined ? "does not point back" : `points to \`${back}\``;
  yield diagnostic("S5011", place(help), path, partner.path, found);
};

/** S5012: both sides follow the same foreign key, in opposite directions. */
export const sidesAreOneRelationship: Rule<RelationshipSubject> = function* ({ relationship, join }, schema) {
  const partner = partnerOf(relationship, schema.tableOf);
  const other = partner === undefined ? undefined : schema.joins.get(partner);
  if (join === undefined || partner === undefined || other === undefined || isReverse(join, other)) return;
  const { ownerClass } = relationship;
  if (partner.targetClass === undefined || ownerClass === undefined) return;
  if (!areRelated(partner.targetClass, ownerClass) || partner.options.backPopulates?.text !== relationship.name) return;
  // Reported once, at the side that comes first by name; one that names itself is another rule's.
  if (partner.path <= relationship.path) return;
  const place = { span: relationship.nameSpan, related: [{ span: partner.nameSpan, text: "the other side" }] };
  const isSameWay = join.direction === other.direction && join.foreignKeys[0] === other.foreignKeys[0];
  const reason = isSameWay ? "both go the same way along one foreign key" : "they follow different foreign keys";
  yield diagnostic("S5012", place, relationship.path, partner.path, reason);
};

/** S2002: the columns that `foreign_keys` and `remote_side` name exist in one of the tables that are joined. */
export const joinOptionsNameColumns: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { owner, target, options } = relationship;
  if (target === undefined) return;
  const { ownerClass, targetClass } = relationship;
  const tables = [
    ...(ownerClass === undefined ? [owner] : tablesOfClass(ownerClass)),
    ...(targetClass === undefined ? [target] : tablesOfClass(targetClass)),
    ...(options.secondary?.table === undefined ? [] : [options.secondary.table]),
  ];
  for (const option of [options.foreignKeys, options.remoteSide]) {
    for (const name of option?.columns ?? []) {
      if (!tables.some(({ columns }) => columns.has(name.text))) yield unknownColumn(name, tables.at(-1) ?? owner);
    }
  }
};

/** S2002, S5031, S5032: `order_by` takes columns of the target's table, and sorts collections. */
export const orderByTakesTargetColumns: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { orderBy } = relationship.options;
  if (orderBy === undefined) return;
  if (relationship.arity !== "many") yield diagnostic("S5031", orderBy.span, relationship.path, "order_by");
  const { target, targetClass } = relationship;
  if (target === undefined) return;
  const columns = targetClass === undefined ? target.columns : columnsOfClass(targetClass);
  for (const { expression } of orderBy.keys) {
    const [name, ...more] = expression.kind === "name" ? expression.path : [];
    if (name === undefined || more.length > 0) yield diagnostic("S5032", expression.span, relationship.path);
    else if (!columns.has(name.text)) yield unknownColumn(name, target);
  }
};

/** S2017: a relationship says each of its options once. */
export const relationshipOptionsAreUnique: Rule<RelationshipSubject> = function* ({ relationship }) {
  const seen = new Map<string, RelationshipOption>();
  for (const option of relationship.options.all) {
    const earlier = seen.get(option.kind);
    if (earlier === undefined) seen.set(option.kind, option);
    else {
      const related = [{ span: earlier.span, text: "first given here" }];
      yield diagnostic("S2017", { span: option.span, related }, relationship.path, optionNames[option.kind]);
    }
  }
};

const optionNames: Record<RelationshipOption["kind"], string> = {
  backPopulates: "back_populates",
  cascade: "cascade",
  secondary: "secondary",
  foreignKeys: "foreign_keys",
  remoteSide: "remote_side",
  orderBy: "order_by",
  lazy: "lazy",
  primaryjoin: "primaryjoin",
  secondaryjoin: "secondaryjoin",
  collectionClass: "collection_class",
  passiveDeletes: "passive_deletes",
  passiveUpdates: "passive_updates",
  postUpdate: "post_update",
  singleParent: "single_parent",
  viewonly: "viewonly",
};
