// Which database a session asks: the one that it is bound to, or others for some classes and tables.
import type { StatementParameters } from "../engine/execute-statement.js";
import type { ExecutionRequest } from "../engine/execution.js";
import { ArgumentError, UnboundExecutionError } from "../errors/errors.js";
import type { Dialect } from "../dialects/dialect.js";
import { displayedFroms, referencedFroms } from "../sql/ast/froms.js";
import type { FromNode, NamedFromNode, StatementNode, TableNode } from "../sql/ast/nodes.js";
import { targetTable } from "../sql/build/sources.js";
import type { EntityClass, TableLike } from "../sql/typing.js";
import type { Mapper } from "./mapper.js";

/** An engine or a connection, as far as statements are prepared for it. */
export interface SessionBind {
  readonly dialect: Dialect;
  /** The statement compiled, with its values. */
  request(node: StatementNode, parameters?: StatementParameters): ExecutionRequest;
}

/** What a bind is asked for. */
export interface BindQuestion {
  /** The class whose objects are loaded or written, as `inspect(User)` gives it. */
  readonly mapper?: Mapper | undefined;
  /** The statement to be executed, where there is one. */
  readonly statement?: StatementNode | undefined;
}

/** Chooses a bind; what it leaves undecided goes where the session's other settings say. */
export type BindChoice<B> = (question: BindQuestion) => B | null | undefined;

/** Classes and tables with the databases that they are kept in. */
export type BindPairs<B> = Iterable<readonly [EntityClass | TableLike, B]>;

/** The databases of a session that has more than one. */
export class SessionBinds<B extends SessionBind> {
  /** What is asked where nothing else is said. */
  readonly main: B | null;
  readonly #byTable = new Map<TableNode, B>();
  readonly #choose: BindChoice<B> | undefined;

  /** @throws ArgumentError for what is neither a class nor a table */
  constructor(main: B | null, pairs: BindPairs<B>, choose: BindChoice<B> | undefined) {
    this.main = main;
    this.#choose = choose;
    for (const [target, bind] of pairs) {
      if (typeof bind?.request !== "function") {
        throw new ArgumentError(`binds: a class or table takes an engine or a connection, got ${String(bind)}`);
      }
      this.#byTable.set(targetTable(target, "binds"), bind);
    }
  }

  /** The bind that a question leads to. Throws `UnboundExecutionError` where there is none. */
  get(question: BindQuestion): B {
    const chosen = this.#choose?.(question) ?? this.#known(question) ?? this.main;
    if (chosen !== null) return chosen;
    const what = question.mapper === undefined ? "this statement" : `class ${question.mapper.name}`;
    throw new UnboundExecutionError(
      `This session has no database for ${what}: give it a bind, name the class or its table among binds, ` +
        `or say which with execute(statement, parameters, { bind })`,
    );
  }

  #known({ mapper, statement }: BindQuestion): B | null {
    if (mapper !== undefined) return this.#byTable.get(mapper.table) ?? null;
    if (statement === undefined) return null;
    for (const table of tablesOf(statement)) {
      const bind = this.#byTable.get(table);
      if (bind !== undefined) return bind;
    }
    return null;
  }
}

/** The tables that a statement names, the one that it writes first. */
function tablesOf(statement: StatementNode): TableNode[] {
  switch (statement.kind) {
    case "insert":
    case "update":
    case "delete":
      return [statement.table];
    case "select":
      return [...displayedFroms(statement.froms, referencedFroms(statement.items))].flatMap(tablesWithin);
    default:
      return [];
  }
}

function tablesWithin(from: FromNode): TableNode[] {
  if (from.kind === "join") return [...tablesWithin(from.left), ...tablesWithin(from.right)];
  return tableBehind(from);
}

function tableBehind(from: NamedFromNode): TableNode[] {
  if (from.kind === "table") return [from];
  if (from.kind !== "alias") return [];
  return from.element.kind === "table" ? [from.element] : from.element.kind === "select" ? tablesOf(from.element) : [];
}
