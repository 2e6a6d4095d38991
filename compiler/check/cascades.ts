// Rules about cascades and loading strategies: known words that fit the side they stand on.
import { didYouMean } from "../bind/did-you-mean.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { cascadeNames, isCascadeName, isLoadStrategyName, loadStrategyNames } from "./relationship-words.js";
import type { RelationshipSubject, Rule } from "./rule.js";

/** Cascades that write, which a view-only relationship never does. */
const writingCascades: ReadonlySet<string> = new Set(["all", "save-update", "delete", "delete-orphan"]);

/** S5020: cascades are words that exist. */
export const cascadesAreKnown: Rule<RelationshipSubject> = function* ({ relationship }) {
  const known = [...cascadeNames, "all", "none"];
  for (const { text, span } of relationship.options.cascade?.words ?? []) {
    if (isCascadeName(text) || text === "all" || text === "none") continue;
    const near =
      text === "orphan" || text === "delete_orphan" ? "did you mean `delete-orphan`?" : didYouMean(text, known);
    yield diagnostic("S5020", { span, help: near }, text, wordList(known));
  }
};

/** S5024: `none` stands alone. */
export const noneStandsAlone: Rule<RelationshipSubject> = function* ({ relationship }) {
  const words = relationship.options.cascade?.words ?? [];
  const none = words.find(({ text }) => text === "none");
  if (none !== undefined && words.length > 1) yield diagnostic("S5024", none.span, relationship.path);
};

/** S5021: `delete-orphan` stands where a target has one parent. */
export const orphanHasSingleParent: Rule<RelationshipSubject> = function* ({ relationship, join }) {
  const { cascade, singleParent } = relationship.options;
  const orphan = cascade?.words.find(({ text }) => text === "delete-orphan");
  if (orphan === undefined || singleParent !== undefined || join === undefined) return;
  if (join.direction !== "one-to-many") yield diagnostic("S5021", orphan.span, relationship.path);
};

/** S5022, a warning: what is deleted as an orphan is deleted with its parent too. */
export const orphanIsDeletedWithParent: Rule<RelationshipSubject> = function* ({ relationship }) {
  const words = relationship.options.cascade?.words ?? [];
  const orphan = words.find(({ text }) => text === "delete-orphan");
  if (orphan === undefined || words.some(({ text }) => text === "delete" || text === "all" || text === "none")) return;
  yield diagnostic("S5022", orphan.span, relationship.path);
};

/** S5023: a view-only relationship cascades nothing that writes. */
export const viewonlyDoesNotWrite: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { cascade, viewonly } = relationship.options;
  const writing = cascade?.words.filter(({ text }) => writingCascades.has(text)) ?? [];
  if (cascade === undefined || viewonly === undefined || writing.length === 0) return;
  const words = wordList(writing.map(({ text }) => text));
  yield diagnostic("S5023", cascade.span, relationship.path, words);
};

/** S5030, S5031: a loading strategy exists, and fits a scalar where it stands on one. */
export const loadStrategyIsKnown: Rule<RelationshipSubject> = function* ({ relationship }) {
  const { lazy } = relationship.options;
  if (lazy === undefined) return;
  if (!isLoadStrategyName(lazy.text)) {
    const help = didYouMean(lazy.text, loadStrategyNames);
    yield diagnostic("S5030", { span: lazy.span, help }, lazy.text, wordList(loadStrategyNames));
  } else if (lazy.text === "write_only" && relationship.arity !== "many") {
    yield diagnostic("S5031", lazy.span, relationship.path, "lazy write_only");
  }
};

function wordList(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
