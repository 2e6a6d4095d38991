// What happens while schemas are created and dropped, for those who listen: `listen(table, "afterCreate", …)`. What a
// listener returns is executed there, in the same transaction.
import type { Operation } from "../engine/execution.js";
import type { Answerable, EventHub, EVENTS } from "../events/event-hub.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { DdlDialect } from "./ddl-dialect.js";
import type { TableDefinition } from "./table-form.js";

export interface DdlEvent {
  /** What is created or dropped: a table, a view, or the whole MetaData. */
  readonly target: object;
  /** The dialect's name. */
  readonly dialect: string;
}

/** A statement that a listener may return, such as `new DDL("…")`. */
export interface EventStatement {
  compile(options: { readonly dialect: { readonly ddl: DdlDialect } }): Compiled;
  /** False where its conditions say no. */
  appliesTo?(event: DdlEvent): boolean;
}

type Told = DdlEvent & Answerable<EventStatement | readonly EventStatement[]>;

/** The events of tables, views and a MetaData. Listeners may return one statement, or several in an array. */
export interface DdlEvents {
  readonly beforeCreate: Told;
  readonly afterCreate: Told;
  readonly beforeDrop: Told;
  readonly afterDrop: Told;
}

/** Tells the listeners of a table, or of the MetaData for null, and runs what they return. */
export interface DdlHooks {
  fire(name: keyof DdlEvents, table: TableDefinition | null): Operation<void>;
}

export const NO_HOOKS: DdlHooks = {
  // oxlint-disable-next-line require-yield -- nobody listens, so nothing is run
  *fire() {
    return;
  },
};

interface Listened {
  readonly [EVENTS]: EventHub<DdlEvents>;
}

/** The listeners of a MetaData and of its tables. */
export function ddlHooks(
  owner: Listened,
  hubOf: (target: object) => EventHub<DdlEvents> | undefined,
  ddl: DdlDialect,
): DdlHooks {
  return {
    *fire(name, table) {
      const target = table ?? owner;
      const event: DdlEvent = { target, dialect: ddl.name };
      for (const returned of hubOf(target)?.emit(name, event) ?? []) {
        for (const statement of [returned].flat()) {
          if (!isStatement(statement) || statement.appliesTo?.(event) === false) continue;
          yield { compiled: statement.compile({ dialect: { ddl } }), parameters: [[]] };
        }
      }
    },
  };
}

function isStatement(value: unknown): value is EventStatement {
  return typeof value === "object" && value !== null && "compile" in value && typeof value.compile === "function";
}
