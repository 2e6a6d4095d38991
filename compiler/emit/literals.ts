// Values of the schema as TypeScript literals. Template literals are never written: nothing can be interpolated.

/** A double-quoted string whose text cannot end the literal, nor hide in it: invisible characters are escaped. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, escapeCharacter);
}

/** `["a", "b"]` */
export function stringArray(texts: readonly string[]): string {
  return `[${texts.map(stringLiteral).join(", ")}]`;
}

/** `{ name: value, … }` of texts that are code already; empty for no entries, so that callers can leave it out. */
export function objectLiteral(entries: readonly (readonly [name: string, code: string])[]): string {
  return entries.length === 0 ? "" : `{ ${entries.map(([name, code]) => `${name}: ${code}`).join(", ")} }`;
}

/** JSON knows UTF-16 units only, so characters beyond the basic plane become two escapes. */
function escapeCharacter(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }).join("");
}
