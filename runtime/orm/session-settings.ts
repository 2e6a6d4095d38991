// What a session is made from: an engine or connection, or options with the databases and how to behave.
import { ArgumentError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import { behaviourOf, type BehaviourOptions, type SessionBehaviour } from "./session-behaviour.js";
import { type BindChoice, type BindPairs, SessionBinds } from "./session-binds.js";
import type { BindOf, SessionConnection } from "./session-connections.js";

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
  /** The one database, where no other is ever asked. */
  readonly only: BindOf<C> | null;
  readonly several: SessionBinds<BindOf<C>> | null;
  readonly behaviour: SessionBehaviour;
  readonly info: Readonly<Record<string, unknown>> | undefined;
}

const optionNames: ReadonlySet<string> = new Set([
  "bind",
  "binds",
  "getBind",
  "info",
  "autoflush",
  "expireOnCommit",
  "autobegin",
  "joinTransactionMode",
  "closeResetsOnly",
]);

/** @throws ArgumentError where there is no database, or an option that there is not */
export function readSettings<C extends SessionConnection>(
  target: BindOf<C> | SettingsOf<C>,
  further: Omit<SettingsOf<C>, "bind"> | undefined,
  usual: SessionBehaviour,
): Settings<C> {
  if (!isBind(target)) return settingsOf<C>({ ...target, ...further }, usual);
  const { binds, getBind } = checkNames<C>(further ?? {});
  const behaviour = behaviourOf(further ?? {}, usual);
  // The usual case, made often: one database and how to behave.
  if (binds === undefined && getBind === undefined)
    return { only: target, several: null, behaviour, info: further?.info };
  return settingsOf<C>({ ...further, bind: target }, usual);
}

/** Told apart by what a bind has and options have not. */
export function isBind<C extends SessionConnection>(target: BindOf<C> | SettingsOf<C>): target is BindOf<C> {
  return typeof target === "object" && target !== null && "request" in target;
}

function checkNames<C extends SessionConnection>(options: SettingsOf<C>): SettingsOf<C> {
  for (const name in options) {
    if (optionNames.has(name) || !Object.hasOwn(options, name)) continue;
    throw new ArgumentError(`A session has no option '${name}': it takes ${[...optionNames].join(", ")}`);
  }
  return options;
}

function settingsOf<C extends SessionConnection>(options: SettingsOf<C>, usual: SessionBehaviour): Settings<C> {
  const { bind, binds, getBind, info } = checkNames<C>(options);
  const behaviour = behaviourOf(options, usual);
  const isMissing = bind === undefined && (binds !== undefined || getBind !== undefined);
  if (!isMissing && typeof bind?.request !== "function") {
    throw new ArgumentError(`A session takes an engine (or { bind: engine, … }), got ${describeValue(bind)}`);
  }
  if (binds === undefined && getBind === undefined) return { only: bind ?? null, several: null, behaviour, info };
  return { only: null, several: new SessionBinds(bind ?? null, binds ?? [], getBind), behaviour, info };
}
