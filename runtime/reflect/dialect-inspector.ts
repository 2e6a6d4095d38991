// What a dialect tells of an existing database: its catalogue as a schema model. The contract that `inspector.ts` in
// each dialect's folder fulfils; `Inspector` is what programs see of it.
import type { SchemaModel } from "../../model/schema-model.js";
import type { Operation } from "../engine/execution.js";

/** What to read. */
export interface ReadRequest {
  /** Schemas by name; the default one where left out. */
  readonly schemas?: readonly string[];
  /** Only tables and views of these names, and nothing else that they do not need. */
  readonly only?: readonly string[];
}

/** Work on one connection that asks few questions, whatever the number of tables. */
export interface DialectInspector {
  /** The schema that names without one belong to. Parts of the model that lie in it say no schema. */
  defaultSchema(): Operation<string>;
  /** Every schema but the system's own. */
  schemaNames(): Operation<readonly string[]>;
  /**
   * The database's half of the schema model: no classes. What has no name in the database is named by the naming rules,
   * expressions are the database's text, columns' properties follow from their names.
   */
  read(request: ReadRequest): Operation<SchemaModel>;
  /**
   * What whole schemas and the database hold that no schema model does, as kind and name, in order: `foreign table
   * public.rates`. A dialect whose model holds everything has no such question.
   */
  leftOut?(request: Pick<ReadRequest, "schemas">): Operation<readonly string[]>;
}
