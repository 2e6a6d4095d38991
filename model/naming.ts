// Names made from names: properties, constants and modules in code, constraints and indexes in the database.
// Every stage that needs a name nobody wrote takes it from here, so that compiler, runtime and reflection agree.
import { expandTemplate, type NamedParts } from "./naming-templates.js";
import type { QualifiedName } from "./qualified-name.js";

/** PostgreSQL's limit, in bytes of UTF-8: names made here are cut to it on every dialect. */
const madeNameBytes = 63;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The code's name for a database name: `user_id` is `userId`; a name that holds capitals is kept. */
export function camelCase(name: string): string {
  if (/\p{Lu}/u.test(name)) return name;
  const words = name.split("_").filter((word) => word !== "");
  if (words.length === 0) return name;
  return words.map((word, index) => (index === 0 ? word : capitalize(word))).join("");
}

/** `user_account` as `UserAccount`; letters that no identifier may hold are left out. */
export function pascalCase(name: string): string {
  const words = name.split(/[^\p{ID_Continue}$]+|_+/u).filter((word) => word !== "");
  return words.map(capitalize).join("");
}

/** The TypeScript name of an enum that is given none: `post_status` is `PostStatus`. */
export function enumTypeName(name: QualifiedName): string {
  return pascalCase(name.name);
}

/** True where `name` may stand as an identifier in a module, so that no printer has to quote it. */
export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name);
}

/** Words that a module cannot declare as a type, or that would read as something else. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    "abstract any arguments as async await boolean break case catch class const continue debugger declare default " +
    "delete do else enum eval export extends false finally for from function get global if implements import in " +
    "infer instanceof interface intrinsic is keyof let module namespace never new null number object of package " +
    "private protected public readonly require return satisfies set static string super switch symbol this throw " +
    "true try type typeof undefined unique unknown using var void while with yield NaN Infinity globalThis bigint"
  ).split(" "),
);

export function isReservedWord(name: string): boolean {
  return reservedWords.has(name);
}

/** Names that every object has from JavaScript or from the runtime's base class. */
const objectMembers: ReadonlySet<string> = new Set(
  (
    "constructor prototype __proto__ toJSON toString toLocaleString valueOf hasOwnProperty isPrototypeOf " +
    "propertyIsEnumerable __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__"
  ).split(" "),
);

/** True for a property that would hide what every object has. */
export function isObjectMember(name: string): boolean {
  return objectMembers.has(name);
}

/** Classes that generated modules and their readers rely on under these names. */
const languageGlobals: ReadonlySet<string> = new Set(
  "Array BigInt Boolean Function Iterable Number Object Promise String Symbol Uint8Array".split(" "),
);

export function isLanguageGlobal(name: string): boolean {
  return languageGlobals.has(name);
}

/** True for `then`: who imports a module that exports it at run time gets a promise that calls it. */
export function isPromiseMethod(name: string): boolean {
  return name === "then";
}

/** True for a name that no class and no union type may have. */
export function isTakenTypeName(name: string): boolean {
  return isReservedWord(name) || isLanguageGlobal(name) || isPromiseMethod(name);
}

/** The words PostgreSQL ends made names with. */
export type MadeNameLabel = "pkey" | "key" | "fkey" | "check" | "idx";

/**
 * A name as PostgreSQL's `makeObjectName` builds it: `table_middle_label` in at most 63 bytes, where the longer of
 * table and middle gives way first and no character is cut in two.
 */
export function makeObjectName(table: string, middle: string | undefined, label: string): string {
  const whole = middle === undefined ? `${table}_${label}` : `${table}_${middle}_${label}`;
  if (whole.length <= madeNameBytes && /^[ -~]*$/.test(whole)) return whole;
  const tableBytes = encoder.encode(table);
  const middleBytes = encoder.encode(middle ?? "");
  const available = madeNameBytes - (label.length + 1) - (middle === undefined ? 0 : 1);
  let tableLength = tableBytes.length;
  let middleLength = middleBytes.length;
  while (tableLength + middleLength > available) {
    if (tableLength > middleLength) tableLength -= 1;
    else middleLength -= 1;
  }
  const parts = [clip(tableBytes, tableLength)];
  if (middle !== undefined) parts.push(clip(middleBytes, middleLength));
  return [...parts, label].join("_");
}

/** The names taken in one database schema; made names step aside as PostgreSQL's do: `t_a_key`, `t_a_key1`, … */
export interface NameScope {
  /** Tables and indexes, which includes primary keys and uniques. */
  readonly relations: Set<string>;
  readonly constraints: Set<string>;
}

export function createNameScope(): NameScope {
  return { relations: new Set(), constraints: new Set() };
}

/** Makes a name for a constraint or index, by `template` where there is one, and takes it in `scope`. */
export function chooseName(scope: NameScope, parts: NamedParts, label: MadeNameLabel, template?: string): string {
  const { table, columns } = parts;
  const middle = columns.length === 0 ? undefined : columns.join("_");
  for (let pass = 0; ; pass += 1) {
    const number = pass === 0 ? "" : String(pass);
    const name =
      template === undefined
        ? makeObjectName(table, middle, label + number)
        : shortened(expandTemplate(template, parts), number);
    if (isTaken(scope, name, label)) continue;
    takeName(scope, name, label);
    return name;
  }
}

/** Takes a name that was written in the schema. */
export function takeName(scope: NameScope, name: string, label: MadeNameLabel): void {
  if (label !== "fkey" && label !== "check") scope.relations.add(name);
  if (label !== "idx") scope.constraints.add(name);
}

/** `name` and `number`; what is too long is cut, and a digest of it added, so that it differs from its neighbours'. */
function shortened(name: string, number: string): string {
  const bytes = encoder.encode(name);
  if (bytes.length + number.length <= madeNameBytes) return name + number;
  // FNV-1a: names are no secrets.
  let digest = 0x811c9dc5;
  for (const byte of bytes) digest = Math.imul(digest ^ byte, 0x01000193) >>> 0;
  const end = `_${(digest >>> 16).toString(16).padStart(4, "0")}${number}`;
  return clip(bytes, madeNameBytes - end.length) + end;
}

function isTaken(scope: NameScope, name: string, label: MadeNameLabel): boolean {
  if (label !== "idx" && scope.constraints.has(name)) return true;
  return label !== "fkey" && label !== "check" && scope.relations.has(name);
}

function clip(bytes: Uint8Array, length: number): string {
  let end = length;
  // A byte 10xxxxxx continues a character: step back to where one starts.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return decoder.decode(bytes.subarray(0, end));
}

function capitalize(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("");
}
