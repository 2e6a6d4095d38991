// What a test file is told when it asks for a database server.

/** The protocols that servers are asked for by. */
export type ServerName = "postgresql" | "mysql";

export type ServerReply =
  | {
      readonly url: string;
      /** Where the server came from, for people. */
      readonly origin: string;
    }
  /** Why there is none, and what to do about it. */
  | { readonly missing: string };

declare module "vitest" {
  export interface ProvidedContext {
    readonly databaseBroker: string;
  }
}
