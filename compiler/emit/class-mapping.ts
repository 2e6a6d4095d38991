// The static block of a generated class: how it maps to its table, and the straight-line code of its hot paths.
import type { RelationshipModel } from "../../model/class-model.js";
import { fieldAccess } from "./class-members.js";
import type { ClassContents, PropertyPlan } from "./class-plan.js";
import { brokenList, listCode, returnedUnion } from "./layout.js";
import { objectLiteral, stringArray, stringLiteral } from "./literals.js";
import { tablesFile } from "./plan.js";

/** Columns a bit mask covers: one bit of the 32 is the sign's. */
const columnsPerWord = 31;

/** `mapClass(this, { … });` */
export function mappingStatements(contents: ClassContents): string[] {
  const { plan, properties, imports } = contents;
  const table = imports.value(tablesFile, plan.table.constantName);
  // Stated, not inferred from `mapClass`: it spares the type checker the work.
  const entity = `entity: ${plan.model.name}`;
  return [
    `${imports.runtime("mapClass")}(this, {`,
    `name: ${stringLiteral(plan.model.name)},`,
    `table: ${table},`,
    listCode(
      "properties: [",
      properties.map((property) => stringLiteral(property.name)),
      "],",
      3,
    ),
    ...versionLine(properties),
    ...relationshipLines(contents),
    `create: () => new ${plan.model.name}(${imports.runtime("blank")}()),`,
    ...fillLines(entity, properties),
    ...collectLines(entity, properties),
    ...presentLines(entity, properties),
    `expire(${entity}) {`,
    ...properties.map((property) => `${fieldAccess("entity", property.name)} = undefined;`),
    "},",
    "});",
  ];
}

function versionLine(properties: readonly PropertyPlan[]): string[] {
  const version = properties.find(({ column }) => column.version === true);
  return version === undefined ? [] : [`version: ${stringLiteral(version.name)},`];
}

function relationshipLines(contents: ClassContents): string[] {
  if (contents.relations.length === 0) return ["relationships: [],"];
  return [
    "relationships: [",
    ...contents.relations.flatMap(({ model }) => ["{", ...relationshipEntries(model, contents), "},"]),
    "],",
  ];
}

/** Only what differs from the runtime's defaults is written, so that the difference shows. */
function relationshipEntries(model: RelationshipModel, { output, imports }: ClassContents): string[] {
  const entries: [name: string, code: string][] = [
    ["name", stringLiteral(model.name)],
    ["target", stringLiteral(model.target)],
    ["direction", stringLiteral(model.direction)],
    ["collection", String(model.collection)],
    ["pairs", pairsLiteral(model.pairs)],
  ];
  if (model.secondary !== undefined) {
    const table = imports.value(tablesFile, output.tableOf(model.secondary.table).constantName);
    entries.push([
      "secondary",
      objectLiteral([
        ["table", table],
        ["pairs", pairsLiteral(model.secondary.pairs)],
      ]),
    ]);
  }
  if (model.backPopulates !== undefined) entries.push(["backPopulates", stringLiteral(model.backPopulates)]);
  entries.push(["cascade", stringArray(model.cascade)]);
  if (model.orderBy.length > 0) entries.push(["orderBy", orderLiteral(model.orderBy)]);
  if (model.lazy !== "select") entries.push(["lazy", stringLiteral(model.lazy)]);
  if (model.optional) entries.push(["optional", "true"]);
  if (model.collectionClass !== undefined) {
    const { collectionClass } = model;
    const by: [string, string][] = collectionClass.kind === "map" ? [["by", stringLiteral(collectionClass.by)]] : [];
    entries.push(["collectionClass", objectLiteral([["kind", stringLiteral(collectionClass.kind)], ...by])]);
  }
  if (model.passiveDeletes !== false) {
    entries.push(["passiveDeletes", model.passiveDeletes === "all" ? stringLiteral("all") : "true"]);
  }
  if (model.passiveUpdates === false) entries.push(["passiveUpdates", "false"]);
  if (model.singleParent) entries.push(["singleParent", "true"]);
  if (model.postUpdate === true) entries.push(["postUpdate", "true"]);
  if (model.viewonly) entries.push(["viewonly", "true"]);
  return entries.map(([name, code]) => `${name}: ${code},`);
}

function pairsLiteral(pairs: RelationshipModel["pairs"]): string {
  return arrayOfArrays(pairs.map((pair) => stringArray([pair.local, pair.remote])));
}

/** Prettier puts several arrays in an array on a line each. */
function arrayOfArrays(arrays: readonly string[]): string {
  return arrays.length > 1 ? brokenList("[", arrays, "]") : `[${arrays.join(", ")}]`;
}

function orderLiteral(order: RelationshipModel["orderBy"]): string {
  const keys = order.map(({ column, direction, nulls }) =>
    stringArray([column, direction, ...(nulls === undefined ? [] : [nulls])]),
  );
  return arrayOfArrays(keys);
}

/** Hydration: every field from a row, by position. */
function fillLines(entity: string, properties: readonly PropertyPlan[]): string[] {
  return [
    "// Hydration: every column field from a row, by position.",
    `fill(${entity}, row, at) {`,
    ...properties.map(({ name, index, types }) => {
      const cell = index === 0 ? "row[at]" : `row[at + ${index}]`;
      return `${fieldAccess("entity", name)} = ${cell} as ${types.stored};`;
    }),
    "},",
  ];
}

/** Parameter extraction: bit n of `mask` asks for column n of the word. */
function collectLines(entity: string, properties: readonly PropertyPlan[]): string[] {
  const words = inWords(properties);
  const lines = words.map((word) =>
    word.map(({ name }, bit) => `if (mask & ${bitMask(bit)}) into.push(${fieldAccess("entity", name)});`),
  );
  const parameters = `${entity}, ${words.length > 1 ? "word" : "_word"}, mask, into`;
  return [
    "// The values of the columns that the mask's bits ask for.",
    `collect(${parameters}) {`,
    ...byWord(lines),
    "},",
  ];
}

/** Which columns hold a value: the columns of an INSERT. */
function presentLines(entity: string, properties: readonly PropertyPlan[]): string[] {
  const words = inWords(properties);
  const lines = words.map((word) => {
    const bits = word.map(({ name }, bit) => `${fieldAccess("entity", name)} === undefined ? 0 : 1 << ${bit}`);
    return returnedUnion(bits.length === 0 ? ["0"] : bits, words.length > 1 ? 6 : 4);
  });
  return [
    "// The columns that hold a value, as such a mask.",
    `present(${entity}${words.length > 1 ? ", word" : ""}) {`,
    ...byWord(lines),
    "},",
  ];
}

function inWords(properties: readonly PropertyPlan[]): PropertyPlan[][] {
  const words: PropertyPlan[][] = [];
  for (let at = 0; at < properties.length || at === 0; at += columnsPerWord) {
    words.push(properties.slice(at, at + columnsPerWord));
  }
  return words;
}

function bitMask(bit: number): string {
  return `(1 << ${bit})`;
}

/** The statements of each word behind its number; without the number where there is one word only. */
function byWord(words: readonly (readonly string[])[]): readonly string[] {
  if (words.length === 1) return words[0] ?? [];
  return [
    "switch (word) {",
    ...words.flatMap((lines, word) => [
      word === words.length - 1 ? "default:" : `case ${word}:`,
      ...[...lines, ...(lines.some((line) => line.startsWith("return")) ? [] : ["break;"])].map((line) => `  ${line}`),
    ]),
    "}",
  ];
}
