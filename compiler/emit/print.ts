// Structures to text: the only place where a ts-morph project exists. One `createSourceFile` a file, because
// adding to a source file reprints and reparses all of it each time.
import { Project, type StatementStructures, StructureKind } from "ts-morph";
import { assertNever } from "../../model/internal-error.js";
import type { EmittedFile } from "./emitted-file.js";
import type { FileStatement, FileStructure } from "./file-structure.js";

/** The texts of `files`, in their order, not yet formatted. */
export function printFiles(files: readonly FileStructure[]): EmittedFile[] {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } });
  return files.map((file) => {
    const source = project.createSourceFile(`/${file.path}`, {
      leadingTrivia: file.header.map((line) => `// ${line}\n`),
      statements: [
        ...file.imports.map((structure) => ({ ...structure, kind: StructureKind.ImportDeclaration as const })),
        ...file.statements.map(toStructure),
      ],
    });
    const text = source.getFullText();
    project.removeSourceFile(source);
    return { path: file.path, text };
  });
}

/** Declarations stand apart by a blank line. */
function toStructure(statement: FileStatement): StatementStructures {
  const leadingTrivia = "\n";
  switch (statement.kind) {
    case "class":
      return { ...statement.structure, kind: StructureKind.Class, leadingTrivia };
    case "exportAll":
      return { kind: StructureKind.ExportDeclaration, moduleSpecifier: statement.module };
    case "function":
      return { ...statement.structure, kind: StructureKind.Function, leadingTrivia };
    case "interface":
      return { ...statement.structure, kind: StructureKind.Interface, leadingTrivia };
    case "namespace":
      return { ...statement.structure, kind: StructureKind.Module, leadingTrivia };
    case "typeAlias":
      return { ...statement.structure, kind: StructureKind.TypeAlias, leadingTrivia };
    case "variable":
      return { ...statement.structure, kind: StructureKind.VariableStatement, leadingTrivia };
    default:
      return assertNever(statement);
  }
}
