// The names that types may have beside the built-in ones: enums, aliases and domains. They may build on one another
// in any order, so each is resolved when it is first asked for.
import type { ColumnType } from "../../model/column-type.js";
import { enumTypeName } from "../../model/naming.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic, Staged } from "../diagnostics/diagnostic.js";
import type {
  DomainDeclaration,
  EnumDeclaration,
  NamedTypeReference,
  SourceUnit,
  TypeDeclaration,
  TypeReference,
} from "../syntax/ast.js";
import { Namespace } from "./namespace.js";
import { qualifiedName } from "./qualified-path.js";
import { rawSql } from "./raw-sql.js";
import { resolveBuiltIn, unknownType } from "./resolve-type.js";
import type { AliasSymbol, DomainSymbol, EnumSymbol, ResolvedType } from "./symbols.js";

type TypeDeclarations = EnumDeclaration | TypeDeclaration | DomainDeclaration;
type Resolved = Staged<ResolvedType | undefined>;

export class TypeScope {
  readonly diagnostics: Diagnostic[] = [];
  readonly enums = new Map<string, EnumSymbol>();
  readonly aliases = new Map<string, AliasSymbol>();
  readonly domains = new Map<string, DomainSymbol>();
  readonly #declarations = new Map<string, TypeDeclarations>();
  /** Aliases and domains that are being resolved: meeting one again is a circle. */
  readonly #open = new Set<string>();

  constructor(units: readonly SourceUnit[]) {
    const names = new Namespace(this.diagnostics);
    for (const declaration of units.flatMap((unit) => unit.declarations)) {
      if (declaration.kind !== "enum" && declaration.kind !== "typeAlias" && declaration.kind !== "domain") continue;
      const key = keyOf(declaration);
      if (names.take(key, declaration, nounOf[declaration.kind])) this.#declarations.set(key, declaration);
      else if (declaration.kind !== "enum") this.#resolveDeclared(declaration, key);
    }
    for (const [key, declaration] of this.#declarations) {
      if (declaration.kind === "enum") this.enums.set(key, enumSymbol(declaration, key));
    }
    for (const [key, declaration] of this.#declarations) {
      if (declaration.kind === "typeAlias") this.#alias(declaration, key);
      else if (declaration.kind === "domain") this.#domain(declaration, key);
    }
  }

  /** The type that `reference` names for what messages call `path`; undefined where it names none. */
  resolve(reference: TypeReference, path: string): Resolved {
    const element = this.#element(reference);
    const { value } = element;
    if (value === undefined || reference.dimensions === 0) return element;
    if (value.converter !== undefined) {
      const problem = diagnostic("S3030", reference.span, path, value.converter.name.text);
      return { value: undefined, diagnostics: [...element.diagnostics, problem] };
    }
    const type = arrayOf(value.type, reference.dimensions);
    const storage = arrayOf(value.storage, reference.dimensions);
    return { value: { ...value, type, storage }, diagnostics: element.diagnostics };
  }

  #element(reference: TypeReference): Resolved {
    if (reference.kind === "rawType") {
      const type: ColumnType = { kind: "raw", sql: rawSql(reference.sql) };
      return { value: { type, storage: type, declarations: [] }, diagnostics: [] };
    }
    const builtIn = resolveBuiltIn(reference);
    if (builtIn !== undefined) {
      const { value: type, diagnostics } = builtIn;
      return { value: type && { type, storage: type, declarations: [] }, diagnostics };
    }
    return this.#declared(reference);
  }

  #declared(reference: NamedTypeReference): Resolved {
    const key = qualifiedKey(qualifiedName(reference.name));
    const declaration = reference.dialect === undefined ? this.#declarations.get(key) : undefined;
    if (declaration === undefined) {
      return { value: undefined, diagnostics: [unknownType(key, reference, this.#declarations.keys())] };
    }
    const diagnostics: Diagnostic[] = [];
    if (reference.arguments.length > 0) diagnostics.push(diagnostic("S3001", reference.span, key, "no arguments"));
    if (reference.unsigned) diagnostics.push(diagnostic("S3006", reference.span, key));
    if (this.#open.has(key)) {
      return { value: undefined, diagnostics: [...diagnostics, diagnostic("S2028", reference.span, key)] };
    }
    if (this.#open.size > longestChain) {
      const problem = diagnostic("S2041", reference.span, "type", key, longestChain);
      return { value: undefined, diagnostics: [...diagnostics, problem] };
    }
    const named = this.#named(declaration, key);
    const declarations = [declaration.span, ...(named?.declarations ?? [])];
    return { value: named && { ...named, declarations }, diagnostics };
  }

  #named(declaration: TypeDeclarations, key: string): ResolvedType | undefined {
    switch (declaration.kind) {
      case "enum": {
        const symbol = this.enums.get(key);
        const type: ColumnType = { kind: "enum", name: key };
        return symbol && { type, storage: type, enum: symbol, declarations: [] };
      }
      case "typeAlias":
        return this.#alias(declaration, key).resolved;
      case "domain": {
        const domain = this.#domain(declaration, key);
        return domain.resolved && { ...domain.resolved, type: { kind: "domain", name: key }, domain };
      }
    }
  }

  #alias(declaration: TypeDeclaration, key: string): AliasSymbol {
    const known = this.aliases.get(key);
    if (known !== undefined) return known;
    const target = this.#resolveDeclared(declaration, key);
    const own = declaration.converter === undefined ? {} : { converter: declaration.converter };
    const symbol = { name: key, declaration, resolved: target && { ...target, ...own } };
    this.aliases.set(key, symbol);
    return symbol;
  }

  #domain(declaration: DomainDeclaration, key: string): DomainSymbol {
    const known = this.domains.get(key);
    if (known !== undefined) return known;
    const resolved = this.#resolveDeclared(declaration, key);
    const symbol = { name: qualifiedName(declaration.name), key, declaration, resolved };
    this.domains.set(key, symbol);
    return symbol;
  }

  #resolveDeclared(declaration: TypeDeclaration | DomainDeclaration, key: string): ResolvedType | undefined {
    const { type } = declaration;
    this.#open.add(key);
    const { value, diagnostics } = this.resolve(type, key);
    this.#open.delete(key);
    this.diagnostics.push(...diagnostics);
    if (declaration.kind === "typeAlias" && type.nullable) this.diagnostics.push(diagnostic("S3031", type.span, key));
    return value;
  }
}

/** Far more than people write; deeper ones would exhaust the stack. */
const longestChain = 100;

const nounOf = { enum: "enum", typeAlias: "type", domain: "domain" } as const;

function keyOf(declaration: TypeDeclarations): string {
  return declaration.kind === "typeAlias"
    ? qualifiedKey({ name: declaration.name.text })
    : qualifiedKey(qualifiedName(declaration.name));
}

function enumSymbol(declaration: EnumDeclaration, key: string): EnumSymbol {
  const name = qualifiedName(declaration.name);
  return { name, key, typeName: declaration.typeName?.text ?? enumTypeName(name), declaration };
}

function arrayOf(element: ColumnType, dimensions: number): ColumnType {
  return dimensions === 0 ? element : { kind: "array", element: arrayOf(element, dimensions - 1) };
}
