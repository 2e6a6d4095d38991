// `session.stream(…)`: the rows of a query as they come, with objects of the session in them.
import { AsyncStream, type StreamReader, streamWasRead } from "../engine/async-stream.js";
import type { ExecutionOptions } from "../engine/execution-options.js";
import type { SqlRow } from "../engine/execution.js";
import type { RowShape } from "../engine/row.js";
import { InvalidRequestError } from "../errors/errors.js";
import type { SelectNode } from "../sql/ast/nodes.js";
import type { Executable } from "../sql/typing.js";
import type { AsyncSessionCore } from "./async-session-core.js";
import { ofColumns, statementOf } from "./execute-in-session.js";
import { prepareLoad, readLoad } from "./load/load-rows.js";
import type { GivenValues } from "./load/row-reader.js";
import { hasEntities, shapeOf } from "./load/session-load.js";

/** How a stream is read: `yieldPer` rows at a time, within these limits. */
export type StreamOptions = Pick<ExecutionOptions, "yieldPer" | "timeoutMs" | "signal" | "deadline">;

interface Portion {
  readonly rows: readonly SqlRow[];
  readonly shape: RowShape;
}

/** A stream of the statement's rows, on the connection of the session's transaction. */
export function streamInSession<R, F>(
  core: AsyncSessionCore,
  statement: Executable<R, F>,
  parameters: GivenValues | undefined,
  options: StreamOptions,
): AsyncStream<R, F> {
  return new AsyncStream<R, F>(new SessionReader(core, statement, parameters, options));
}

class SessionReader implements StreamReader {
  readonly #core: AsyncSessionCore;
  readonly #statement: unknown;
  readonly #parameters: GivenValues | undefined;
  readonly #options: StreamOptions;
  #begun = false;

  constructor(core: AsyncSessionCore, statement: unknown, parameters: GivenValues | undefined, options: StreamOptions) {
    this.#core = core;
    this.#statement = statement;
    this.#parameters = parameters;
    this.#options = options;
  }

  /** The session is at work until the last row is read. */
  async *portions(): AsyncIterableIterator<Portion> {
    if (this.#begun) throw streamWasRead();
    this.#begun = true;
    const core = this.#core;
    const turn = core.occupy("stream()");
    try {
      core.requireUsable();
      const node = statementOf(this.#statement);
      if (node !== undefined && node.kind !== "text") await core.drive(core.autoflush());
      const connection = await core.drive(core.connecting(core.bindFor({ statement: node })));
      if (node?.kind === "select" && hasEntities(node)) {
        yield* this.#objects(node, (request) => connection.portions(request, this.#options));
      } else yield* connection.reader(ofColumns(this.#statement, node), this.#parameters, this.#options).portions();
    } finally {
      core.leave(turn);
    }
  }

  async *#objects(
    select: SelectNode,
    portions: (request: ReturnType<typeof prepareLoad>["request"]) => AsyncIterable<SqlRow[]>,
  ): AsyncIterableIterator<Portion> {
    const core = this.#core;
    const prepared = prepareLoad(core, select, undefined, this.#parameters);
    if (prepared.plan.repeats) {
      throw new InvalidRequestError(
        "A stream cannot join collections to its objects (joinedload), because they are complete with the last row " +
          "only: load them with session.load() afterwards",
      );
    }
    const shape = shapeOf(prepared);
    for await (const rows of portions(prepared.request)) {
      const loaded = readLoad(core, prepared, { rows, rowCount: rows.length, lastInsertId: null });
      const [waiting] = loaded.waiting;
      if (waiting !== undefined) throw needsStatements(String(waiting.branch.relationship));
      yield { rows: loaded.objects?.map((object) => [object]) ?? loaded.rows, shape };
    }
  }
}

function needsStatements(relationship: string): InvalidRequestError {
  return new InvalidRequestError(
    `A stream cannot load ${relationship} by further SELECTs, because its connection is at work until the last row: ` +
      `take it out with options(lazyload(${relationship})), and session.load() it afterwards`,
  );
}
