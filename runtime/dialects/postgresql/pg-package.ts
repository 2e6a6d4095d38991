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
    destroy(): void;
  };
  /** Statements that the server knows under a name: filled by pg when the server has parsed one. */
  parsedStatements: Record<string, string | undefined>;
  parse(message: { readonly name: string; readonly text: string }): void;
  bind(message: {
    readonly portal: string;
    readonly statement: string;
    readonly values: readonly (string | Buffer | null)[];
  }): void;
  describe(message: { readonly type: "P"; readonly name: string }): void;
  execute(message: { readonly portal: string; readonly rows: number }): void;
  close(message: { readonly type: "P" | "S"; readonly name: string }): void;
  sync(): void;
  query(text: string): void;
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
  connect(): Promise<unknown>;
  query(submittable: object): unknown;
  end(): Promise<void>;
  getTransactionStatus(): "I" | "T" | "E" | null;
  getStartupConf(): Record<string, string>;
  on(event: "error" | "end", listener: (error?: Error) => void): void;
}

/** What pg calls on a query while its answer arrives. */
export interface PgQuery {
  name: string | undefined;
  text: string | undefined;
}

export interface PgPackage {
  readonly Client: new (configuration: object) => PgClient;
  readonly Connection: new (configuration: object) => PgConnection;
  readonly Query: new (configuration: object) => PgQuery;
}
