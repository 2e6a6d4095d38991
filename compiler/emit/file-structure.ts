// What the emitter builds before anything is text: the statements of a file in reading order. The shapes are the part
// of ts-morph's structures that generated code needs, so that ts-morph takes them as they are.
import type { Scope } from "ts-morph";

interface Documented {
  readonly docs?: string[];
}

export interface MemberSignature extends Documented {
  readonly name: string;
  readonly type: string;
  readonly isReadonly?: boolean;
  readonly hasQuestionToken?: boolean;
}

export interface InterfaceStructure extends Documented {
  readonly name: string;
  readonly isExported: true;
  readonly extends?: string[];
  readonly properties: MemberSignature[];
}

export interface Field extends Documented {
  readonly name: string;
  readonly type: string;
  readonly initializer?: string;
  readonly scope?: Scope.Private;
  readonly isStatic?: true;
  readonly isReadonly?: true;
  readonly hasDeclareKeyword?: true;
  /** An empty line, to part it from the field before. */
  readonly leadingTrivia?: "\n";
}

export interface ParameterStructure {
  readonly name: string;
  readonly type: string;
  readonly initializer?: string;
}

/** Statements are lines of code: brackets at their ends say how deep the next is. */
export interface ConstructorStructure {
  readonly parameters: ParameterStructure[];
  readonly statements: string[];
}

export interface GetterStructure extends Documented {
  readonly name: string;
  readonly returnType: string;
  readonly statements: string[];
  readonly isStatic?: boolean;
}

export interface SetterStructure extends Documented {
  readonly name: string;
  readonly parameters: ParameterStructure[];
  readonly statements: string[];
}

export interface ClassStructure extends Documented {
  readonly name: string;
  readonly isExported: true;
  readonly isAbstract?: boolean;
  readonly extends: string;
  readonly properties: Field[];
  readonly staticBlocks: { readonly statements: string[] }[];
  readonly ctors: ConstructorStructure[];
  readonly getAccessors: GetterStructure[];
  readonly setAccessors: SetterStructure[];
}

export interface FunctionStructure extends Documented {
  readonly name: string;
  readonly isExported: true;
  readonly parameters: ParameterStructure[];
  readonly returnType: string;
  readonly statements: string[];
}

interface NamespaceStructure extends Documented {
  readonly name: string;
  readonly statements: string[];
}

interface TypeAliasStructure extends Documented {
  readonly name: string;
  readonly isExported: true;
  readonly type: string;
}

interface ConstantStructure extends Documented {
  readonly name: string;
  readonly type?: string;
  readonly initializer: string;
  /** Not exported. */
  readonly isLocal?: true;
}

export type FileStatement =
  | { readonly kind: "class"; readonly structure: ClassStructure }
  /** A statement of one line, as it is. */
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "constant"; readonly structure: ConstantStructure }
  | { readonly kind: "exportAll"; readonly module: string }
  | { readonly kind: "function"; readonly structure: FunctionStructure }
  | { readonly kind: "interface"; readonly structure: InterfaceStructure }
  /** Ambient: `export declare namespace`. */
  | { readonly kind: "namespace"; readonly structure: NamespaceStructure }
  | { readonly kind: "typeAlias"; readonly structure: TypeAliasStructure };

export interface ImportStructure {
  readonly moduleSpecifier: string;
  readonly isTypeOnly: boolean;
  readonly namedImports: { readonly name: string; readonly alias?: string; readonly isTypeOnly: boolean }[];
}
