// What some tables and views of a database need beside each other: sequences, functions, types and the like that their
// SQL names, and what these need in turn.
import { qualifiedKey } from "./qualified-name.js";
import type { ObjectModel, SchemaModel, SequenceModel } from "./schema-model.js";

interface NeededObjects {
  readonly model: SchemaModel;
  /** `sequence counter`, `function now_utc` and so on, in order. */
  readonly names: readonly string[];
}

/**
 * `chosen` with the sequences and objects of `everything` that it names. Which extension a function comes from is not
 * told, so that all extensions come.
 */
export function withNeededObjects(chosen: SchemaModel, everything: SchemaModel): NeededObjects {
  const words = new Set<string>();
  collectWords([chosen.tables, chosen.views, chosen.domains], words);
  const sequences = new Set<SequenceModel>();
  const objects = new Set<ObjectModel>();
  const isNeeded = ({ type, name }: ObjectModel): boolean => type === "extension" || words.has(name);
  for (let before = -1; before !== sequences.size + objects.size;) {
    before = sequences.size + objects.size;
    for (const sequence of everything.sequences ?? []) if (words.has(sequence.name)) sequences.add(sequence);
    for (const object of everything.objects ?? []) {
      if (objects.has(object) || !isNeeded(object)) continue;
      objects.add(object);
      collectWords([object.sql, object.after.map(({ name }) => ({ sql: name }))], words);
    }
  }
  // In the order in which the database gives them, which is one to create them in.
  const kept = {
    sequences: (everything.sequences ?? []).filter((one) => sequences.has(one)),
    objects: (everything.objects ?? []).filter((one) => objects.has(one)),
  };
  return {
    model: { ...chosen, ...kept },
    names: [
      ...kept.sequences.map((one) => `sequence ${qualifiedKey(one)}`),
      ...kept.objects.map((one) => `${one.type} ${qualifiedKey(one)}`),
    ],
  };
}

/** The words of all SQL in a part of a model, and the names of its database's own types and collations. */
function collectWords(part: unknown, words: Set<string>): void {
  if (typeof part !== "object" || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    const isOwnType = name === "name" && "kind" in part && part.kind === "native";
    if (typeof value !== "string") collectWords(value, words);
    else if (name === "sql" || name === "collation" || isOwnType) {
      for (const [word] of value.matchAll(/[\p{L}\p{N}_$]+/gu)) words.add(word);
    }
  }
}
