// A round trip's answer as the driver contract has it: values by the server's types where nobody else knows them, the
// count out of the command tag.
import type { AsyncExecution, AsyncReply } from "../driver.js";
import type { PgField } from "./pg-package.js";
import type { QueryReply } from "./row-query.js";
import { convertUnknown } from "./server-types.js";

/** `fields`: the columns, whether this answer described them or one before. */
export function asReply(
  { rows, commandTag }: QueryReply,
  fields: readonly PgField[] | null,
  { columns = null, returnsKey = false }: AsyncExecution,
): AsyncReply {
  if (fields !== null) convertUnknown(rows, fields, columns);
  const rowCount = countOf(commandTag);
  if (returnsKey) return { rows: [], columnNames: null, rowCount, lastInsertId: keyOf(rows), commandTag };
  return {
    rows,
    columnNames: fields === null ? null : namesOf(fields),
    rowCount,
    lastInsertId: null,
    commandTag,
  };
}

const names = new WeakMap<readonly PgField[], readonly string[]>();

function namesOf(fields: readonly PgField[]): readonly string[] {
  let found = names.get(fields);
  if (found === undefined) {
    found = fields.map((field) => field.name);
    names.set(fields, found);
  }
  return found;
}

function keyOf(rows: readonly (readonly unknown[])[]): number | bigint | null {
  const key = rows[0]?.[0];
  return typeof key === "number" || typeof key === "bigint" ? key : null;
}

/** The number at the end of `UPDATE 3` or `INSERT 0 5`. */
function countOf(commandTag: string | null): number {
  if (commandTag === null) return 0;
  const count = Number(commandTag.slice(commandTag.lastIndexOf(" ") + 1));
  return Number.isNaN(count) ? 0 : count;
}
