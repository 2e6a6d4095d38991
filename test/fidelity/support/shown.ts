// Values as text that tells apart what `===` and deep equality do not: -0 and 0, a Decimal and its digits, a view of
// bytes and a Buffer.

/** How deep values are shown: one of them holds itself. */
const DEEPEST = 8;

/** The value's text, with its type where that could be mistaken. */
export function shown(value: unknown, depth = 0): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${String(value)}n`;
    case "object":
      return depth > DEEPEST ? "…" : shownObject(value, depth + 1);
    default:
      return String(value);
  }
}

function shownObject(value: object, depth: number): string {
  if (value instanceof Uint8Array) return `${value.constructor.name} ${Buffer.from(value).toString("hex")}`;
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (/^(Temporal\.|Decimal)/.test(tag)) return `${tag} ${String(value)}`;
  if (Array.isArray(value)) return `[${value.map((each) => shown(each, depth)).join(", ")}]`;
  if (Object.getPrototypeOf(value) === Object.prototype) {
    const pairs = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${shown(each, depth)}`);
    // Which order a document's keys have is the database's affair.
    return `{ ${pairs.sort().join(", ")} }`;
  }
  return `${value.constructor.name} ${String(value)}`;
}
