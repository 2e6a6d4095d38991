// Rules about joins that relationships spell out, and about what their objects are collected in.
import { columnsOfClass } from "../bind/class-attributes.js";
import { tablesOfClass } from "../bind/class-tables.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { unknownColumn } from "../bind/resolver.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { joinScope } from "./expression-scopes.js";
import { ExpressionChecker } from "./expression-types.js";
import type { RelationshipSubject, Rule } from "./rule.js";

/** S2002, S3020, S3021, S5019: a join is a condition on columns of both sides. */
export const joinsAreConditions: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { ownerClass, targetClass, options, path } = relationship;
  if (ownerClass === undefined || targetClass === undefined) return;
  const link = options.secondary?.table;
  const scope = joinScope(
    { this: tablesOfClass(ownerClass), other: tablesOfClass(targetClass), link: link === undefined ? [] : [link] },
    path,
  );
  for (const option of [options.primaryjoin, options.secondaryjoin]) {
    if (option === undefined) continue;
    const checker = new ExpressionChecker(scope);
    checker.condition(option.expression, `\`${option.kind}\``);
    yield* checker.diagnostics;
  }
};

/** S5018: a second join needs a secondary table. */
export const secondaryjoinHasSecondary: Rule<RelationshipSubject> = function* ({ relationship: { options, path } }) {
  const { secondaryjoin, secondary } = options;
  if (secondaryjoin !== undefined && secondary === undefined) yield diagnostic("S5018", secondaryjoin.span, path);
};

const collectionClasses = ["list", "set", "map"];

/** S2002, S5031, S5033, S5036: objects are collected in a list, a set, or a map by one of their columns. */
export const collectionClassIsKnown: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { options, arity, path, target, targetClass } = relationship;
  const option = options.collectionClass;
  if (option === undefined) return;
  const { name, by, span } = option;
  if (arity !== "many") yield diagnostic("S5031", span, path, "collection_class");
  if (!collectionClasses.includes(name.text)) {
    yield diagnostic("S5033", { span: name.span, help: didYouMean(name.text, collectionClasses) }, name.text);
  } else if ((name.text === "map") !== (by !== undefined)) yield diagnostic("S5036", span, path, name.text);
  else if (by !== undefined && target !== undefined && targetClass !== undefined) {
    if (!columnsOfClass(targetClass).has(by.text)) yield unknownColumn(by, target);
  }
};
