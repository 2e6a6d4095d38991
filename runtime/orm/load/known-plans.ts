// Plans of selects that are carried out again and again, kept where they belong to: in the statement, in the branch of
// a query's options. No `WeakMap`: what a long-lived one holds survives every small collection of garbage.
import { mappedClasses } from "../mapper.js";

/** A plan that holds until another class is mapped, which may belong to the rows that it is about. */
export class KnownPlan<P> {
  readonly plan: P;
  readonly #classes = mappedClasses();

  constructor(plan: P) {
    this.plan = plan;
  }

  get holds(): boolean {
    return this.#classes === mappedClasses();
  }
}
