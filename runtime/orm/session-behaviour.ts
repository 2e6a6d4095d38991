// How a session behaves: its options beside the databases, with what holds where they are left out.
import { checkJoinMode, type JoinTransactionMode } from "./session-connections.js";

/** How a session behaves; everything may be left out. */
export interface BehaviourOptions {
  /** Write pending changes before each query; true where not given. */
  readonly autoflush?: boolean | undefined;
  /** Read objects anew after each commit: true where not given, false on the asynchronous face. */
  readonly expireOnCommit?: boolean | undefined;
  /** Begin a transaction when it is first needed; with false, `begin()` has to be called. True where not given. */
  readonly autobegin?: boolean | undefined;
  /** What becomes of a transaction that is open on the connection given as `bind`; `conditional_savepoint`. */
  readonly joinTransactionMode?: JoinTransactionMode | undefined;
  /** With false, a closed session cannot be used again; true where not given. */
  readonly closeResetsOnly?: boolean | undefined;
}

export type SessionBehaviour = {
  readonly [K in keyof BehaviourOptions]-?: Exclude<BehaviourOptions[K], undefined>;
};

/** The synchronous face's. */
export const usualBehaviour: SessionBehaviour = Object.freeze({
  autoflush: true,
  expireOnCommit: true,
  autobegin: true,
  joinTransactionMode: "conditional_savepoint",
  closeResetsOnly: true,
});

/** The asynchronous face's, where nothing can be read anew at access. */
export const asyncBehaviour: SessionBehaviour = Object.freeze({ ...usualBehaviour, expireOnCommit: false });

/**
 * Options over what usually holds.
 * @throws ArgumentError for a joinTransactionMode that there is not
 */
export function behaviourOf(options: BehaviourOptions, usual: SessionBehaviour): SessionBehaviour {
  const {
    autoflush = usual.autoflush,
    expireOnCommit = usual.expireOnCommit,
    autobegin = usual.autobegin,
    joinTransactionMode = usual.joinTransactionMode,
    closeResetsOnly = usual.closeResetsOnly,
  } = options;
  checkJoinMode(joinTransactionMode);
  return { autoflush, expireOnCommit, autobegin, joinTransactionMode, closeResetsOnly };
}
