// Who did it: a stack captured when something is taken, so that somebody can be told who has it.

/** Enough frames to find the caller, few enough for every checkout. */
const FRAMES = 24;

export interface CallerStack {
  readonly stack?: string;
}

/** The stack of the call, which becomes text only when it is asked for; until then it keeps alive what called. */
export function captureStack(): CallerStack {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, captureStack);
  Error.stackTraceLimit = limit;
  return here;
}

/** The caller's frames, one a line, the innermost first: those of this package and of the platform are left out. */
export function stackText(stack: CallerStack | null): string {
  const frames = stack?.stack?.split("\n").slice(1) ?? [];
  const own = ownFolder();
  const foreign = frames.filter((frame) => isInFile(frame) && !frame.includes(own));
  // A program bundled into one file with this package has no other frames.
  const shown = foreign.length === 0 ? frames : foreign;
  return shown.length === 0 ? "    at an unknown place" : shown.join("\n");
}

/** The error with the caller's frames for its stack, however deep in this package it was made. */
export function withCallerStack<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}\n${stackText(captureStack())}`;
  return error;
}

/** The folder of all modules of the runtime: this one's, but for the sources, which have a folder for each layer. */
function ownFolder(): string {
  return new URL(".", import.meta.url).pathname.replace(/\/runtime\/pool\/$/, "/runtime/");
}

/** False for Node's own frames, such as `node:internal/…` and `new Promise (<anonymous>)`. */
function isInFile(frame: string): boolean {
  return /:\d+:\d+\)?$/.test(frame) && !/[( ]node:/.test(frame);
}
