// What the emitter builds before anything is text: one structure a file, statements in reading order.
// Types only, so that building structures does not load ts-morph.
import type {
  ClassDeclarationStructure,
  FunctionDeclarationStructure,
  ImportDeclarationStructure,
  InterfaceDeclarationStructure,
  ModuleDeclarationStructure,
  OptionalKind,
  TypeAliasDeclarationStructure,
  VariableStatementStructure,
} from "ts-morph";

export type FileStatement =
  | { readonly kind: "class"; readonly structure: OptionalKind<ClassDeclarationStructure> }
  | { readonly kind: "exportAll"; readonly module: string }
  | { readonly kind: "function"; readonly structure: OptionalKind<FunctionDeclarationStructure> }
  | { readonly kind: "interface"; readonly structure: OptionalKind<InterfaceDeclarationStructure> }
  | { readonly kind: "namespace"; readonly structure: OptionalKind<ModuleDeclarationStructure> }
  | { readonly kind: "typeAlias"; readonly structure: OptionalKind<TypeAliasDeclarationStructure> }
  | { readonly kind: "variable"; readonly structure: OptionalKind<VariableStatementStructure> };

export interface FileStructure {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  /** Lines of the comment at the top, without `//`. */
  readonly header: readonly string[];
  readonly imports: readonly OptionalKind<ImportDeclarationStructure>[];
  readonly statements: readonly FileStatement[];
}
