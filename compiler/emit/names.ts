// Unique names in one scope, handed out in the order of asking, so that the same schema gives the same names.

export class NameScope {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** The first of `candidates` that is free; where none is, the last one with a number. */
  claim(...candidates: readonly [string, ...string[]]): string {
    for (const candidate of candidates) {
      if (this.#take(candidate)) return candidate;
    }
    const last = candidates.at(-1) ?? candidates[0];
    let number = 2;
    while (!this.#take(`${last}${number}`)) number++;
    return `${last}${number}`;
  }

  #take(name: string): boolean {
    if (this.#taken.has(name)) return false;
    this.#taken.add(name);
    return true;
  }
}
