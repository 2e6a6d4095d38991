// Text in all lengths and scripts, and byte strings.
import { Binary, Bytes, Char, Enum, Text, Uuid, Varbinary, Varchar } from "athanor";
import { type Deviation, kept, keptUnless, type Sample, type TypeSamples } from "../support/samples.js";

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

const NO_NUL: Deviation = { refused: "its text cannot hold NUL" };
const withNul = (text: string): Sample => keptUnless(text, { postgresql: NO_NUL });

const TRAILING: Deviation = { refused: "CHAR is filled up with blanks, so that a value's own would be lost" };
const TOO_LONG: Deviation = { refused: "the type's length is kept" };
const FIXED: Deviation = { refused: "BINARY is filled up with zeros, which would come back as the value's own" };
const PADDED: Deviation = { becomes: "a    ", why: "CHAR is filled up with blanks" };

const NO_TEXT = [
  1,
  1n,
  true,
  new Date(0),
  ["a"],
  { a: 1 },
  new Map(),
  Symbol("s"),
  () => "a",
  undefined,
  bytes(97),
  new String("a"),
];
/** Half of a character beyond the basic plane. */
const BROKEN = ["\uD800", "\uDC00", "a\uD83D", "\uDE00\uD83D"];

export const texts: readonly TypeSamples[] = [
  {
    name: "Text()",
    type: Text(),
    kept: [
      ...kept(
        "",
        " ",
        "a",
        "A",
        "a ",
        " a",
        "é",
        "e\u0301",
        "ß",
        "ss",
        "😀",
        "👨‍👩‍👧",
        "日本語",
        "\u202Ertl",
        "\uFEFFbom",
        "\u00A0",
      ),
      ...kept(
        "it's",
        'say "hi"',
        String.raw`back\slash`,
        "%_",
        "NULL",
        "null",
        "0",
        String.raw`\N`,
        "--",
        ";",
        "$1",
        "?",
        ":a",
      ),
      ...kept("\n", "\r\n", "\t", "\u0001", "\u007F", "\uFFFD", "\uFFFE", "\u{10FFFF}", "a".repeat(100_000)),
      withNul("\0"),
      withNul("a\0b"),
      withNul("ab\0"),
    ],
    refused: [...BROKEN, ...NO_TEXT],
  },
  {
    name: "Varchar(3)",
    type: Varchar(3),
    kept: [
      ...kept("", "a", "abc", "😀😀😀", "e\u0301", "a  "),
      keptUnless("abcd", { postgresql: TOO_LONG, mysql: TOO_LONG }),
      keptUnless("😀😀😀😀", { postgresql: TOO_LONG, mysql: TOO_LONG }),
      keptUnless("abc ", { postgresql: TOO_LONG, mysql: TOO_LONG }),
      withNul("\0"),
    ],
    refused: [...BROKEN, 1, undefined],
  },
  {
    name: "Char(5)",
    type: Char(5),
    kept: [
      ...kept("abcde", "  abc", "😀😀😀😀😀"),
      keptUnless("a", { postgresql: PADDED }),
      keptUnless("a    ", { mysql: TRAILING }),
      keptUnless("abcdef", { postgresql: TOO_LONG, mysql: TOO_LONG }),
    ],
    refused: [...BROKEN, 1],
  },
  {
    name: 'Enum("mood", ["sad", "it\'s fine", "😀", ""])',
    type: Enum("mood", ["sad", "it's fine", "😀", ""]),
    kept: kept("sad", "it's fine", "😀", ""),
    refused: ["happy", "SAD", "sad ", 0, 1, undefined, ["sad"]],
  },
  {
    name: "Uuid()",
    type: Uuid(),
    kept: kept(
      "00000000-0000-0000-0000-000000000000",
      "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    ),
    refused: ["", "3f2504e0-4f89-11d3-9a0c-0305e82c330", "{3f2504e0-4f89-11d3-9a0c-0305e82c3301}", "not a uuid", 1],
  },
  {
    name: "Bytes()",
    type: Bytes(),
    kept: kept(
      bytes(),
      bytes(0),
      bytes(255),
      bytes(0, 0, 0),
      bytes(39, 34, 92, 0, 13, 10),
      bytes(0xf0, 0x9f, 0x98, 0x80),
      bytes(0xc3, 0x28),
      Uint8Array.from({ length: 256 }, (_, n) => n),
      new Uint8Array(70_000).fill(7),
      bytes(1, 2, 3, 4).subarray(1, 3),
    ),
    refused: ["text", [1, 2], new ArrayBuffer(2), new Uint16Array([1]), 1, undefined, { 0: 1, length: 1 }],
  },
  {
    name: "Varbinary(4)",
    type: Varbinary(4),
    kept: [...kept(bytes(), bytes(0), bytes(1, 2, 3, 4)), keptUnless(bytes(1, 2, 3, 4, 5), { mysql: TOO_LONG })],
    refused: ["abc"],
  },
  {
    name: "Binary(4)",
    type: Binary(4),
    kept: [
      ...kept(bytes(0, 0, 0, 0), bytes(1, 2, 3, 4)),
      keptUnless(bytes(1, 2), { mysql: FIXED }),
      keptUnless(bytes(), { mysql: FIXED }),
    ],
    refused: ["abcd"],
  },
];
