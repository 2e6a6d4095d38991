// Universally unique identifiers for new rows, made by the program: `Uuid().clientDefault(uuid7)`.

/** A random identifier (version 4). */
export function uuid(): string {
  return crypto.randomUUID();
}

/** Milliseconds and counter of the identifier made last. */
let lastTime = 0;
let counter = 0;
const largestCounter = 0xfff;

/**
 * An identifier that begins with the time (version 7), so that rows made one after another lie together in an index.
 * Those of one process ascend, also within a millisecond.
 */
export function uuid7(): string {
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    // Leaves room to count up.
    counter = crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
    counter &= largestCounter >> 1;
  } else if (counter < largestCounter) {
    counter += 1;
  } else {
    lastTime += 1;
    counter = 0;
  }
  const time = lastTime.toString(16).padStart(12, "0");
  const sequence = counter.toString(16).padStart(3, "0");
  // The rest is random, and has the variant's bits already.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${crypto.randomUUID().slice(19)}`;
}
