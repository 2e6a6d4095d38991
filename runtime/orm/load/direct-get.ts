// An object by its key where one statement without anything around it will do: no flush before it, nobody who listens,
// nothing that the mapping loads along. Both faces take this way first.
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { keySelectOf } from "../column-load.js";
import type { Entity, IdentityKey } from "../entity.js";
import type { KeySelect } from "../key-select.js";
import type { Mapper } from "../mapper.js";
import type { SessionCore } from "../session-core.js";
import { readByKey } from "./entity-reader.js";

/** The statement; null where more is to be done. */
export function directSelect(core: SessionCore, mapper: Mapper, dialect: SqlDialect): KeySelect | null {
  if (core.mustAutoflush || core.events.has("beforeExecute")) return null;
  const select = keySelectOf(mapper, dialect);
  return select.loadsOthers ? null : select;
}

/** The object of the one row at most that came back. */
export function readDirectly(
  core: SessionCore,
  mapper: Mapper,
  select: KeySelect,
  key: IdentityKey,
  rows: readonly (readonly unknown[])[],
): Entity | null {
  // Sound: the driver hands its rows over for good.
  const row = rows[0] as unknown[] | undefined;
  if (row === undefined) return null;
  for (const { at, decode } of select.conversions) if (row[at] !== null) row[at] = decode(row[at]);
  return readByKey(core, mapper, key, row, select.keyAt);
}
