// The statements by which a session writes, for every class of the example schema: PostgreSQL can tell the type of every
// parameter in them. Explained, not run, so that no rows are needed.
import { expect, it } from "vitest";
import * as models from "../../generated/index.js";
import { postgresql } from "../../runtime/dialects/postgresql/dialect.js";
import { setOfSlots } from "../../runtime/orm/flush/column-set.js";
import { rowStatementsFor } from "../../runtime/orm/flush/row-statements.js";
import { Mapper } from "../../runtime/orm/mapper.js";
import { createTables } from "../support/create-tables.js";
import type { Compiled } from "../../runtime/sql/compile/compiled.js";
import { describeDatabase } from "../support/databases/databases.js";
import { connections, run, runOperation } from "./support/connection.js";

const mappers = Object.values(models).flatMap((each): Mapper[] => {
  const mapper: unknown = typeof each === "function" ? Reflect.get(each, "$mapper") : null;
  return mapper instanceof Mapper ? [mapper] : [];
});

await describeDatabase("postgresql", "what a session writes, on PostgreSQL", (database) => {
  const open = connections();

  it("has parameters whose types the server can tell", async () => {
    const connection = await open(database.url);
    await runOperation(connection, createTables(models.metadata.tables.values(), postgresql.ddl, true));
    const explain = ({ sql, parameters }: Compiled): Promise<unknown> =>
      run(connection, `EXPLAIN ${sql}`, Array<null>(parameters.length).fill(null));
    for (const mapper of mappers) {
      const statements = rowStatementsFor(mapper, postgresql.sql);
      const all = setOfSlots(mapper, mapper.slots);
      const values = mapper.slots.filter((slot) => !slot.column.primaryKey);
      await explain(statements.insert(all, 1).compiled);
      await explain(statements.insert(all, 3).compiled);
      await explain(statements.insert(setOfSlots(mapper, values), 1).compiled);
      await explain(statements.insert(setOfSlots(mapper, values), 3).compiled);
      await explain(statements.delete(1).compiled);
      await explain(statements.delete(3).compiled);
      if (values.length === 0) continue;
      await explain(statements.update(setOfSlots(mapper, values), 1).compiled);
      await explain(statements.update(setOfSlots(mapper, values), 6).compiled);
    }
    expect(mappers.length).toBeGreaterThan(8);
  });
});
