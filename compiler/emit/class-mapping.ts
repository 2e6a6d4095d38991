// The static block of a generated class: how it maps to its table, and the straight-line code of its hot paths.
import { proxyLines } from "./derived-members.js";
import type { RelationshipModel } from "../../model/class-model.js";
import type { Expression } from "../../model/expression.js";
import { valueTypeCode } from "./column-code.js";
import { keyName } from "./identifiers.js";
import { propertySqlCode } from "./property-sql.js";
import { isOfHierarchy } from "./class-columns.js";
import { fieldAccess } from "./class-members.js";
import type { ClassContents, PropertyPlan } from "./class-plan.js";
import { furtherConditions } from "./join-conditions.js";
import { brokenList, listCode, returnedUnion } from "./layout.js";
import { dataLiteral, objectLiteral, stringArray, stringLiteral } from "./literals.js";
import { tablesFile } from "./plan.js";

/** Columns a bit mask covers: one bit of the 32 is the sign's. */
const columnsPerWord = 31;

/** `mapClass(this, { … });` */
export function mappingStatements(contents: ClassContents): string[] {
  const { plan, properties, imports } = contents;
  const table = imports.value(tablesFile, plan.table.constantName);
  // Stated, not inferred from `mapClass`: it spares the type checker the work.
  const entity = `entity: ${plan.declaredName}`;
  const created = plan.userModule === undefined ? plan.declaredName : `${plan.declaredName}.$class`;
  const words = wordsOf(contents);
  return [
    `${imports.runtime("mapClass")}(this, {`,
    `name: ${stringLiteral(plan.model.name)},`,
    `table: ${table},`,
    ...hierarchyLines(contents),
    listCode(
      "properties: [",
      properties.map((property) => stringLiteral(property.name)),
      "],",
      3,
    ),
    ...versionLine(properties),
    ...relationshipLines(contents),
    ...computedLines(contents),
    ...proxyLines(contents),
    `create: () => new ${created}(${imports.runtime("blank")}()),`,
    ...fillLines(entity, properties),
    ...collectLines(entity, words),
    ...presentLines(entity, words),
    ...expireLines(entity, properties),
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

/** Computed properties as expressions for statements. */
function computedLines({ plan, output, imports, computed }: ClassContents): string[] {
  if (computed.length === 0) return [];
  const place = { plan: output, imports, table: plan.table.model };
  const lines = computed.map(({ name, model }) => {
    const sql = propertySqlCode(model.expression, { plan, output });
    const code = sql.startsWith("{") ? `${imports.runtime("sql")}(${sql})` : sql;
    return `${keyName(name)}: { type: ${valueTypeCode(model.type, place)}, sql: ${code} },`;
  });
  return ["computed: {", ...lines, "},"];
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
  entries.push(...joinEntries(model));
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

/** What the join demands beside the pairs that it equates. */
function joinEntries(relationship: RelationshipModel): [string, string][] {
  const { primaryjoin, secondaryjoin } = furtherConditions(relationship);
  const entries: [string, readonly Expression[]][] = [
    ["primaryjoin", primaryjoin],
    ["secondaryjoin", secondaryjoin],
  ];
  return entries.flatMap(([name, conditions]) =>
    conditions.length === 0 ? [] : [[name, `[${conditions.map(dataLiteral).join(", ")}]`]],
  );
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

/** Hydration: every field from a row, by position; what is loaded at access does not come with it. */
function fillLines(entity: string, properties: readonly PropertyPlan[]): string[] {
  const loaded = properties.filter(({ column }) => column.deferred !== true);
  if (loaded.length === 0) return ["fill() {},"];
  return [
    "// Hydration: every column field from a row, by position.",
    `fill(${entity}, row, at) {`,
    ...loaded.map(({ name, types }, position) => {
      const cell = position === 0 ? "row[at]" : `row[at + ${position}]`;
      return `${fieldAccess("entity", name)} = ${cell} as ${types.stored};`;
    }),
    "},",
  ];
}

/** Forgetting: every field empty, so that the next access loads. */
function expireLines(entity: string, properties: readonly PropertyPlan[]): string[] {
  if (properties.length === 0) return ["expire() {},"];
  const lines = properties.map((property) => `${fieldAccess("entity", property.name)} = undefined;`);
  return [`expire(${entity}) {`, ...lines, "},"];
}

/** The properties whose bits one word of a mask holds. */
interface MaskWord {
  readonly number: number;
  readonly properties: readonly PropertyPlan[];
}

/** The words that the class's own columns have bits in. */
interface MaskWords {
  readonly words: readonly MaskWord[];
  /** True where the runtime asks for other words too: for the columns of another class of the hierarchy. */
  readonly isNumbered: boolean;
}

function wordsOf({ plan, output, properties }: ClassContents): MaskWords {
  const words = new Map<number, PropertyPlan[]>();
  for (const property of properties) {
    const number = Math.floor(property.index / columnsPerWord);
    words.set(number, [...(words.get(number) ?? []), property]);
  }
  return {
    words: [...words].map(([number, list]) => ({ number, properties: list })),
    isNumbered: words.size > 1 || isOfHierarchy(plan, output),
  };
}

/** Parameter extraction: bit n of `mask` asks for column n of the word. */
function collectLines(entity: string, { words, isNumbered }: MaskWords): string[] {
  if (words.length === 0) return ["collect() {},"];
  const lines = words.map(({ number, properties }) => ({
    number,
    lines: properties.map((property) => {
      return `if (mask & ${bitMask(property)}) into.push(${fieldAccess("entity", property.name)});`;
    }),
  }));
  return [
    "// The values of the columns that the mask's bits ask for.",
    `collect(${entity}, ${isNumbered ? "word" : "_word"}, mask, into) {`,
    ...byWord(lines, isNumbered, ["break;"], []),
    "},",
  ];
}

/** Which columns hold a value: the columns of an INSERT. */
function presentLines(entity: string, { words, isNumbered }: MaskWords): string[] {
  if (words.length === 0) return ["present: () => 0,"];
  const lines = words.map(({ number, properties }) => {
    const bits = properties.map((property) => {
      return `${fieldAccess("entity", property.name)} === undefined ? 0 : ${bit(property)}`;
    });
    return { number, lines: returnedUnion(bits, isNumbered ? 6 : 4) };
  });
  return [
    "// The columns that hold a value, as such a mask.",
    `present(${entity}${isNumbered ? ", word" : ""}) {`,
    ...byWord(lines, isNumbered, [], ["return 0;"]),
    "},",
  ];
}

function bit({ index }: PropertyPlan): string {
  return `1 << ${index % columnsPerWord}`;
}

function bitMask(property: PropertyPlan): string {
  return `(${bit(property)})`;
}

/** The lines of each word behind its number, then `end`; for other words, `otherwise`. */
function byWord(
  words: readonly { readonly number: number; readonly lines: readonly string[] }[],
  isNumbered: boolean,
  end: readonly string[],
  otherwise: readonly string[],
): readonly string[] {
  if (!isNumbered) return words.flatMap(({ lines }) => lines);
  const lines = ["switch (word) {"];
  for (const { number, lines: ofWord } of words) {
    lines.push(`case ${number}:`);
    for (const line of [...ofWord, ...end]) lines.push(`  ${line}`);
  }
  if (otherwise.length > 0) lines.push("default:", ...otherwise.map((line) => `  ${line}`));
  return [...lines, "}"];
}

/** Where the class stands in its hierarchy, and which columns of its table it has, where not all. */
function hierarchyLines(contents: ClassContents): string[] {
  const { plan, properties } = contents;
  const { inheritance, polymorphicOn, polymorphicIdentity } = plan.model;
  const lines: string[] = [];
  if (properties.length < plan.table.model.columns.length) {
    lines.push(
      listCode(
        "columns: [",
        properties.map(({ column }) => stringLiteral(column.name)),
        "],",
        3,
      ),
    );
  }
  if (inheritance !== undefined) {
    const { base, kind } = inheritance;
    lines.push(`inherits: { base: ${stringLiteral(base)}, kind: ${stringLiteral(kind)} },`);
  }
  if (polymorphicOn !== undefined) lines.push(`polymorphicOn: ${stringLiteral(polymorphicOn)},`);
  if (polymorphicIdentity !== undefined) {
    lines.push(`polymorphicIdentity: ${identityCode(polymorphicIdentity, contents)},`);
  }
  const deferred = properties.filter(({ column }) => column.deferred === true).map(({ index }) => index);
  if (deferred.length > 0) lines.push(`deferred: [${deferred.join(", ")}],`);
  return lines;
}

/** The identity as the discriminator's column has it: a number in columns of whole numbers. */
function identityCode(identity: string, { allProperties }: ClassContents): string {
  const discriminator = allProperties.find(({ isDiscriminator }) => isDiscriminator);
  const isNumber = discriminator?.types.plain === "number" && /^-?\d{1,15}$/.test(identity);
  return isNumber ? String(Number(identity)) : stringLiteral(identity);
}
