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

/** The frames, one a line. */
export function stackText(stack: CallerStack | null): string {
  return stack?.stack?.split("\n").slice(1).join("\n") ?? "    at an unknown place";
}
