// How many terminal columns a character takes, and what is shown for characters that must not reach a terminal.

/** One character as it is shown. */
interface ShownCharacter {
  readonly text: string;
  /** Terminal columns. */
  readonly width: number;
  /** UTF-16 code units it takes in the source. */
  readonly units: number;
}

const tabStop = 4;

/** East Asian wide and full-width forms, and pictographs: two columns each in practically every terminal. */
const wide = new RegExp(
  [
    String.raw`[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3]`,
    String.raw`[\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]`,
  ].join("|"),
  "u",
);
/** Marks that combine with the character before, joiners and variation selectors. */
const invisible = /\p{Mn}|\p{Me}|\u2060|[\u200B-\u200D]/u;
/** Controls, bidirectional overrides and lone surrogates, which could rewrite what a terminal shows. */
const unsafe = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u2028\u2029\p{Cs}]/u;

/** The characters of one line, tabs expanded and unsafe ones replaced. */
export function showCharacters(line: string): ShownCharacter[] {
  let column = 0;
  return Array.from(line, (character) => {
    const shown = showCharacter(character, column);
    column += shown.width;
    return { ...shown, units: character.length };
  });
}

/** Text that is safe to print on one line. */
export function showSafely(text: string): string {
  return Array.from(text, (character) => (unsafe.test(character) ? safePicture(character) : character)).join("");
}

function showCharacter(character: string, column: number): { text: string; width: number } {
  if (character === "\t") {
    const width = tabStop - (column % tabStop);
    return { text: " ".repeat(width), width };
  }
  if (unsafe.test(character)) return { text: safePicture(character), width: 1 };
  if (invisible.test(character)) return { text: character, width: 0 };
  return { text: character, width: wide.test(character) ? 2 : 1 };
}

function safePicture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : "\uFFFD";
}
