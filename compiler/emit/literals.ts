// Values of the schema as TypeScript literals. Template literals are never written: nothing can be interpolated.
import { brokenList } from "./layout.js";

/**
 * A string whose text cannot end the literal, nor hide in it: invisible characters are escaped. In double quotes,
 * unless single ones need fewer escapes, as prettier has it.
 */
export function stringLiteral(text: string): string {
  const literal = JSON.stringify(text).replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, escapeCharacter);
  if (!text.includes('"') || countOf(text, '"') <= countOf(text, "'")) return literal;
  const inner = literal.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** `["a", "b"]` */
export function stringArray(texts: readonly string[]): string {
  return `[${texts.map(stringLiteral).join(", ")}]`;
}

/** `{ name: value, … }` of texts that are code already; empty for no entries, so that callers can leave it out. */
export function objectLiteral(entries: readonly (readonly [name: string, code: string])[]): string {
  const members = entries.map(([name, code]) => `${name}: ${code}`);
  if (members.some((member) => member.includes("\n"))) return brokenList("{", members, "}");
  return members.length === 0 ? "" : `{ ${members.join(", ")} }`;
}

/** Plain data as code: `{ kind: "column", name: "id" }`. */
export function dataLiteral(data: unknown): string {
  if (typeof data === "string") return stringLiteral(data);
  if (Array.isArray(data)) return `[${data.map(dataLiteral).join(", ")}]`;
  if (typeof data !== "object" || data === null) return String(data);
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  return objectLiteral(entries.map(([name, value]) => [name, dataLiteral(value)] as const)) || "{}";
}

/** JSON knows UTF-16 units only, so characters beyond the basic plane become two escapes. */
function escapeCharacter(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }).join("");
}
