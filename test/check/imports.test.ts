// Several files, one schema: order, paths, and what the caller is told about files that are not there.
import { describe, expect, test } from "vitest";
import { compileSchema, type CompileInput } from "../../compiler/compile.js";

const tableOf = (name: string): string => `table ${name} {\n  id  integer  primary key identity\n}\n`;

function compileFiles(files: Readonly<Record<string, string>>, root: CompileInput["root"], dialects: string[] = []) {
  const texts = new Map(Object.entries(files));
  const reads: string[] = [];
  const read = (path: string): string | undefined => {
    reads.push(path);
    return texts.get(path);
  };
  const { value, diagnostics } = compileSchema({ root, read, dialects });
  return { value, codes: diagnostics.map(({ code }) => code), reads };
}

describe("imports", () => {
  test("each file is read once, imported tables come first", () => {
    const { value, codes, reads } = compileFiles(
      {
        "app.schema": `import './a/one.schema'\nimport './two.schema'\n${tableOf("app")}`,
        "a/one.schema": `import '../two.schema'\n${tableOf("one")}`,
        "two.schema": tableOf("two"),
      },
      "app.schema",
    );
    // The second import of two.schema is one too many.
    expect(codes).toEqual(["S2033", "S2033"]);
    expect(value.model?.tables.map(({ name }) => name)).toEqual(["two", "one", "app"]);
    expect(reads.toSorted()).toEqual(["a/one.schema", "app.schema", "two.schema"]);
  });

  test("several root files make one schema", () => {
    const { value, codes } = compileFiles(
      {
        "a.schema": `dialect sqlite\n${tableOf("a")}`,
        "b.schema": `dialect sqlite, postgresql\ntable b {\n  a_id  integer  unique  references a\n}`,
      },
      ["a.schema", "b.schema"],
      ["mysql"],
    );
    expect(codes).toEqual([]);
    expect(value.model?.tables.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(value.model?.dialects).toEqual(["mysql", "sqlite", "postgresql"]);
  });

  test("a chain of a thousand imports", () => {
    const files = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`f${index}.schema`, `import './f${index + 1}.schema'\n`]),
    );
    const { codes } = compileFiles({ ...files, "f1000.schema": tableOf("last") }, "f0.schema");
    expect(codes).toEqual([]);
  });

  test("a missing import is one mistake, whatever its file declares", () => {
    const text = `import './users.schema'\ntable t {\n  user_id  integer  unique  references user_account\n}`;
    expect(compileFiles({ "app.schema": text }, "app.schema").codes).toEqual(["S2030"]);
  });

  test("a root file that is not there is named, and there is no model", () => {
    const { value } = compileFiles({}, "app.schema");
    expect(value).toMatchObject({ model: undefined, missing: ["app.schema"] });
  });

  test.each(["../x.schema", "./a/../../x.schema", "/x.schema", "x.schema", "file:x.schema", ".\\x.schema"])(
    "%j stays outside",
    (path) => {
      const { codes, reads } = compileFiles({ "app.schema": `import '${path}'\n` }, "app.schema");
      expect(codes).toHaveLength(1);
      expect(reads).toEqual(["app.schema"]);
    },
  );
});
