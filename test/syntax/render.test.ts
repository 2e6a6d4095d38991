// Diagnostics as text and as JSON: frames under tabs, wide characters, odd line ends, and spans of every shape.
import { describe, expect, test } from "vitest";
import { diagnostic } from "../../compiler/diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.js";
import { renderDiagnosticsJson } from "../../compiler/diagnostics/render-json.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { createSourceFile } from "../../compiler/text/source-file.js";

/** Renders one diagnostic on `text`, whose span runs from the first `⟦` to the first `⟧`. */
function frame(marked: string): string[] {
  const start = marked.indexOf("⟦");
  const end = marked.indexOf("⟧") - 1;
  const source = createSourceFile("a.schema", marked.replace("⟦", "").replace("⟧", ""));
  const problem = diagnostic("S1002", { span: { file: "a.schema", start, end }, help: "none" }, "`x`");
  return renderDiagnostics([problem], [source]).split("\n").slice(1, -2);
}

const at = (file: string, start: number, end: number, found = "`x`"): Diagnostic =>
  diagnostic("S1002", { file, start, end }, found);

describe("a frame", () => {
  test("marks the span below its line", () => {
    expect(frame("one\ntwo ⟦three⟧ four\n")).toEqual([
      "  --> a.schema:2:5",
      "  |",
      "2 | two three four",
      "  |     ^^^^^",
    ]);
  });

  test("marks one character for an empty span, at the end of a line and of the file", () => {
    expect(frame("one⟦⟧\ntwo").slice(2)).toEqual(["1 | one", "  |    ^"]);
    expect(frame("one\n⟦⟧")).toEqual(["  --> a.schema:2:1", "  |", "2 |", "  | ^"]);
    expect(frame("⟦⟧").slice(2)).toEqual(["1 |", "  | ^"]);
  });

  test("expands tabs and counts wide, combining and astral characters by their width", () => {
    expect(frame("\ta\t⟦b⟧").slice(2)).toEqual(["1 |     a   b", "  |         ^"]);
    expect(frame("日本 ⟦語x⟧").slice(2)).toEqual(["1 | 日本 語x", "  |      ^^^"]);
    expect(frame("e\u0301 ⟦a\u0308⟧").slice(2)).toEqual(["1 | e\u0301 a\u0308", "  |   ^"]);
    expect(frame("😀⟦😀⟧!").slice(2)).toEqual(["1 | 😀😀!", "  |   ^^"]);
  });

  test("knows CRLF, lone CR and a byte order mark", () => {
    expect(frame("one\r\ntwo ⟦x⟧\r\nthree")).toEqual(["  --> a.schema:2:5", "  |", "2 | two x", "  |     ^"]);
    expect(frame("one\rtwo ⟦x⟧\rthree")).toEqual(["  --> a.schema:2:5", "  |", "2 | two x", "  |     ^"]);
    expect(frame("\uFEFFone ⟦x⟧")).toEqual(["  --> a.schema:1:5", "  |", "1 | one x", "  |     ^"]);
  });

  test("shows the first and the last line of a span over several", () => {
    expect(frame("a ⟦b\n  c⟧ d").slice(2)).toEqual(["1 | a b", "  |   ^", "2 |   c d", "  |   ^"]);
    expect(frame("a ⟦b\n1\n2\n  c⟧ d").slice(2)).toEqual(["1 | a b", "  |   ^", "...", "4 |   c d", "  |   ^"]);
    expect(frame("a ⟦bc\n⟧d").slice(2)).toEqual(["1 | a bc", "  |   ^^"]);
  });

  test("shows nothing that could steer a terminal", () => {
    expect(frame("a\u001B[31m ⟦b\u202E⟧").slice(2)).toEqual(["1 | a␛[31m b\uFFFD", "  |        ^^"]);
    const problem = at("a.schema", 0, 1, "`\u001B[31m`");
    expect(renderDiagnostics([problem], [])).toContain("but found `␛[31m`");
  });

  test("cuts a long line around the mark", () => {
    const [line = "", mark = ""] = frame(`${"x".repeat(500)} ⟦here⟧ ${"y".repeat(500)}`).slice(2);
    expect(line.length).toBeLessThan(140);
    expect(line.slice(mark.indexOf("^"), mark.lastIndexOf("^") + 1)).toBe("here");
    expect(line).toMatch(/^1 \| …x.*y…$/);
  });
});

test("related places follow the first, in one gutter, and other files are named", () => {
  const a = createSourceFile("a.schema", `${"\n".repeat(11)}table users {}\n`);
  const b = createSourceFile("b.schema", "table users {}\n");
  const place = {
    span: { file: "a.schema", start: 17, end: 22 },
    label: "declared twice",
    related: [
      { span: { file: "a.schema", start: 11, end: 16 }, text: "here" },
      { span: { file: "b.schema", start: 6, end: 11 }, text: "first declared here" },
    ],
    help: "rename one",
  };
  expect(renderDiagnostics([diagnostic("S1002", place, "`x`")], [a, b])).toBe(
    [
      "error[S1002]: expected a declaration, but found `x`",
      "   --> a.schema:12:7",
      "   |",
      "12 | table users {}",
      "   |       ^^^^^ declared twice",
      "   |",
      "12 | table users {}",
      "   | ----- here",
      "   ::: b.schema:1:7",
      "   |",
      " 1 | table users {}",
      "   |       ----- first declared here",
      "   = help: rename one",
      "",
    ].join("\n"),
  );
});

test("diagnostics come by file and place, and no more than the limit", () => {
  const sources = [createSourceFile("a.schema", "0123456789".repeat(5)), createSourceFile("b.schema", "0123456789")];
  const problems = Array.from({ length: 25 }, (_, index) =>
    at(index % 2 === 0 ? "b.schema" : "a.schema", 24 - index, 25),
  );
  const text = renderDiagnostics(problems, sources);
  const places = [...text.matchAll(/--> (\w)\.schema:1:(\d+)/g)].map(([, file, column]) => [file, Number(column)]);
  expect(places).toHaveLength(20);
  expect(places.slice(0, 12).map(([, column]) => column)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
  expect(places.map(([file]) => file).join("")).toBe("aaaaaaaaaaaabbbbbbbb");
  expect(text).toMatch(/\n\nand 5 more\n$/);
  expect(renderDiagnostics(problems.slice(0, 20), sources)).not.toContain("more");
  expect(renderDiagnostics([], sources)).toBe("");
});

test("a painter gets each piece with its role, and plain text is the same without it", () => {
  const source = createSourceFile("a.schema", "x\n");
  const problem = at("a.schema", 0, 1);
  const painted = renderDiagnostics([problem], [source], { paint: (role, text) => `<${role}>${text}</>` });
  expect(painted).toContain("<error>error[S1002]</><message>: expected a declaration, but found `x`</>");
  expect(painted).toContain("<gutter>1 |</> x\n<gutter>  |</> <error>^</>");
  expect(painted.replace(/<\/?\w*>/g, "")).toBe(renderDiagnostics([problem], [source]));
});

test("JSON has one-based positions, offsets, labels and help", () => {
  const source = createSourceFile("a.schema", "one\ntwo\n");
  const related = [{ span: { file: "gone.schema", start: 0, end: 1 }, text: "there" }];
  const place = { span: { file: "a.schema", start: 4, end: 7 }, related, help: "do this" };
  expect(JSON.parse(renderDiagnosticsJson([diagnostic("S1002", place, "`two`")], [source]))).toEqual([
    {
      code: "S1002",
      severity: "error",
      message: "expected a declaration, but found `two`",
      place: {
        file: "a.schema",
        offset: { start: 4, end: 7 },
        start: { line: 2, column: 1 },
        end: { line: 2, column: 4 },
      },
      related: [{ file: "gone.schema", offset: { start: 0, end: 1 }, label: "there" }],
      help: "do this",
    },
  ]);
});
