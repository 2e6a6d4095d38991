// The compiler's and the model's one way to throw: a state that no input may lead to.

/** A bug in this package, never the user's fault. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** Ends an exhaustive switch: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new InternalError(`unexpected ${JSON.stringify(value)}`);
}
