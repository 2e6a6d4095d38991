// Creating and dropping some tables by themselves, for tests that drive a connection without an engine.
import type { Operation } from "../../runtime/engine/execution.js";
import type { DdlDialect } from "../../runtime/schema/ddl-dialect.js";
import { createSchema, dropSchema } from "../../runtime/schema/ddl-operations.js";
import type { SchemaParts } from "../../runtime/schema/schema-parts.js";
import type { TableDefinition } from "../../runtime/schema/table-form.js";

export function createTables(tables: Iterable<TableDefinition>, ddl: DdlDialect, checkFirst: boolean): Operation<void> {
  return createSchema(only(tables), { ddl, checkFirst });
}

export function dropTables(tables: Iterable<TableDefinition>, ddl: DdlDialect, checkFirst: boolean): Operation<void> {
  return dropSchema(only(tables), { ddl, checkFirst });
}

function only(tables: Iterable<TableDefinition>): SchemaParts {
  return { tables: [...tables], views: [], sequences: [], types: [], objects: [] };
}
