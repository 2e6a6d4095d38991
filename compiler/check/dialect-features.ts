// Rules about features that a target dialect lacks: words after constraints, clauses of indexes, whole declarations.
import {
  type Capabilities,
  type ConstraintKind,
  findCapabilities,
  type IndexFeature,
} from "../../model/capabilities.js";
import type { BoundSchema, BoundTable, ConstraintSymbol, IndexSymbol, SequenceSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Span } from "../text/span.js";
import { attributeWords } from "./constraints.js";
import type { Findings, ForeignKeySubject, IndexSubject, Rule } from "./rule.js";

function targets({ dialects }: BoundSchema): Capabilities[] {
  return dialects.flatMap((name) => findCapabilities(name) ?? []);
}

function* lacking(what: string, span: Span, dialects: readonly Capabilities[]): Findings {
  const names = dialects.map(({ name }) => name);
  if (names.length > 0) yield diagnostic("S6009", span, what, names);
}

/** S6009: each target dialect has the words after a constraint. */
export const constraintAttributesExist: Rule<BoundTable> = function* (table, schema) {
  const groups: readonly { readonly kind: ConstraintKind; readonly constraints: readonly ConstraintSymbol[] }[] = [
    { kind: "primaryKey", constraints: table.primaryKeys.slice(0, 1) },
    { kind: "unique", constraints: table.uniques },
    { kind: "check", constraints: table.checks },
    { kind: "foreignKey", constraints: table.foreignKeys },
  ];
  for (const { kind, constraints } of groups) {
    for (const { attributes } of constraints) {
      for (const attribute of attributes) {
        if (attribute.kind === "comment") continue;
        const word = attribute.kind;
        const lacks = targets(schema).filter(({ constraints: known }) => known[word]?.includes(kind) !== true);
        yield* lacking(`\`${attributeWords[word]}\``, attribute.span, lacks);
      }
    }
  }
};

/** S6009: each target dialect has the actions and the matching of a foreign key. */
export const foreignKeyFeaturesExist: Rule<ForeignKeySubject> = function* ({ foreignKey }, schema) {
  const { match, actions } = foreignKey.reference;
  if (match?.full === true) {
    yield* lacking(
      "`match full`",
      match.span,
      targets(schema).filter(({ foreignKeys }) => !foreignKeys.matchFull),
    );
  }
  for (const { action, columns, span } of actions) {
    if (columns !== undefined) {
      const lacks = targets(schema).filter(({ foreignKeys }) => !foreignKeys.actionColumns);
      yield* lacking(`a list of columns after \`${action}\``, span, lacks);
    } else if (action === "set default") {
      const lacks = targets(schema).filter(({ foreignKeys }) => !foreignKeys.setDefault);
      yield* lacking("`set default`", span, lacks);
    }
  }
};

/** S6009: each dialect that an index is for has its clauses. */
export const indexFeaturesExist: Rule<IndexSubject> = function* ({ index }, schema) {
  const { only } = index.clauses;
  const wanted = targets(schema).filter(({ name }) => only?.some(({ text }) => text === name) !== false);
  for (const { feature, what, span } of featuresOf(index)) {
    yield* lacking(
      what,
      span,
      wanted.filter(({ indexes }) => !indexes.includes(feature)),
    );
  }
};

interface Used {
  readonly feature: IndexFeature;
  readonly what: string;
  readonly span: Span;
}

function featuresOf({ unique, keys, clauses, where, include, span }: IndexSymbol): Used[] {
  const used: Used[] = [];
  const note = (feature: IndexFeature, what: string, at: Span): void => void used.push({ feature, what, span: at });
  const { method, nullsNotDistinct, storage } = clauses;
  // Every database's plain index is one.
  if (method !== undefined && method.text !== "btree") note("method", `\`using ${method.text}\``, method.span);
  if (nullsNotDistinct === true) note("nulls not distinct", "`nulls not distinct`", span);
  if (storage !== undefined) note("storage", "storage parameters", storage[0]?.span ?? span);
  // An index over all rows serves a condition's rows as well; a unique one would refuse more than it should.
  if (where !== undefined && unique) note("where", "a unique index over some of the rows", where.span);
  const [first] = include;
  if (first !== undefined) note("include", "`include`", first.identifier.span);
  for (const key of keys) {
    if (key.expression.kind !== "name") note("expression", "an index over expressions", key.expression.span);
    if (key.nulls !== undefined) note("nulls", "`nulls first` and `nulls last` in an index", key.span);
    if (key.operatorClass !== undefined) note("ops", "`ops`", key.operatorClass.span);
    if (key.prefix !== undefined) note("prefix", "`prefix`", key.prefix.span);
    if (key.collation !== undefined) note("collate", "`collate` in an index", key.collation.span);
  }
  return used;
}

/** S6009: each target dialect has the kind of table or view. */
export const tableKindExists: Rule<BoundTable> = function* ({ symbol }, schema) {
  const { declaration } = symbol;
  if (declaration.kind === "view") {
    if (!declaration.materialized) return;
    const lacks = targets(schema).filter(({ materializedViews }) => !materializedViews);
    yield* lacking("materialized views", declaration.name.span, lacks);
  } else if (declaration.partitionOf !== undefined) {
    const lacks = targets(schema).filter(({ partitions }) => !partitions);
    yield* lacking("partitions that are tables of their own", declaration.name.span, lacks);
  }
};

/** S6009: each target dialect has sequences where one is declared. */
export const sequencesExist: Rule<SequenceSymbol> = function* ({ declaration }, schema) {
  yield* lacking(
    "sequences",
    declaration.name.span,
    targets(schema).filter(({ sequences }) => !sequences),
  );
};
