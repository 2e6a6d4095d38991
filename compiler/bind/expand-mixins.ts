// Mixins spelled out: the members of a declaration, followed by those of its mixins in `with` order. A member of the
// declaration overrides a mixin's of the same name.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Identifier, MixinDeclaration, SourceUnit, TableMember } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { didYouMean } from "./did-you-mean.js";
import { Namespace } from "./namespace.js";
import type { MixinSymbol } from "./symbols.js";

interface WithMixins {
  readonly mixins: readonly Identifier[];
  readonly members: readonly TableMember[];
}

/** Called with the place of a `with` and the declaration that it names. */
type NoteUse = (use: Span, declaration: Span) => void;

export class MixinScope {
  readonly #declarations = new Map<string, MixinDeclaration>();
  readonly #used = new Set<MixinDeclaration>();
  readonly #diagnostics: Diagnostic[];
  readonly #noteUse: NoteUse;
  readonly #reported = new Set<Identifier>();

  constructor(units: readonly SourceUnit[], diagnostics: Diagnostic[], noteUse: NoteUse) {
    this.#diagnostics = diagnostics;
    this.#noteUse = noteUse;
    const names = new Namespace(diagnostics);
    for (const declaration of units.flatMap((unit) => unit.declarations)) {
      if (declaration.kind !== "mixin") continue;
      const { text } = declaration.name;
      if (names.take(text, declaration, "mixin")) this.#declarations.set(text, declaration);
    }
    // Circles and unknown names are found whether or not a table uses the mixin.
    for (const declaration of this.#declarations.values()) this.#expand(declaration, [declaration]);
    this.#used.clear();
  }

  /** All members of `declaration`, its own first. */
  membersOf(declaration: WithMixins): readonly TableMember[] {
    return declaration.mixins.length === 0 ? declaration.members : this.#expand(declaration, []);
  }

  get symbols(): MixinSymbol[] {
    return [...this.#declarations.values()].map((declaration) => ({
      name: declaration.name.text,
      declaration,
      isUsed: this.#used.has(declaration),
    }));
  }

  #expand(declaration: WithMixins, open: readonly MixinDeclaration[]): TableMember[] {
    const members = [...declaration.members];
    const taken = new Set(members.flatMap((member) => memberKey(member) ?? []));
    for (const name of declaration.mixins) {
      const mixin = this.#find(name, open);
      if (mixin === undefined) continue;
      this.#used.add(mixin);
      const inherited = this.#expand(mixin, [...open, mixin]).filter((member) => {
        const key = memberKey(member);
        return key === undefined || !taken.has(key);
      });
      members.push(...inherited);
      for (const member of inherited) taken.add(memberKey(member) ?? "");
    }
    return members;
  }

  #find(name: Identifier, open: readonly MixinDeclaration[]): MixinDeclaration | undefined {
    const mixin = this.#declarations.get(name.text);
    if (mixin !== undefined && !open.includes(mixin)) {
      this.#noteUse(name.span, mixin.span);
      return mixin;
    }
    if (!this.#reported.has(name)) {
      this.#reported.add(name);
      const help = didYouMean(name.text, this.#declarations.keys());
      this.#diagnostics.push(
        mixin === undefined
          ? diagnostic("S2009", { span: name.span, help }, name.text)
          : diagnostic("S2027", name.span, name.text),
      );
    }
    return undefined;
  }
}

/** What a member is overridden by; undefined for members without names of their own. */
function memberKey(member: TableMember): string | undefined {
  switch (member.kind) {
    case "column":
      return `column ${member.name.text}`;
    case "relationship":
    case "property":
    case "proxy":
    case "composite":
      return `attribute ${member.name.text}`;
    default:
      return undefined;
  }
}
