// The project's own source files, parsed for the tidy test: imports, exports and syntax trees by path.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";

export const projectRoot: string = fileURLToPath(new URL("../..", import.meta.url));

/** The folders whose files obey every rule. */
export const sourceFolders = ["model", "compiler", "runtime", "cli"] as const;

export interface ImportedModule {
  /** A path from the project's root for relative imports, a package's name else. */
  readonly module: string;
  readonly relative: boolean;
  /** Imported names; `*` for a namespace or a dynamic import. */
  readonly names: readonly string[];
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly ImportedModule[];
}

/** Every TypeScript file below `folders`, parsed. */
export function readSourceTree(folders: readonly string[]): SourceFile[] {
  return (
    folders
      .flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      // The benchmark has packages and bundles of its own.
      .filter((path) => !/\/(node_modules|\.cache)\//.test(path))
      .map(readSource)
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  );
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(projectRoot, path), "utf8");
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const imports: ImportedModule[] = [];
  visit(tree, (node) => {
    const found = importOf(node, path);
    if (found !== undefined) imports.push(found);
  });
  return { path, text, tree, imports };
}

/** Calls `see` for `node` and everything below it. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

function importOf(node: ts.Node, from: string): ImportedModule | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return moduleAt(node.moduleSpecifier.text, from, namesOfImport(node.importClause));
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
    const clause = node.exportClause;
    const names =
      clause !== undefined && ts.isNamedExports(clause)
        ? clause.elements.map((element) => (element.propertyName ?? element.name).text)
        : ["*"];
    return moduleAt(node.moduleSpecifier.text, from, names);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const argument = node.arguments[0];
    if (argument !== undefined && ts.isStringLiteral(argument)) return moduleAt(argument.text, from, ["*"]);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return moduleAt(node.argument.literal.text, from, [node.qualifier?.getText() ?? "*"]);
  }
  return undefined;
}

function namesOfImport(clause: ts.ImportClause | undefined): string[] {
  if (clause === undefined) return [];
  const names = clause.name === undefined ? [] : ["default"];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, "*"];
  return [...names, ...bindings.elements.map((element) => (element.propertyName ?? element.name).text)];
}

function moduleAt(specifier: string, from: string, names: readonly string[]): ImportedModule {
  if (!specifier.startsWith(".")) return { module: packageName(specifier), relative: false, names };
  const target = normalize(join(dirname(from), specifier))
    .replaceAll("\\", "/")
    .replace(/\.js$/, ".ts");
  return { module: target, relative: true, names };
}

function packageName(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

/** The names that a file exports, re-exports left out. */
export function exportedNames(file: SourceFile): string[] {
  const names: string[] = [];
  for (const statement of file.tree.statements) {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!exported) continue;
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) names.push(declaration.name.getText());
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement)
    ) {
      if (statement.name !== undefined) names.push(statement.name.text);
    }
  }
  return names;
}
