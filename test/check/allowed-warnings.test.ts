// `// allow CODE` takes back warnings of its own place, and nothing else.
import { expect, it } from "vitest";
import { compileText } from "./compile-case.js";

const codesOf = (text: string): string[] => compileText(text).diagnostics.map(({ code }) => code);

/** A foreign key without an index, and a key that nothing numbers, at the places of comments. */
const childWith = (place: Partial<Record<"above" | "opening" | "member" | "inside" | "behind" | "after", string>>) => `
table parent { id integer primary key identity }
${place.above ?? ""}
table child { ${place.opening ?? ""}
  id  integer  primary key
  ${place.member ?? ""}
  parent_id  integer { ${place.inside ?? ""}
    references parent
  } ${place.behind ?? ""}
  ${place.after ?? ""}
}
`;

it.each(["member", "inside", "behind"] as const)("allows a member's warning: %s", (place) => {
  expect(codesOf(childWith({ [place]: "// allow S4014" }))).toEqual(["S4004"]);
});

it.each(["above", "opening"] as const)("allows all warnings of a table: %s", (place) => {
  expect(codesOf(childWith({ [place]: "// allow S4014 S4004: numbered elsewhere" }))).toEqual([]);
  expect(codesOf(childWith({ [place]: "// allow S4014" }))).toEqual(["S4004"]);
});

it("says where nothing is allowed", () => {
  expect(codesOf(childWith({ after: "// allow S4014" }))).toEqual(["S4004", "S4014", "S2042"]);
  expect(codesOf(childWith({ behind: "// allow S4004" }))).toEqual(["S4004", "S4014", "S2042"]);
});

it("takes other comments for what they are", () => {
  expect(codesOf(childWith({ above: "// allow everyone: S4014", behind: "/* allow S4014 */" }))).toEqual([
    "S4004",
    "S4014",
  ]);
});

it("takes back no error, and keeps quiet about comments beside one", () => {
  expect(codesOf(childWith({ above: "// allow S2003 S4014", after: "x  nothing" }))).toEqual(["S4004", "S2003"]);
});

it("knows databases that index foreign keys by themselves", () => {
  expect(codesOf(`dialect mysql, mariadb\n${childWith({})}`)).toEqual(["S4004"]);
  expect(codesOf(`dialect mysql, sqlite\n${childWith({})}`)).toEqual(["S4004", "S4014"]);
});
