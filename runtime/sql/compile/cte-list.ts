// The CTEs of one statement while it is compiled: which are written, which are being written, and their text.
import { CompileError } from "../../errors/errors.js";
import type { CteDefinition } from "../ast/nodes.js";

/** The CTEs of one statement, in the order in which they can stand. */
export class CteList {
  readonly #texts = new Map<number, string>();
  readonly #names = new Map<string, number>();
  readonly #open = new Set<number>();
  #recursive = false;

  has(key: number): boolean {
    return this.#texts.has(key);
  }

  /** True while the CTE, or what it restates, is being written. */
  isOpen(key: number): boolean {
    return this.#open.has(key);
  }

  open(definition: CteDefinition): void {
    for (let each: CteDefinition | null = definition; each !== null; each = each.restates) {
      this.#open.add(each.key);
      if (each.recursive) this.#recursive = true;
    }
  }

  close(definition: CteDefinition, text: string): void {
    for (let each: CteDefinition | null = definition; each !== null; each = each.restates) this.#open.delete(each.key);
    this.add(definition, text);
  }

  /** Throws `CompileError` where another one has the name. */
  add({ key, name }: { readonly key: number; readonly name: string }, text: string): void {
    const known = this.#names.get(name);
    if (known !== undefined && known !== key) {
      throw new CompileError(`two different CTEs of this statement are called '${name}'; give one another name`);
    }
    this.#names.set(name, key);
    this.#texts.set(key, text);
  }

  /** `WITH …` and the line's end, or nothing; it is written once. */
  take(): string {
    if (this.#texts.size === 0) return "";
    const text = `${this.#recursive ? "WITH RECURSIVE" : "WITH"} ${[...this.#texts.values()].join(", \n")}\n `;
    this.#texts.clear();
    return text;
  }
}
