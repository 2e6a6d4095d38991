// Schemas whose names and texts want to be code: payloads that would leave a canary behind, and every word that
// TypeScript or the generated modules keep for themselves.
import { writeQuoted } from "../../compiler/syntax/literals.js";

/** What a payload does where it runs: a global, a file beside the importing program, a property of every object. */
const act =
  "globalThis.canary=process.getBuiltinModule('node:fs').writeFileSync('canary','');Object.prototype.canary=1";

/** Ways out of a string, a template, a comment, an identifier, an argument list, a class body, a line. */
export const payloads: readonly string[] = [
  `";${act};"`,
  `';${act};'`,
  `\\";${act};//`,
  `\\';${act};//`,
  `\`;${act};\``,
  `\${${act}}`,
  `\\\${${act}}`,
  `*/${act}/*`,
  `**/${act}/**`,
  `*\\/${act}/*`,
  `)};${act};({(`,
  `"]);${act};(["`,
  `}static{${act}}`,
  `x;${act}`,
  `\n${act}//`,
  `\r\n${act}//`,
  `\u2028${act}//`,
  `\u2029${act}//`,
  `\u0085${act}//`,
  `\\u000a${act}//`,
  `\\\n${act}//`,
  `--><script>${act}</script><!--`,
  `*/ import "./canary.js"; /*`,
  `{@link ${act}} */${act}`,
  `{label} {{note}} {`,
  `:parameter ? $1 @p #{x} %s`,
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "then",
  "",
  " ",
  "İ ß ſ ǅ ﷺ e\u0301",
  "名前 🙂 \u{E0041}",
  "right\u202Eto left\u200B\uFEFF\u00AD",
  "long ".repeat(500),
];

const string = (text: string): string => writeQuoted(text, "'");
const name = (text: string): string => writeQuoted(text, '"');

/** A schema that has `text` wherever it takes a text, and names that hold it wherever it takes a name. */
export function schemaOfText(text: string): string {
  // A database has names of so many bytes.
  const short = [...text].slice(0, 10).join("");
  const named = (kind: string): string => name(`${kind}${short}`);
  return `dialect sqlite
/// ${text.replaceAll(/[\n\r]/g, " ")}
enum state as State comment ${string(text)} { plain, ${string(`${text}!`)} }
domain code = text default ${string(text)} comment ${string(text)}
table ${named("table")} as Thing comment ${string(text)} {
  id  integer  primary key identity
  ${named("label")}  text  map label  default ${string(text)}  comment ${string(text)}
  note  text?  default ${string(text)}
  state  state  default ${string(`${text}!`)}
  parent_id  integer?  index  constraint ${named("fkey")} references ${named("table")}
  constraint ${named("check")} check (note <> ${string(`${text}?`)})
  index ${named("index")} (${named("label")})
  relationship parent: Thing?  remote_side (id)  back_populates children
  relationship children: Thing[]  remote_side (parent_id)  back_populates parent  order_by ${named("label")}
  property shown: text = coalesce(note, ${string(text)}) || ${string(text)}
  property kin: bigint = count(children.${named("label")})
}
table ${named("core")} {
  ${named("id")}  integer  primary key
  ${named("x")}  text  default ${string(text)}
}
/// */ ${text.replaceAll(/[\n\r]/g, " ")}
view ${named("view")} as Seen comment ${string(text)} {
  id  integer  primary key
  definition sql'select 1 as id'
}
`;
}

/** The words that TypeScript reserves or gives a meaning, and names that objects and modules have. */
export const words: readonly string[] = (
  "abstract accessor any arguments as asserts assert async await bigint boolean break case catch class const " +
  "constructor continue debugger declare default delete do else enum eval export extends false finally for from " +
  "function get global globalThis if implements import in infer instanceof interface intrinsic is keyof let module " +
  "namespace never new null number object of out override package private protected public readonly require return " +
  "satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using " +
  "var void while with yield NaN Infinity Array BigInt Boolean Date Error Function Iterable Map Number Object Promise " +
  "Proxy ReadonlyMap Reflect Set String Symbol Uint8Array __proto__ prototype hasOwnProperty isPrototypeOf toString " +
  "valueOf toJSON then catch name length caller callee metadata index tables enums models entity value init row at " +
  "word mask into each key self"
).split(" ");

/** Places for words, each a schema that is sound but for them; no two may differ by case alone. */
export const places: Readonly<Record<string, (words: readonly string[]) => string>> = {
  tables: (words) => lines(words, (word) => `table ${name(word)} {\n  ${key}\n  ${name(word)} text\n}`),
  "mapped tables": (words) =>
    lines(words, (word, at) => `table ${name(word)} as Kept${at} {\n  ${key}\n  word text?\n}`),
  columns: (words) => kept(words, (word) => `  ${name(word)} text?`),
  classes: (words) => lines(words, (word, at) => `table kept${at} as ${name(word)} {\n  ${key}\n  word text unique\n}`),
  enums: (words) => lines(words, (word, at) => `enum ${name(word)} as Words${at} { ${string(word)}, other }`),
  members: (words) =>
    `enum words { ${words.map(string).join(", ")} }\n${kept(words, (word) => `  m_${word} words? default ${string(word)}`)}`,
  "union types": (words) => lines(words, (word, at) => `enum words${at} as ${name(word)} { one, other }`),
  "relationships to one": (words) =>
    kept(
      words,
      (word, at) =>
        `  ref${at} integer? index references kept\n  relationship ${name(word)}: Kept?  remote_side (id)  foreign_keys (ref${at})`,
    ),
  "relationships to many": (words) =>
    kept(
      words,
      (word, at) =>
        `  ref${at} integer? index references kept\n  relationship ${name(word)}: Kept[]  remote_side (ref${at})  foreign_keys (ref${at})  viewonly`,
    ),
  properties: (words) => kept(words, (word) => `  property ${name(word)}: integer = id + 1`),
  "domains and sequences": (words) =>
    `dialect postgresql\n${lines(words, (word) => `domain ${name(word)} = integer\nsequence ${name(`${word}_`)}`)}`,
};

const key = "id  integer  primary key identity";

function lines(words: readonly string[], line: (word: string, at: number) => string): string {
  return words.map(line).join("\n");
}

/** One class with a member for each word. */
function kept(words: readonly string[], line: (word: string, at: number) => string): string {
  return `table kept as Kept {\n  ${key}\n${lines(words, line)}\n}`;
}
