// Names that a person would give: classes, properties and relationships from the names of tables, columns and
// foreign keys. What reflection writes and what automap makes at run time is named here, alike and always the same.
import { pluralize, singularize } from "./english.js";
import { camelCase, isIdentifier, isObjectMember, isTakenTypeName } from "./naming.js";
import type { QualifiedName } from "./qualified-name.js";

/** The words of a database name, lower-case: `OrderDetails`, `order_details` and `ORDER DETAILS` alike. */
function wordsOf(name: string): string[] {
  return name
    .normalize("NFC")
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{ID_Continue}]+|_+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

function capitalize(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("");
}

function pascal(words: readonly string[]): string {
  return words.map(capitalize).join("");
}

function camel(words: readonly string[]): string {
  const [first = "", ...rest] = words;
  return first + pascal(rest);
}

/** `words` with the last one changed by `change`. */
function withLast(words: readonly string[], change: (word: string) => string): string[] {
  return words.map((word, index) => (index === words.length - 1 ? change(word) : word));
}

/** Names for the class of a table, best first: `User` for `users`, then one with its schema, then `Users`. */
export function classNames(table: QualifiedName): string[] {
  const words = wordsOf(table.name);
  if (words.length === 0) return [];
  const singular = withLast(words, singularize);
  const own = pascal(singular);
  const inSchema = table.schema === undefined ? [] : [pascal([...wordsOf(table.schema), ...singular])];
  const names = [own, ...inSchema, pascal(words), `${own}Row`, `Table${own}`];
  return names.filter((name) => isIdentifier(name) && !isTakenTypeName(name));
}

/** The names of the union type of an enum, best first. */
export function enumTypeNames({ schema, name }: QualifiedName): string[] {
  const own = pascal(wordsOf(name));
  const names = [own, `${own}Value`, pascal([...wordsOf(schema ?? ""), ...wordsOf(name)]), `Enum${own}`];
  return names.filter((candidate) => isIdentifier(candidate) && !isTakenTypeName(candidate));
}

/** Names for a column's property, best first; the first one is the language's own wherever that will do. */
export function propertyNames(column: string): string[] {
  const words = wordsOf(column);
  const own = camelCase(column);
  const isPlain = /^[\p{Ll}_]/u.test(own);
  const made = words.length === 0 ? [] : [camel(words), `${camel(words)}Column`, `column${pascal(words)}`];
  return [...(isPlain ? [own] : []), ...made].filter(isPropertyName);
}

function isPropertyName(name: string): boolean {
  return isIdentifier(name) && !name.startsWith("$") && !isObjectMember(name);
}

/** Endings of foreign keys' columns that say only that they are keys. */
const keyWords: ReadonlySet<string> = new Set("id ids uuid guid fk key code no nr num pk ref".split(" "));

/**
 * What a foreign key's columns call their target: `author` for `author_id`. Undefined where they say no more than the
 * target itself does, or nothing.
 */
function roleOf(columns: readonly string[]): string[] | undefined {
  const [column] = columns;
  if (column === undefined || columns.length > 1) return undefined;
  const words = wordsOf(column);
  const first = words[0] === "fk" || words[0] === "id" ? 1 : 0;
  let end = words.length;
  if (end - first > 1 && keyWords.has(words[end - 1] ?? "")) end -= 1;
  const role = words.slice(first, end);
  // Words that run together: `authorid` beside `author_id`.
  const [last = ""] = role.slice(-1);
  const cut = end === words.length && first === 0 ? last.replace(/(?<=...)(id|key)$/, "") : last;
  return role.length === 0 ? undefined : withLast(role, () => cut);
}

/** Names for the relationship along a foreign key, best first: its column without `_id`, else the target's class. */
export function manyToOneNames(columns: readonly string[], target: string): string[] {
  const targetWords = wordsOf(target);
  const role = roleOf(columns);
  const byTarget = camel(targetWords);
  const byRole = role === undefined ? [] : [camel(role), camel([...role, ...targetWords])];
  return [...byRole, byTarget, `${byTarget}Target`].filter(isPropertyName);
}

/** How the other side of a foreign key is named. */
interface ReverseSide {
  /** The class that holds the key, and the one that it refers to. */
  readonly source: string;
  readonly target: string;
  /** The relationship along the key. */
  readonly forward: string;
  readonly columns: readonly string[];
  readonly collection: boolean;
  /** Whether another key of the same class refers to the same target. */
  readonly ambiguous: boolean;
}

/** Names for the way back, best first: `posts`, `postsAsAuthor` where two keys lead here, `children` of a `parent`. */
export function reverseNames({ source, target, forward, columns, collection, ambiguous }: ReverseSide): string[] {
  const count = collection ? pluralize : singularize;
  const plain = withLast(wordsOf(source), count);
  const role = roleOf(columns) ?? wordsOf(forward);
  const asRole = [...plain, "as", ...role];
  const isTree = source === target && role.length === 1 && role[0] === "parent";
  const candidates = [isTree ? [count("child")] : [], ambiguous ? asRole : plain, asRole, [...plain, "list"]];
  return candidates.map(camel).filter(isPropertyName);
}

/** Names for a collection through a link table, best first: `tags` for the key `tag_id`, `Tag` objects, `post_tag`. */
export function manyToManyNames(columns: readonly string[], target: string, link: string, isSelf: boolean): string[] {
  const byTarget = withLast(wordsOf(target), pluralize);
  const role = roleOf(columns);
  const byRole = role === undefined ? [] : withLast(role, pluralize);
  const through = [...byTarget, "through", ...wordsOf(link)];
  const candidates = isSelf ? [byRole, byTarget, through] : [byTarget, byRole, through];
  return candidates.map(camel).filter(isPropertyName);
}

/** Hands out names of one scope, in the order of asking. */
export class NameClaims {
  readonly #taken = new Set<string>();
  readonly #fold: (name: string) => string;

  /** `fold` gives two names that clash the same key. */
  constructor(fold: (name: string) => string) {
    this.#fold = fold;
  }

  /** The first of `candidates` that is free; where none is, the first one with a number, or `otherwise` with one. */
  claim(candidates: readonly string[], otherwise: string): string {
    const free = candidates.find((candidate) => this.#take(candidate));
    if (free !== undefined) return free;
    const base = candidates[0] ?? otherwise;
    for (let number = candidates.length === 0 ? 1 : 2; ; number++) {
      const name = `${base}${number}`;
      if (this.#take(name)) return name;
    }
  }

  #take(name: string): boolean {
    const key = this.#fold(name);
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }
}
