// One connection of mysql2's behind the engine's driver contract: statements by the binary protocol, what cannot be
// prepared as plain text without values, and a record of the transaction that the server's answers tell.
import { DisconnectError } from "../../errors/errors.js";
import type { AsyncDriverConnection, AsyncExecution, AsyncReply } from "../driver.js";
import type { DatabaseUrl } from "../url.js";
import { errorNumber, INTERRUPTED, isConnectionLoss } from "./errors.js";
import type { Mysql2Connection, Mysql2Package, Mysql2Result } from "./mysql2-package.js";
import { replyOf, ResultFields } from "./reply.js";
import { RowPortions } from "./row-portions.js";
import { ASK_SERVER, type Server, serverOf, sessionStatement } from "./server.js";
import { afterError, type TransactionStatus, statusOf } from "./transaction-status.js";
import { checkLength, wireValues } from "./wire-values.js";

/** Statements that not every server can prepare, or for which preparing is a round trip for nothing. */
const NOT_PREPARED = new RegExp(
  "^\\s*(?:alter|begin|commit|create|drop|flush|grant|kill|lock|release|rename|revoke|rollback|savepoint|set|start|" +
    "truncate|unlock|use|xa)\\b",
  "i",
);

/** The server's number for a statement that it cannot prepare. */
const UNSUPPORTED_PREPARE = 1295;

export class MysqlConnection implements AsyncDriverConnection {
  readonly #mysql2: Mysql2Package;
  readonly #options: Readonly<Record<string, unknown>>;
  readonly #settings: ReadonlyMap<string, string | number>;
  readonly #connection: Mysql2Connection;
  readonly #closed: Promise<void>;
  #server: Server = { isMariadb: false, version: "", maxPacket: Number.MAX_SAFE_INTEGER };
  #transaction: TransactionStatus = "none";
  #broken = false;
  /** True once anything ran that a borrower may have left its mark with. */
  #used = false;
  /** A stream that was begun and neither read to its end nor ended: nothing else can run before. */
  #stream: RowPortions | null = null;
  /** Rejects the call that waits: mysql2 forgets it when the socket is cut from this side. */
  #abandon: ((error: Error) => void) | null = null;

  /** Starts connecting; `open` waits for it. */
  constructor(
    mysql2: Mysql2Package,
    options: Readonly<Record<string, unknown>>,
    settings: ReadonlyMap<string, string | number>,
  ) {
    this.#mysql2 = mysql2;
    this.#options = options;
    this.#settings = settings;
    this.#connection = mysql2.createConnection({ ...options });
    // Without a listener, a connection that dies while idle would end the process.
    this.#connection.on("error", (error) => this.#lose(error));
    this.#connection.on("end", () => {
      this.#broken = true;
    });
    this.#closed = new Promise((resolve) => {
      this.#connection.stream.on("close", () => {
        this.#lose(new DisconnectError("(mysql2) the connection was closed"));
        resolve();
      });
    });
  }

  /** Waits for the server, checks that it is what the URL's dialect says and makes the session. */
  async open(dialect: "mysql" | "mariadb", url: DatabaseUrl): Promise<void> {
    await this.#call<void>((settle) => this.#connection.connect((error) => settle(error)));
    const { rows } = await this.#text(ASK_SERVER);
    this.#server = serverOf(rows[0], dialect, url);
    await this.#text(sessionStatement(this.#server, this.#settings));
  }

  get serverId(): number | null {
    return this.#connection.threadId;
  }

  get transaction(): TransactionStatus {
    return this.#broken ? "unknown" : this.#transaction;
  }

  get broken(): boolean {
    return this.#broken;
  }

  async execute({ sql, parameters, prepare }: AsyncExecution): Promise<AsyncReply> {
    if (this.#stream !== null) await this.#endStream();
    this.#used = true;
    try {
      if (parameters.length === 0 && NOT_PREPARED.test(sql)) return await this.#text(sql);
      try {
        return await this.#prepared(sql, parameters, prepare);
      } catch (error) {
        if (parameters.length > 0 || errorNumber(error) !== UNSUPPORTED_PREPARE) throw error;
        return await this.#text(sql);
      }
    } catch (error) {
      this.#transaction = afterError(this.#transaction, sql, errorNumber(error));
      throw error;
    }
  }

  get native(): unknown {
    this.#used = true;
    return this.#connection;
  }

  stream({ sql, parameters, prepare }: AsyncExecution, portionSize: () => number): RowPortions {
    this.#used = true;
    this.#checkText(sql);
    const values = wireValues(parameters, this.#mysql2, this.#server.maxPacket);
    const portions = new RowPortions({
      connection: this.#connection,
      statement: { sql, values },
      portionSize,
      cancel: () => this.cancel(),
      settle: async () => {
        await this.ping().catch((error: unknown) => {
          if (errorNumber(error) !== INTERRUPTED) throw error;
        });
      },
      started: () => {
        this.#stream = portions;
      },
      finished: (error) => {
        this.#stream = null;
        if (error !== null) this.#transaction = afterError(this.#transaction, sql, errorNumber(error));
        if (isLoss(error)) this.#broken = true;
        if (!prepare && !this.#broken) this.#connection.unprepare({ sql });
      },
      onLoss: (lose) => {
        this.#abandon = lose;
      },
    });
    return portions;
  }

  /** Also finds out where an error left the transaction: the server's answer says. */
  async ping(): Promise<void> {
    await this.#endStream();
    await this.#text("DO 0");
  }

  async reset(): Promise<void> {
    await this.#endStream();
    if (!this.#used && this.#transaction === "none") return;
    // Rolls back, and forgets settings, variables, temporary tables, locks and prepared statements.
    await this.#call<void>((settle) => this.#connection.reset((error) => settle(error)));
    await this.#text(sessionStatement(this.#server, this.#settings));
    this.#used = false;
  }

  /** Settles when the server has taken the request. Rejects with the driver's error where it cannot be reached. */
  async cancel(): Promise<void> {
    const { threadId } = this.#connection;
    if (this.#broken || threadId === null) return;
    const helper = new MysqlConnection(this.#mysql2, this.#options, new Map());
    try {
      await helper.#call<void>((settle) => helper.#connection.connect((error) => settle(error)));
      await helper.#text(`KILL QUERY ${String(threadId)}`);
    } finally {
      helper.destroy();
    }
  }

  async close(): Promise<void> {
    if (!this.#broken) {
      this.#broken = true;
      this.#connection.end();
    } else this.#connection.stream.destroy();
    await this.#closed;
  }

  destroy(): void {
    this.#lose(new DisconnectError("(mysql2) the connection was cut from this side"));
    this.#connection.stream.destroy();
  }

  // ---- calls

  async #endStream(): Promise<void> {
    await this.#stream?.return();
  }

  async #prepared(sql: string, parameters: readonly unknown[], keep: boolean): Promise<AsyncReply> {
    this.#checkText(sql);
    const values = wireValues(parameters, this.#mysql2, this.#server.maxPacket);
    const fields = new ResultFields();
    const statement = { sql, values };
    try {
      const result = await this.#call<Mysql2Result>((settle) => {
        this.#connection.execute(statement, settle).on("fields", fields.take);
      });
      return this.#reply(result, fields);
    } finally {
      // The server keeps as many statements as it is told to, and forgets none by itself.
      if (!keep && !this.#broken) this.#connection.unprepare({ sql });
    }
  }

  /** A statement without values, in plain text. */
  async #text(sql: string): Promise<AsyncReply> {
    this.#checkText(sql);
    const fields = new ResultFields();
    const result = await this.#call<Mysql2Result>((settle) => {
      this.#connection.query({ sql }, settle).on("fields", fields.take);
    });
    return this.#reply(result, fields);
  }

  #reply(result: Mysql2Result, fields: ResultFields): AsyncReply {
    this.#transaction = statusOf(result) ?? this.#transaction;
    return replyOf(result, fields);
  }

  #checkText(sql: string): void {
    const { maxPacket } = this.#server;
    if (sql.length * 3 > maxPacket) checkLength(Buffer.byteLength(sql), maxPacket);
  }

  /** One call of mysql2's as a promise that settles also when the connection is lost or cut. */
  #call<T>(start: (settle: (error: Error | null, result?: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#abandon = null;
        if (isLoss(error)) this.#broken = true;
        reject(error);
      };
      this.#abandon = fail;
      start((error, result) => {
        if (error !== null) return fail(error);
        this.#abandon = null;
        // Sound: without an error mysql2 gives the result, which for `void` is not looked at.
        resolve(result as T);
      });
    });
  }

  #lose(error: Error): void {
    this.#broken = true;
    this.#abandon?.(error);
    this.#abandon = null;
  }
}

function isLoss(error: Error | null): boolean {
  return error !== null && (error instanceof DisconnectError || isConnectionLoss(error));
}
