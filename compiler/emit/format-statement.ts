// Statements by the long way: ts-morph writes the structure, prettier lays the text out. Both are loaded when the
// first statement needs them.
import { format, type Options } from "prettier";
import {
  Project,
  type StatementStructures,
  StructureKind,
  VariableDeclarationKind,
  ModuleDeclarationKind,
} from "ts-morph";
import { assertNever } from "../../model/internal-error.js";
import type { FormatSettings } from "./emitted-file.js";
import type { FileStatement, ImportStructure } from "./file-structure.js";

/** Options of our own, never those of the project around the output. */
const options: Options = {
  parser: "typescript",
  printWidth: 120,
  tabWidth: 2,
  useTabs: false,
  semi: true,
  singleQuote: false,
  quoteProps: "as-needed",
  trailingComma: "all",
  bracketSpacing: true,
  arrowParens: "always",
  endOfLine: "lf",
  embeddedLanguageFormatting: "off",
};

let project: Project | undefined;

/** `text`, a generated module, laid out by a project's own settings. */
export async function formatModule(text: string, settings: FormatSettings): Promise<string> {
  return format(text, { ...options, ...settings });
}

/** The final text of one statement or import, without an end of line. */
export async function formatStatement(statement: FileStatement | ImportStructure): Promise<string> {
  project ??= new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } });
  const source = project.createSourceFile(
    "/statement.ts",
    { statements: [toStructure(statement)] },
    { overwrite: true },
  );
  return (await format(source.getFullText(), options)).trimEnd();
}

function toStructure(statement: FileStatement | ImportStructure): StatementStructures | string {
  if (!("kind" in statement)) return { ...statement, kind: StructureKind.ImportDeclaration };
  switch (statement.kind) {
    case "class":
      return { ...statement.structure, kind: StructureKind.Class };
    case "code":
      return statement.text;
    case "constant": {
      const { docs, isLocal, ...declaration } = statement.structure;
      return {
        ...(docs === undefined ? {} : { docs }),
        kind: StructureKind.VariableStatement,
        isExported: isLocal !== true,
        declarationKind: VariableDeclarationKind.Const,
        declarations: [declaration],
      };
    }
    case "exportAll":
      return { kind: StructureKind.ExportDeclaration, moduleSpecifier: statement.module };
    case "function":
      return { ...statement.structure, kind: StructureKind.Function };
    case "interface":
      return { ...statement.structure, kind: StructureKind.Interface };
    case "namespace":
      return {
        ...statement.structure,
        kind: StructureKind.Module,
        declarationKind: ModuleDeclarationKind.Namespace,
        isExported: true,
        hasDeclareKeyword: true,
      };
    case "typeAlias":
      return { ...statement.structure, kind: StructureKind.TypeAlias };
    default:
      return assertNever(statement);
  }
}
