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
  /** Mixins of a circle that is reported. */
  readonly #circular = new Set<MixinDeclaration>();

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
    for (const declaration of this.#declarations.values()) this.#findCircle(declaration);
  }

  /** All members of `declaration`, its own first; a mixin that is reached twice counts where it is reached first. */
  membersOf(declaration: WithMixins): readonly TableMember[] {
    if (declaration.mixins.length === 0) return declaration.members;
    const members = [...declaration.members];
    const taken = new Set(members.flatMap((member) => memberKey(member) ?? []));
    for (const mixin of this.#reachedFrom(declaration)) {
      this.#used.add(mixin);
      for (const member of mixin.members) {
        const key = memberKey(member);
        if (key !== undefined && taken.has(key)) continue;
        members.push(member);
        if (key !== undefined) taken.add(key);
      }
    }
    return members;
  }

  /** The mixins of a declaration and theirs, each once, in the order in which their members come. */
  #reachedFrom(declaration: WithMixins): MixinDeclaration[] {
    const reached = new Set<MixinDeclaration>();
    const waiting = declaration.mixins.toReversed();
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const mixin = this.#find(name);
      if (mixin === undefined || reached.has(mixin)) continue;
      reached.add(mixin);
      waiting.push(...mixin.mixins.toReversed());
    }
    return [...reached];
  }

  get symbols(): MixinSymbol[] {
    return [...this.#declarations.values()].map((declaration) => ({
      name: declaration.name.text,
      declaration,
      isUsed: this.#used.has(declaration),
    }));
  }

  #find(name: Identifier): MixinDeclaration | undefined {
    const mixin = this.#declarations.get(name.text);
    if (mixin !== undefined) this.#noteUse(name.span, mixin.span);
    else if (!this.#reported.has(name)) {
      this.#reported.add(name);
      const help = didYouMean(name.text, this.#declarations.keys());
      this.#diagnostics.push(diagnostic("S2009", { span: name.span, help }, name.text));
    }
    return mixin;
  }

  /** Reports the `with` by which a mixin reaches itself; each circle once. */
  #findCircle(mixin: MixinDeclaration): void {
    const reached = this.#reachedFrom(mixin);
    if (!reached.includes(mixin)) return;
    const closing = reached.find((each) => each.mixins.some(({ text }) => text === mixin.name.text));
    const name = closing?.mixins.find(({ text }) => text === mixin.name.text);
    if (name === undefined || this.#circular.has(mixin)) return;
    for (const each of reached) this.#circular.add(each);
    this.#diagnostics.push(diagnostic("S2027", name.span, name.text));
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
