// English nouns in the singular and the plural, as far as names of tables need it: classes are singular, collections
// plural. A word that no rule knows stays as it is, which is always safe: a name may be odd, never wrong.

/** Nouns with one form for both numbers, and words that end in `s` without being plurals. */
const unchanged: ReadonlySet<string> = new Set(
  (
    "advice aircraft analytics apparatus audio aws baggage business chaos chassis cms content cosmos credentials css " +
    "data deer diabetes dns economics electronics employment equipment ethics evidence feedback fish furniture " +
    "gallows garbage goods gps hardware has headquarters homework https information innings ios is jeans js " +
    "knowledge logistics luggage mathematics means media metadata meta mews money ms music news ns offspring os " +
    "pants physics politics pos premises rice rss scissors series sheep shrimp sms software sos species staff " +
    "statistics stuff swine thanks this tls traffic trousers ts tuna was weather wildlife"
  ).split(" "),
);

/** Singulars in `s`, whose plurals end in `ses`. */
const singularsInS: ReadonlySet<string> = new Set(
  (
    "access address alias atlas bias bonus bus campus canvas census class congress consensus corpus focus gas genus " +
    "iris pass press process status success virus"
  ).split(" "),
);

const irregular: readonly (readonly [singular: string, plural: string])[] = [
  ["addendum", "addenda"],
  ["alumnus", "alumni"],
  ["analysis", "analyses"],
  ["axis", "axes"],
  ["bacterium", "bacteria"],
  ["cache", "caches"],
  ["calf", "calves"],
  ["child", "children"],
  ["cookie", "cookies"],
  ["crisis", "crises"],
  ["criterion", "criteria"],
  ["curriculum", "curricula"],
  ["diagnosis", "diagnoses"],
  ["die", "dice"],
  ["foot", "feet"],
  ["goose", "geese"],
  ["half", "halves"],
  ["hypothesis", "hypotheses"],
  ["index", "indexes"],
  ["knife", "knives"],
  ["leaf", "leaves"],
  ["lens", "lenses"],
  ["life", "lives"],
  ["loaf", "loaves"],
  ["louse", "lice"],
  ["man", "men"],
  ["matrix", "matrices"],
  ["mouse", "mice"],
  ["move", "moves"],
  ["movie", "movies"],
  ["oasis", "oases"],
  ["ox", "oxen"],
  ["parenthesis", "parentheses"],
  ["person", "people"],
  ["phenomenon", "phenomena"],
  ["quiz", "quizzes"],
  ["self", "selves"],
  ["shelf", "shelves"],
  ["synopsis", "synopses"],
  ["tax", "taxes"],
  ["thesis", "theses"],
  ["thief", "thieves"],
  ["tie", "ties"],
  ["tooth", "teeth"],
  ["vertex", "vertices"],
  ["wife", "wives"],
  ["wolf", "wolves"],
  ["woman", "women"],
  ["zombie", "zombies"],
];

const singularOf: ReadonlyMap<string, string> = new Map([
  ...irregular.map(([singular, plural]): [string, string] => [plural, singular]),
  ["indices", "index"],
  ["appendices", "appendix"],
]);
const pluralOf: ReadonlyMap<string, string> = new Map(irregular);

/** From plural to singular; the first that fits. */
const singularRules: readonly (readonly [RegExp, string])[] = [
  [/(ss|us|is)$/, "$1"],
  [/([^aeiou]|qu)ies$/, "$1y"],
  [/(ss|sh|ch|x|zz)es$/, "$1"],
  [/(carg|domin|ech|embarg|her|mosquit|potat|tomat|torped|vet|volcan)oes$/, "$1o"],
  [/([aeo]l|ar)ves$/, "$1f"],
  [/([^s])s$/, "$1"],
];

const pluralRules: readonly (readonly [RegExp, string])[] = [
  [/([^aeiou]|qu)y$/, "$1ies"],
  [/(s|sh|ch|x|z)$/, "$1es"],
  [/(carg|domin|ech|embarg|her|mosquit|potat|tomat|torped|vet|volcan)o$/, "$1oes"],
  [/$/, "s"],
];

/** The singular of a lower-case noun: `people` is `person`; a word that is no plural stays. */
export function singularize(word: string): string {
  const irregularForm = singularOf.get(word);
  if (irregularForm !== undefined) return irregularForm;
  if (unchanged.has(word) || singularsInS.has(word) || pluralOf.has(word)) return word;
  if (word.endsWith("es") && singularsInS.has(word.slice(0, -2))) return word.slice(0, -2);
  const rule = singularRules.find(([ending]) => ending.test(word));
  return rule === undefined ? word : word.replace(...rule);
}

/** The plural of a lower-case noun: `person` is `people`; a word that is a plural already stays. */
export function pluralize(word: string): string {
  const irregularForm = pluralOf.get(word);
  if (irregularForm !== undefined) return irregularForm;
  if (unchanged.has(word) || singularize(word) !== word) return word;
  const rule = pluralRules.find(([ending]) => ending.test(word));
  return rule === undefined ? word : word.replace(...rule);
}
