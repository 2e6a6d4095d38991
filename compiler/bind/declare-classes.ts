// Classes: those of tables and views, and those that share their base's table. Bases are found by walking up, so that
// declarations may come in any order; what goes in a circle is reported and taken for a root.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { ClassDeclaration, Identifier, SourceUnit, TableDeclaration, ViewDeclaration } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { didYouMean } from "./did-you-mean.js";
import type { ClassSymbol, TableSymbol } from "./symbols.js";
import type { MixinScope } from "./expand-mixins.js";

/** Far more than people write; what is done for each class grows with it. */
const longestChain = 100;

type WithClass = TableDeclaration | ViewDeclaration | ClassDeclaration;

/** The hierarchy as it is written, before tables have their columns. */
export class ClassHierarchy {
  readonly #declarations = new Map<string, WithClass>();
  readonly #diagnostics: Diagnostic[];
  readonly #subclasses = new Map<TableDeclaration | ViewDeclaration, ClassDeclaration[]>();
  /** Declarations whose base does not count, as the chain over it has no end or too late a one. */
  readonly #circular = new Set<WithClass>();

  constructor(
    units: readonly SourceUnit[],
    diagnostics: Diagnostic[],
    noteUse: (use: Span, declaration: Span) => void,
  ) {
    this.#diagnostics = diagnostics;
    const repeatedTables = new Set<string>();
    for (const declaration of units.flatMap((unit) => unit.declarations)) {
      if (declaration.kind === "table" || declaration.kind === "view" || declaration.kind === "class") {
        this.#declare(declaration, repeatedTables);
      }
    }
    for (const declaration of this.#declarations.values()) {
      const base = baseName(declaration);
      const found = this.#baseOf(declaration);
      if (base === undefined) continue;
      if (found === undefined) this.#reportUnknownBase(base);
      else noteUse(base.span, found.span);
      this.#findCircle(declaration);
    }
    this.#findSubclasses();
  }

  /** Single-table subclasses of a table's class: bases before those that extend them, else in the order of names. */
  subclassesOf(table: TableDeclaration | ViewDeclaration): readonly ClassDeclaration[] {
    return this.#subclasses.get(table) ?? [];
  }

  #findSubclasses(): void {
    const classes = [...this.#declarations.values()]
      .filter((declaration) => declaration.kind === "class")
      .map((declaration) => ({ declaration, depth: this.#depthOf(declaration) }))
      .toSorted((left, right) => left.depth - right.depth || byName(left.declaration, right.declaration));
    for (const { declaration } of classes) {
      const table = this.#tableOf(declaration);
      if (table !== undefined) this.#subclasses.set(table, [...this.subclassesOf(table), declaration]);
    }
  }

  #depthOf(declaration: WithClass): number {
    let depth = 0;
    for (let base = this.#baseOf(declaration); base !== undefined; base = this.#baseOf(base)) depth++;
    return depth;
  }

  /** The table whose rows a class's objects are; undefined where no base has one. */
  #tableOf(declaration: WithClass): TableDeclaration | ViewDeclaration | undefined {
    let current: WithClass | undefined = declaration;
    while (current?.kind === "class") current = this.#baseOf(current);
    return current;
  }

  /** The classes as symbols, bases before those that extend them. */
  symbols(tables: ReadonlyMap<TableDeclaration | ViewDeclaration, TableSymbol>, mixins: MixinScope): ClassSymbol[] {
    const symbols = new Map<WithClass, ClassSymbol>();
    const make = (declaration: WithClass): ClassSymbol | undefined => {
      const known = symbols.get(declaration);
      if (known !== undefined) return known;
      const baseDeclaration = this.#baseOf(declaration);
      const base = baseDeclaration && make(baseDeclaration);
      const tableDeclaration = this.#tableOf(declaration);
      const table = tableDeclaration && tables.get(tableDeclaration);
      const identifier = nameOf(declaration);
      if (table === undefined || identifier === undefined) return undefined;
      const symbol = classSymbol(declaration, identifier, table, base, mixins);
      symbols.set(declaration, symbol);
      return symbol;
    };
    for (const declaration of this.#declarations.values()) make(declaration);
    return [...symbols.values()];
  }

  /** The declaration that `extends` names, circles cut. */
  #baseOf(declaration: WithClass): WithClass | undefined {
    const name = baseName(declaration);
    return name === undefined || this.#circular.has(declaration) ? undefined : this.#declarations.get(name.text);
  }

  #declare(declaration: WithClass, repeatedTables: Set<string>): void {
    const name = nameOf(declaration);
    const isRepeated = declaration.kind !== "class" && isSecond(declaration, repeatedTables);
    if (name === undefined || name.text === "") return;
    const earlier = this.#declarations.get(name.text);
    if (earlier === undefined) {
      this.#declarations.set(name.text, declaration);
      return;
    }
    // A table that is declared twice is reported as that.
    const first = nameOf(earlier);
    if (isRepeated || first === undefined) return;
    const place = { span: name.span, related: [{ span: first.span, text: "first declared here" }] };
    this.#diagnostics.push(diagnostic("S2012", place, name.text));
  }

  #findCircle(start: WithClass): void {
    const seen = new Set<WithClass>();
    for (let current: WithClass | undefined = start; current !== undefined; current = this.#baseOf(current)) {
      if (seen.has(current)) {
        const base = baseName(current);
        if (base !== undefined) this.#diagnostics.push(diagnostic("S2029", base.span, base.text));
        this.#circular.add(current);
        return;
      }
      if (seen.size > longestChain) {
        const base = baseName(start);
        if (base !== undefined)
          this.#diagnostics.push(diagnostic("S2041", base.span, "class", base.text, longestChain));
        this.#circular.add(start);
        return;
      }
      seen.add(current);
    }
  }

  #reportUnknownBase({ text, span }: Identifier): void {
    const otherwise = `declare it with \`table … as ${text}\`; members of a mixin are taken with \`with ${text}\``;
    const help = didYouMean(text, this.#declarations.keys()) ?? otherwise;
    this.#diagnostics.push(diagnostic("S2004", { span, help }, text));
  }
}

function classSymbol(
  declaration: WithClass,
  identifier: Identifier,
  table: TableSymbol,
  base: ClassSymbol | undefined,
  mixins: MixinScope,
): ClassSymbol {
  const members = declaration.kind === "class" ? mixins.membersOf(declaration) : table.ownMembers;
  const head = declaration.kind === "view" || declaration.identity === undefined ? [] : [declaration.identity];
  const isConcrete = declaration.kind !== "view" && declaration.base?.concrete === true;
  return {
    name: identifier.text,
    identifier,
    table,
    declaration,
    base,
    inheritance:
      base === undefined ? "root" : declaration.kind === "class" ? "single" : isConcrete ? "concrete" : "joined",
    members,
    polymorphicOn: members.filter((member) => member.kind === "polymorphicOn"),
    identities: [...head, ...members.filter((member) => member.kind === "polymorphicIdentity")],
  };
}

function byName(left: ClassDeclaration, right: ClassDeclaration): number {
  return left.name.text < right.name.text ? -1 : 1;
}

function nameOf(declaration: WithClass): Identifier | undefined {
  return declaration.kind === "class" ? declaration.name : declaration.className;
}

function baseName(declaration: WithClass): Identifier | undefined {
  return declaration.kind === "view" ? undefined : declaration.base?.name;
}

function isSecond({ name }: TableDeclaration | ViewDeclaration, seen: Set<string>): boolean {
  const key = JSON.stringify([name.schema?.text, name.name.text]);
  const isKnown = seen.has(key);
  seen.add(key);
  return isKnown;
}
