// DDL statements about what stands beside tables, and statements in SQL: objects that are printed, compiled or executed
// like those about tables.
import { ArgumentError, CompileError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import { RawSql } from "../types/raw-sql.js";
import { checkName } from "./check-name.js";
import type { SqlFragment } from "./constraints.js";
import type { DdlDialect } from "./ddl-dialect.js";
import { DdlElement } from "./ddl-elements.js";
import type { DdlEvent } from "./ddl-events.js";
import { isFragment } from "./extras.js";
import { Sequence } from "./schema-objects.js";

/** `CREATE SCHEMA`. */
export class CreateSchema extends DdlElement {
  readonly name: string;

  constructor(name: string) {
    super();
    checkName("A schema", name);
    this.name = name;
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.createSchema(this.name);
  }
}

/** `DROP SCHEMA`, of one that holds nothing any more. */
export class DropSchema extends DdlElement {
  readonly name: string;

  constructor(name: string) {
    super();
    checkName("A schema", name);
    this.name = name;
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.dropSchema(this.name);
  }
}

/** `CREATE SEQUENCE`. */
export class CreateSequence extends DdlElement {
  readonly sequence: Sequence;

  constructor(sequence: Sequence) {
    super();
    this.sequence = checkSequence("CreateSequence", sequence);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.createSequence(this.sequence);
  }
}

/** `DROP SEQUENCE`. */
export class DropSequence extends DdlElement {
  readonly sequence: Sequence;

  constructor(sequence: Sequence) {
    super();
    this.sequence = checkSequence("DropSequence", sequence);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.dropSequence(this.sequence);
  }
}

function checkSequence(what: string, sequence: unknown): Sequence {
  if (sequence instanceof Sequence) return sequence;
  throw new ArgumentError(`${what} takes a Sequence, got ${describeValue(sequence)}.`);
}

/** When a statement of an event is executed. */
interface DdlConditions {
  /** Only on these dialects. */
  readonly dialect?: string | readonly string[];
  /** Only where this says so. */
  readonly when?: (event: DdlEvent) => boolean;
}

/**
 * A DDL statement in SQL, never from user input: one text, or one a dialect. Executed by itself, or for an event:
 * `listen(table, "afterCreate", () => new DDL("ALTER TABLE …").executeIf({ dialect }))`.
 */
export class DDL extends DdlElement {
  readonly #sql: SqlFragment;
  readonly #conditions: DdlConditions;

  constructor(sql: SqlFragment, conditions: DdlConditions = {}) {
    super();
    if (!isFragment(sql)) throw new ArgumentError(`DDL takes SQL, got ${describeValue(sql)}.`);
    this.#sql = sql;
    this.#conditions = conditions;
  }

  /** The same statement, which events execute only under these conditions. */
  executeIf(conditions: DdlConditions): DDL {
    return new DDL(this.#sql, { ...this.#conditions, ...conditions });
  }

  /** True where an event is to execute it. */
  appliesTo(event: DdlEvent): boolean {
    const { dialect, when } = this.#conditions;
    const isDialect = dialect === undefined || [dialect].flat().includes(event.dialect);
    return isDialect && when?.(event) !== false;
  }

  protected override text(ddl: DdlDialect): string {
    const text = RawSql.is(this.#sql) ? this.#sql.for(ddl.name) : this.#sql;
    if (text !== undefined) return text;
    throw new CompileError(`This DDL has no text for ${ddl.name}, and no default.`);
  }
}
