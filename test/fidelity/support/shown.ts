// Values as text that tells apart what `===` and deep equality do not: -0 and 0, a Decimal and its digits, a view of
// bytes and a Buffer.

/** How deep values are shown: one of them holds itself. */
const DEEPEST = 8;

/** The value's text, with its type where that could be mistaken. */
export function shown(value: unknown, depth = 0): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return `${String(value)}n`;
  if (typeof value === "object" && value !== null) return depth > DEEPEST ? "…" : shownObject(value, depth + 1);
  return typeof value === "boolean" || value === null || value === undefined ? String(value) : typeof value;
}

function shownObject(value: object, depth: number): string {
  if (value instanceof Uint8Array) return `${value.constructor.name} ${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return `[${value.map((each) => shown(each, depth)).join(", ")}]`;
  if (Object.getPrototypeOf(value) === Object.prototype) {
    const pairs = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${shown(each, depth)}`);
    // Which order a document's keys have is the database's affair.
    return `{ ${pairs.sort().join(", ")} }`;
  }
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  // Temporal values and decimals say in their text all that they are.
  return "toJSON" in value && typeof value.toJSON === "function" ? `${tag} ${String(value.toJSON())}` : tag;
}
