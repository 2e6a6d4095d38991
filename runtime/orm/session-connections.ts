// The connections of one session's transaction, one for each database that it works on: taken at first use, joined to a
// transaction that is there already, ended together. Flows, so that both faces share them.
import type { ExecutionReply, ExecutionRequest } from "../engine/execution.js";
import type { Result } from "../engine/result.js";
import type { StatementParameters } from "../engine/execute-statement.js";
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import type { Executable } from "../sql/typing.js";
import type { SessionBind } from "./session-binds.js";
import { call, type SessionFlow } from "./session-flow.js";

/** What either face gives at once or later. */
type Soon<T> = T | Promise<T>;

interface Savepoint {
  readonly isActive: boolean;
  commit(): Soon<void>;
  rollback(): Soon<void>;
}

/** What a session needs of a connection: those of both faces have it. */
export interface SessionConnection extends SessionBind {
  readonly inTransaction: boolean;
  readonly inNestedTransaction: boolean;
  perform(request: ExecutionRequest): Soon<ExecutionReply>;
  execute<R, F>(statement: Executable<R, F>, parameters?: StatementParameters): Soon<Result<R, F>>;
  beginNested(): Soon<Savepoint>;
  commit(): Soon<void>;
  rollback(): Soon<void>;
  close(): Soon<void>;
  /** Cuts the connection; where it is missing, closing does. */
  invalidate?(): void;
}

/** An engine, whose connections the session takes and gives back. */
interface SessionEngine<C extends SessionConnection> extends SessionBind {
  connect(): Soon<C>;
}

/** What a session can be bound to: an engine, or a connection that somebody else closes. */
export type BindOf<C extends SessionConnection> = SessionEngine<C> | C;

/**
 * What becomes of a transaction that a session finds on the connection it is bound to.
 * `conditional_savepoint`: as `create_savepoint` within a savepoint, else as `rollback_only`.
 * `rollback_only`: the session's commit leaves it open, its rollback ends it. `control_fully`: both end it.
 * `create_savepoint`: the session works in a savepoint of its own and never ends it.
 */
export type JoinTransactionMode = (typeof joinModes)[number];

const joinModes = ["conditional_savepoint", "rollback_only", "control_fully", "create_savepoint"] as const;

/** `own`: the session took the connection. `begun`: a connection without a transaction. The others: see above. */
type Tie = "own" | "begun" | Exclude<JoinTransactionMode, "conditional_savepoint">;

/** What `commit` does by how the session is tied to the transaction; where nothing is said, nothing. */
const endsWithCommit: ReadonlySet<Tie> = new Set<Tie>(["own", "begun", "control_fully"]);
/** Whose transaction ends with `close()`. */
const endsWithClose: ReadonlySet<Tie> = new Set<Tie>(["begun", "control_fully"]);

interface Participant<C> {
  readonly bind: object;
  readonly connection: C;
  readonly tie: Tie;
  /** The savepoint of `create_savepoint`. */
  readonly base: Savepoint | null;
  /** Those of the session's own savepoints, outermost first; null until there is one. */
  savepoints: Savepoint[] | null;
}

/** @throws ArgumentError for a mode that there is not */
export function checkJoinMode(mode: string): void {
  if (joinModes.some((known) => known === mode)) return;
  throw new ArgumentError(`joinTransactionMode is one of ${joinModes.join(", ")}, not '${mode}'`);
}

export class SessionConnections<C extends SessionConnection> {
  /** The connection taken first: the only one of most sessions. */
  first: C | null = null;
  /** How many savepoints the session has set. */
  depth = 0;
  readonly #joinMode: JoinTransactionMode;
  #firstBind: object | null = null;
  /** What else is to be known of the first; null while it is just the session's own. */
  #firstOfAll: Participant<C> | null = null;
  /** The others. */
  #more: Participant<C>[] | null = null;

  constructor(joinMode: JoinTransactionMode) {
    this.#joinMode = joinMode;
  }

  /** The connection for a bind, if there is one already. */
  find(bind: object): C | null {
    if (this.#firstBind === null || this.#firstBind === bind) return this.first;
    return this.#more?.find((each) => each.bind === bind)?.connection ?? null;
  }

  /** True where there is no connection but one at most, which is the session's own. */
  get hasOnlyOwn(): boolean {
    return this.#more === null && (this.#firstOfAll === null || this.#firstOfAll.tie === "own");
  }

  /** The first connection, which the session has no more; who takes it closes it. */
  takeFirst(): C | null {
    const { first } = this;
    this.#forget();
    return first;
  }

  #forget(): void {
    this.first = null;
    this.#firstBind = null;
    this.#firstOfAll = null;
    this.#more = null;
    this.depth = 0;
  }

  get #all(): readonly Participant<C>[] {
    const bind = this.#firstBind;
    const connection = this.first;
    if (bind === null || connection === null) return [];
    this.#firstOfAll ??= { bind, connection, tie: "own", base: null, savepoints: null };
    return this.#more === null ? [this.#firstOfAll] : [this.#firstOfAll, ...this.#more];
  }

  /** Keeps a connection that a synchronous engine gave, where the session has set no savepoint. */
  own(bind: object, connection: C): C {
    if (this.#firstBind !== null) this.#keep({ bind, connection, tie: "own", base: null, savepoints: null });
    else {
      this.#firstBind = bind;
      this.first = connection;
    }
    return connection;
  }

  /** The connection for a bind; a new one is set up as the others are. */
  *connect(bind: BindOf<C>): SessionFlow<C> {
    const known = this.find(bind);
    if (known !== null) return known;
    const participant = "perform" in bind ? yield* this.#join(bind) : yield* this.#take(bind);
    const { connection } = participant;
    try {
      for (let level = 0; level < this.depth; level++) {
        (participant.savepoints ??= []).push(yield* call(() => connection.beginNested()));
      }
    } catch (error) {
      if (participant.tie === "own") yield* call(() => connection.close());
      throw error;
    }
    this.#keep(participant);
    return connection;
  }

  *#take(bind: SessionEngine<C>): SessionFlow<Participant<C>> {
    const connection = yield* call(() => bind.connect());
    return { bind, connection, tie: "own", base: null, savepoints: null };
  }

  *#join(connection: C): SessionFlow<Participant<C>> {
    const mode = this.#joinMode;
    let tie: Tie;
    if (!connection.inTransaction) tie = "begun";
    else if (mode !== "conditional_savepoint") tie = mode;
    else tie = connection.inNestedTransaction ? "create_savepoint" : "rollback_only";
    const base = tie === "create_savepoint" ? yield* call(() => connection.beginNested()) : null;
    return { bind: connection, connection, tie, base, savepoints: null };
  }

  #keep(participant: Participant<C>): void {
    if (this.#firstBind === null) {
      this.#firstOfAll = participant;
      this.#firstBind = participant.bind;
      this.first = participant.connection;
    } else (this.#more ??= []).push(participant);
  }

  /** Sets a savepoint on every connection, and on those to come. */
  *savepoint(): SessionFlow<void> {
    for (const each of this.#all) (each.savepoints ??= []).push(yield* call(() => each.connection.beginNested()));
    this.depth += 1;
  }

  /** Keeps what was done since the innermost savepoint. */
  *release(): SessionFlow<void> {
    this.#requireSavepoint();
    for (const { savepoints } of this.#all) {
      const innermost = savepoints?.at(-1);
      if (innermost !== undefined) yield* call(() => innermost.commit());
      savepoints?.pop();
    }
    this.depth -= 1;
  }

  /** Undoes what was done since the innermost savepoint, which ends. */
  *rollbackSavepoint(): SessionFlow<void> {
    this.#requireSavepoint();
    yield* this.#undoInnermost();
    for (const { savepoints } of this.#all) savepoints?.pop();
    this.depth -= 1;
  }

  #requireSavepoint(): void {
    if (this.depth === 0) throw new InvalidRequestError("This savepoint has ended");
  }

  /** After an error: undoes what was done since the innermost savepoint, or all; the handles end later. */
  *undo(): SessionFlow<void> {
    if (this.depth > 0) yield* this.#undoInnermost();
    else yield* everyOne(this.#all, rollBack);
  }

  *#undoInnermost(): SessionFlow<void> {
    yield* everyOne(this.#all, function* ({ savepoints }) {
      const innermost = savepoints?.at(-1);
      if (innermost?.isActive === true) yield* call(() => innermost.rollback());
    });
  }

  /** Commits everywhere; where one fails, those after it are not asked. The caller rolls back then. */
  *commit(): SessionFlow<void> {
    const { first } = this;
    if (first === null) return;
    if (this.hasOnlyOwn) {
      yield { call: () => first.commit() };
      this.#forget();
      yield { call: () => first.close() };
      return;
    }
    for (const { connection, tie, base, savepoints } of this.#all) {
      if (endsWithCommit.has(tie)) yield* call(() => connection.commit());
      else if (base !== null && base.isActive) yield* call(() => base.commit());
      else for (const savepoint of savepoints?.toReversed() ?? []) yield* call(() => savepoint.commit());
    }
    yield* this.#leave(close);
  }

  /** Rolls back everywhere and gives the connections back. */
  *rollback(): SessionFlow<void> {
    yield* this.#leave(function* (participant) {
      try {
        yield* rollBack(participant);
      } finally {
        yield* close(participant);
      }
    });
  }

  /** Gives the connections back, which rolls back what was not committed; an outer transaction is left to its owner. */
  *close(): SessionFlow<void> {
    yield* this.#leave(function* (participant) {
      const { connection, tie, base } = participant;
      if (base?.isActive === true) yield* call(() => base.rollback());
      else if (endsWithClose.has(tie)) yield* call(() => connection.rollback());
      yield* close(participant);
    });
  }

  /** Cuts the session's own connections, which nobody uses again, and gives them back. */
  *invalidate(): SessionFlow<void> {
    this.cut();
    yield* this.#leave(close);
  }

  /** Cuts the session's own connections, whatever they do. */
  cut(): void {
    for (const { tie, connection } of this.#all) if (tie === "own") connection.invalidate?.();
  }

  /** Ends with every participant; the session has no connection afterwards, whatever failed. */
  *#leave(end: (participant: Participant<C>) => SessionFlow<void>): SessionFlow<void> {
    const all = this.#all;
    this.#forget();
    yield* everyOne(all, end);
  }
}

function* rollBack<C extends SessionConnection>({ connection, base }: Participant<C>): SessionFlow<void> {
  if (base === null) yield* call(() => connection.rollback());
  else if (base.isActive) yield* call(() => base.rollback());
}

function* close<C extends SessionConnection>({ connection, tie }: Participant<C>): SessionFlow<void> {
  if (tie === "own") yield* call(() => connection.close());
}

/** Does it for all, whichever of them fails; the first error is thrown afterwards. */
function* everyOne<C extends SessionConnection>(
  participants: readonly Participant<C>[],
  work: (participant: Participant<C>) => SessionFlow<void>,
): SessionFlow<void> {
  const errors: unknown[] = [];
  for (const each of participants) {
    try {
      yield* work(each);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
