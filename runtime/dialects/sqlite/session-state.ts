// What a borrower of a SQLite connection may leave behind, and how the connection goes back to what it was.
import type { SyncDriverConnection } from "../driver.js";
import { quoteSqliteIdentifier } from "./identifiers.js";

type Preparing = Pick<SyncDriverConnection, "prepare">;

/** What a connection is when nobody has used it yet. */
export interface SessionState {
  /** Databases that are attached, `main` and `temp` among them. */
  readonly attached: ReadonlySet<string>;
  readonly queryOnly: boolean;
  readonly foreignKeys: boolean;
}

export const NEW_SESSION: SessionState = {
  attached: new Set(["main", "temp"]),
  queryOnly: false,
  foreignKeys: true,
};

/** What the connection is now. */
export function sessionState(connection: Preparing): SessionState {
  return {
    attached: new Set(["temp", ...attachedTo(connection)]),
    queryOnly: isOn(connection, "query_only"),
    foreignKeys: isOn(connection, "foreign_keys"),
  };
}

/** Drops temporary tables and views, detaches databases and sets back what decides over writing. */
export function resetSession(connection: Preparing, state: SessionState): void {
  run(connection, "PRAGMA query_only = OFF");
  run(connection, `PRAGMA foreign_keys = ${state.foreignKeys ? "ON" : "OFF"}`);
  for (const [type, name] of connection.prepare("SELECT type, name FROM sqlite_temp_schema").all([], false)) {
    if (type === "table" || type === "view")
      run(connection, `DROP ${type} temp.${quoteSqliteIdentifier(String(name))}`);
  }
  for (const name of attachedTo(connection)) {
    if (!state.attached.has(name)) run(connection, `DETACH ${quoteSqliteIdentifier(name)}`);
  }
  if (state.queryOnly) run(connection, "PRAGMA query_only = ON");
}

function attachedTo(connection: Preparing): readonly string[] {
  return connection
    .prepare("PRAGMA database_list")
    .all([], false)
    .map(([, name]) => String(name));
}

function isOn(connection: Preparing, pragma: string): boolean {
  return connection.prepare(`PRAGMA ${pragma}`).all([], false)[0]?.[0] === 1;
}

function run(connection: Preparing, sql: string): void {
  const statement = connection.prepare(sql);
  if (statement.returnsRows) statement.all([], false);
  else statement.run([]);
}
