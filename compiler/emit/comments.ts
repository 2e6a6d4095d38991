// Text of the schema as comments: it cannot end the comment, start a tag, or reorder what a reader sees.

/** A doc comment's lines, from the schema's own `///` text. */
function docText(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => harmless(line).replaceAll("*/", "*\\/").replaceAll("@", "\\@").trimEnd())
    .join("\n")
    .trim();
}

/** One line for a `//` comment. */
export function lineCommentText(text: string): string {
  return harmless(text.replace(/[\n\r\u2028\u2029]+/g, " "));
}

/** Control characters, invisible formatting (bidirectional overrides among it) and broken pairs become visible. */
function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => {
    return character === "\t" ? " " : `U+${hexadecimal(character)}`;
  });
}

function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/** The `docs` of a structure; nothing for no text. */
export function documented(text: string | undefined): { docs?: string[] } {
  const description = text === undefined ? "" : docText(text);
  return description === "" ? {} : { docs: [description] };
}
