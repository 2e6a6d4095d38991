// LIKE patterns for databases whose LIKE ignores case: the same pattern as GLOB has it, which does not.

/** `A\_%` as `A_*`: wildcards translated, GLOB's own taken literally. A backslash escapes, as in PostgreSQL. */
export function globPattern(pattern: string): string {
  let glob = "";
  for (let index = 0; index < pattern.length; index += 1) {
    const isEscaped = pattern[index] === "\\" && index + 1 < pattern.length;
    if (isEscaped) index += 1;
    const character = pattern.charAt(index);
    if (!isEscaped && character === "%") glob += "*";
    else if (!isEscaped && character === "_") glob += "?";
    else glob += "*?[".includes(character) ? `[${character}]` : character;
  }
  return glob;
}
