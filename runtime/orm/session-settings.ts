// What a session is made from: an engine or connection, or options with the databases and how to behave.
import { ArgumentError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import { behaviourOf, type BehaviourOptions, type SessionBehaviour } from "./session-behaviour.js";
import { type BindChoice, type BindPairs, SessionBinds } from "./session-binds.js";
import type { BindOf, SessionConnection } from "./session-connections.js";
import type { SessionDatabases } from "./session-transactions.js";

/** How a session behaves, and the databases it works on; at least one has to be named. */
export interface SettingsOf<C extends SessionConnection> extends BehaviourOptions {
  /** The engine whose connections it uses, or a connection whose transaction it joins. */
  readonly bind?: BindOf<C> | undefined;
  /** Classes and tables with databases of their own. */
  readonly binds?: BindPairs<BindOf<C>> | undefined;
  /** Chooses the database for a class or a statement, before the others are asked. */
  readonly getBind?: BindChoice<BindOf<C>> | undefined;
  /** Whatever the program wants to keep with the session. */
  readonly info?: Readonly<Record<string, unknown>> | undefined;
}

interface Settings<C extends SessionConnection> {
  readonly databases: SessionDatabases<C>;
  readonly behaviour: SessionBehaviour;
  readonly info: Readonly<Record<string, unknown>> | undefined;
}

const optionNames: readonly string[] = [
  "bind",
  "binds",
  "getBind",
  "info",
  "autoflush",
  "expireOnCommit",
  "autobegin",
  "joinTransactionMode",
  "closeResetsOnly",
];

const nothing: object = {};

/** @throws ArgumentError where there is no database, or an option that there is not */
export function readSettings<C extends SessionConnection>(
  target: BindOf<C> | SettingsOf<C>,
  further: Omit<SettingsOf<C>, "bind">,
  usual: SessionBehaviour,
): Settings<C> {
  const isBind = "request" in (target ?? nothing);
  // Told apart by what a bind has and options have not.
  const bind = (isBind ? target : (target as SettingsOf<C> | undefined)?.bind) as BindOf<C> | undefined;
  // As above.
  const given: SettingsOf<C> = isBind ? further : { ...(target as SettingsOf<C>), ...further };
  if (isBind && Object.keys(further).length === 0) {
    return { databases: databasesOf(bind, given), behaviour: usual, info: undefined };
  }
  for (const name of Object.keys(given)) {
    if (optionNames.includes(name)) continue;
    throw new ArgumentError(`A session has no option '${name}': it takes ${optionNames.join(", ")}`);
  }
  return { databases: databasesOf(bind, given), behaviour: behaviourOf(given, usual), info: given.info };
}

function databasesOf<C extends SessionConnection>(
  bind: BindOf<C> | undefined,
  { binds, getBind }: SettingsOf<C>,
): SessionDatabases<C> {
  if (typeof bind?.request !== "function" && (bind !== undefined || (binds === undefined && getBind === undefined))) {
    throw new ArgumentError(`A session takes an engine (or { bind: engine, … }), got ${describeValue(bind)}`);
  }
  if (binds === undefined && getBind === undefined) return { only: bind ?? null, several: null };
  return { only: null, several: new SessionBinds(bind ?? null, binds ?? [], getBind) };
}
