// The pages of docs/errors: each is headed by its diagnostic's title, and its examples show what they claim.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { schemaMessages } from "../../compiler/diagnostics/schema-messages.js";
import { compileText } from "./compile-case.js";

const folder = new URL("../../docs/errors/", import.meta.url);
const codes = Object.entries(schemaMessages).map(([code, { title }]) => ({ code, title }));

function pageOf(code: string): string {
  return readFileSync(fileURLToPath(new URL(`${code}.md`, folder)), "utf8");
}

function schemasIn(page: string): string[] {
  return [...page.matchAll(/^```schema\n(.*?)^```$/gms)].map(([, text = ""]) => text);
}

function codesOf(text: string): string[] {
  return [...new Set(compileText(text).diagnostics.map(({ code }) => code))];
}

describe("the page of a diagnostic", () => {
  test.each(codes)("$code", ({ code, title }) => {
    const page = pageOf(code);
    expect(page.split("\n")[0]).toBe(`# ${code}: ${title}`);
    const [wrong, right] = schemasIn(page);
    // Pages about imports show several files, which the golden cases compile.
    if (wrong === undefined) expect(page).toMatch(/^```text$/m);
    else expect({ wrong: codesOf(wrong), right: codesOf(right ?? "missing") }).toEqual({ wrong: [code], right: [] });
  });
});
