// Parameters as text, for the log and for error messages: JavaScript's literals, long ones cut in the middle.
import { nodeUtil } from "../types/node-util.js";
import type { SqlRow } from "./execution.js";

const MAX_CHARACTERS = 300;
const MAX_BYTES = 100;
const MAX_VALUES = 100;
const MAX_SETS = 10;
/** Of the sets shown, so many come from the end. */
const LAST_SETS = 2;

export const HIDDEN_PARAMETERS = "[SQL parameters hidden due to hideParameters=true]";

/** One set of parameters as `[1, 'a']`; several, an executemany, as a list of such lists, ten of them at most. */
export function parameterText(sets: readonly SqlRow[], many: boolean): string {
  if (!many) return setText(sets[0] ?? []);
  if (sets.length <= MAX_SETS) return `[${sets.map(setText).join(", ")}]`;
  const first = sets.slice(0, MAX_SETS - LAST_SETS).map(setText);
  const last = sets.slice(-LAST_SETS).map(setText);
  const note = ` ... displaying ${String(MAX_SETS)} of ${String(sets.length)} total bound parameter sets ... `;
  return `[${first.join(", ")} ${note} ${last.join(", ")}]`;
}

function setText(values: SqlRow): string {
  if (values.length <= MAX_VALUES) return `[${values.map(valueText).join(", ")}]`;
  const half = MAX_VALUES / 2;
  const note = ` ... ${String(values.length - MAX_VALUES)} parameters truncated ... `;
  const first = values.slice(0, half).map(valueText).join(", ");
  const last = values.slice(-half).map(valueText).join(", ");
  return `[${first} ${note} ${last}]`;
}

function valueText(value: unknown): string {
  // Whole numbers may travel as bigint because of their column; the reader wants the number.
  const text = typeof value === "bigint" ? String(value) : literal(value);
  if (text.length <= MAX_CHARACTERS || value instanceof Uint8Array) return text;
  const half = MAX_CHARACTERS / 2;
  const cut = text.length - MAX_CHARACTERS;
  return `${text.slice(0, half)} ... (${String(cut)} characters truncated) ... ${text.slice(-half)}`;
}

function literal(value: unknown): string {
  if (value instanceof Uint8Array) return bytesText(value);
  return nodeUtil().inspect(value, { breakLength: Infinity, maxStringLength: null, depth: 0 });
}

function bytesText(bytes: Uint8Array): string {
  if (bytes.length <= MAX_BYTES) return `<${hex(bytes)}>`;
  const half = MAX_BYTES / 2;
  const cut = bytes.length - MAX_BYTES;
  return `<${hex(bytes.subarray(0, half))} ... (${String(cut)} bytes truncated) ... ${hex(bytes.subarray(-half))}>`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
