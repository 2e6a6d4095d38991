// Structures to text, as ts-morph writes them and prettier lays them out, without either: for a thousand classes they
// take half a minute. A statement with a line that is too long goes to them after all.
import { assertNever } from "../../model/internal-error.js";
import type {
  ClassStructure,
  Field,
  FileStatement,
  FunctionStructure,
  GetterStructure,
  ImportStructure,
  InterfaceStructure,
  MemberSignature,
  ParameterStructure,
  SetterStructure,
} from "./file-structure.js";
import { brokenList, indentLines, listCode, needsFormatter, nestedLines } from "./layout.js";

/** The final text of one statement or import, without an end of line. */
export async function printStatement(statement: FileStatement | ImportStructure): Promise<string> {
  const text = "kind" in statement ? statementText(statement) : importText(statement);
  if (!needsFormatter(text)) return text;
  const { formatStatement } = await import("./format-statement.js");
  return formatStatement(statement);
}

function statementText(statement: FileStatement): string {
  switch (statement.kind) {
    case "class":
      return classText(statement.structure);
    case "code":
      return statement.text;
    case "constant": {
      const { docs, name, type, initializer, isLocal } = statement.structure;
      const annotation = type === undefined ? "" : `: ${type}`;
      const words = isLocal === true ? "const" : "export const";
      return [...docLines(docs), `${words} ${name}${annotation} = ${initializer};`].join("\n");
    }
    case "exportAll":
      return `export * from ${JSON.stringify(statement.module)};`;
    case "function":
      return functionText(statement.structure);
    case "interface":
      return interfaceText(statement.structure);
    case "namespace": {
      const { docs, name, statements } = statement.structure;
      return [...docLines(docs), `export declare namespace ${name} {`, ...nestedLines(statements, 1), "}"].join("\n");
    }
    case "typeAlias": {
      const { docs, name, type } = statement.structure;
      return [...docLines(docs), `export type ${name} = ${type};`].join("\n");
    }
    default:
      return assertNever(statement);
  }
}

function importText({ moduleSpecifier, isTypeOnly, namedImports }: ImportStructure): string {
  const names = namedImports.map(({ name, alias, isTypeOnly: isType }) => {
    return `${isType ? "type " : ""}${name}${alias === undefined ? "" : ` as ${alias}`}`;
  });
  const head = `import ${isTypeOnly ? "type " : ""}{`;
  const tail = `} from ${JSON.stringify(moduleSpecifier)};`;
  const line = `${head} ${names.join(", ")} ${tail}`;
  // A lone name stays where it is, however long the line.
  return names.length > 1 && needsFormatter(line) ? brokenList(head, names, tail) : line;
}

function docLines(docs: readonly string[] | undefined): string[] {
  const [text] = docs ?? [];
  if (text === undefined) return [];
  if (!text.includes("\n")) return [`/** ${text} */`];
  return ["/**", ...text.split("\n").map((line) => ` * ${line}`.trimEnd()), " */"];
}

function interfaceText({ docs, name, extends: bases = [], properties }: InterfaceStructure): string {
  const head = `export interface ${name}${bases.length === 0 ? "" : ` extends ${bases.join(", ")}`} {`;
  if (properties.length === 0) return [...docLines(docs), `${head}}`].join("\n");
  return [...docLines(docs), head, ...nestedLines(properties.flatMap(signatureLines), 1), "}"].join("\n");
}

function signatureLines({ docs, isReadonly, name, hasQuestionToken, type }: MemberSignature): string[] {
  const optional = hasQuestionToken === true ? "?" : "";
  return [...docLines(docs), `${isReadonly === true ? "readonly " : ""}${name}${optional}: ${type};`];
}

function functionText({ docs, name, parameters, returnType, statements }: FunctionStructure): string {
  const head = listCode(`export function ${name}(`, parameters.map(parameterText), `): ${returnType} {`, 0);
  return [...docLines(docs), head, ...nestedLines(statements, 1), "}"].join("\n");
}

function parameterText({ name, type, initializer }: ParameterStructure): string {
  return `${name}: ${type}${initializer === undefined ? "" : ` = ${initializer}`}`;
}

/** Fields stand together; everything with a body stands apart. */
function classText(structure: ClassStructure): string {
  const fields = structure.properties.flatMap(fieldLines).map((line) => indentLines(line, 1));
  const members = [
    ...(fields.length === 0 ? [] : [fields.join("\n")]),
    ...structure.staticBlocks.map(({ statements }) => bodyText([], "static {", statements)),
    ...structure.ctors.map((ctor) => {
      const head = listCode("constructor(", ctor.parameters.map(parameterText), ") {", 1);
      return bodyText([], head, ctor.statements);
    }),
    ...accessorTexts(structure),
  ];
  const { docs, name, isAbstract, extends: base } = structure;
  const head = `export ${isAbstract === true ? "abstract " : ""}class ${name} extends ${base} {`;
  return [...docLines(docs), head, members.join("\n\n"), "}"].join("\n");
}

function fieldLines(field: Field): string[] {
  const words = [
    ...(field.hasDeclareKeyword === true ? ["declare"] : []),
    ...(field.scope === undefined ? [] : [field.scope]),
    ...(field.isStatic === true ? ["static"] : []),
    ...(field.isReadonly === true ? ["readonly"] : []),
    `${field.name}: ${field.type}`,
    ...(field.initializer === undefined ? [] : ["=", field.initializer]),
  ];
  return [...(field.leadingTrivia === undefined ? [] : [""]), ...docLines(field.docs), `${words.join(" ")};`];
}

/** Each getter, then the setter of its name. */
function accessorTexts({ getAccessors, setAccessors }: ClassStructure): string[] {
  const setters = new Map(setAccessors.map((setter) => [setter.name, setter]));
  return getAccessors.flatMap((getter) => {
    const setter = setters.get(getter.name);
    return setter === undefined ? [getterText(getter)] : [getterText(getter), setterText(setter)];
  });
}

function getterText({ docs, isStatic, name, returnType, statements }: GetterStructure): string {
  return bodyText(docLines(docs), `${isStatic === true ? "static " : ""}get ${name}(): ${returnType} {`, statements);
}

function setterText({ docs, name, parameters, statements }: SetterStructure): string {
  return bodyText(docLines(docs), `set ${name}(${parameters.map(parameterText).join(", ")}) {`, statements);
}

function bodyText(docs: readonly string[], head: string, statements: readonly string[]): string {
  return [...nestedLines([...docs, head, ...statements, "}"], 1)].join("\n");
}
