// What this package uses of pg, written down because the package's own types leave out most of it.

/** A server's message with rows' columns. */
export interface PgField {
  readonly name: string;
  readonly dataTypeID: number;
}

/** The protocol's messages, as functions that write them to the socket. */
export interface PgConnection {
  readonly stream: {
    readonly writable: boolean;
    cork(): void;
    uncork(): void;
    write(messages: Buffer): void;
    destroy(): void;
  };
  /** What the program itself prepared by a name, over pg's own way. */
  parsedStatements: Record<string, string | undefined>;
  sync(): void;
  cancel(processId: number, secretKey: number): void;
  requestSsl(): void;
  sendCopyFail(message: string): void;
  end(): void;
  connect(portOrPath: number | string, host?: string): void;
  on(event: string, listener: (...values: never[]) => void): void;
  once(event: string, listener: (...values: never[]) => void): void;
  removeListener(event: string, listener: (...values: never[]) => void): void;
}

export interface PgClient {
  readonly connection: PgConnection;
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean | object;
  readonly processID: number | null;
  readonly secretKey: number | null;
  /** True where queries are written before those ahead of them are answered; pg's versions that cannot ignore it. */
  pipeline: boolean;
  connect(): Promise<unknown>;
  query(submittable: object): unknown;
  end(): Promise<void>;
  getTransactionStatus(): "I" | "T" | "E" | null;
  getStartupConf(): Record<string, string>;
  on(event: "error" | "end", listener: (error?: Error) => void): void;
}

/** What pg is handed, and what it calls while the answer arrives. */
export interface PgQuery {
  submit(connection: PgConnection): unknown;
}

export interface PgPackage {
  readonly Client: new (configuration: object) => PgClient;
  readonly Connection: new (configuration: object) => PgConnection;
  readonly Query: new (text: string) => PgQuery;
}
