// A fresh in-memory database for each test: its engine, a session, and what was sent to it.
import { createEngine, type Engine, type MetaData, Session, type SessionOptions } from "athanor";

export interface TestDatabase extends Disposable {
  readonly engine: Engine;
  readonly session: Session;
  /** Statements since the last call, each on one line with its parameters; BEGIN, COMMIT and the like as they are. */
  sent(): string[];
}

/** Creates the tables and starts listening. */
export function openDatabase(metadata: MetaData, options: Omit<SessionOptions, "bind"> = {}): TestDatabase {
  const lines: string[] = [];
  const engine = createEngine("sqlite:///:memory:", { echo: true, logger: (line: string) => void lines.push(line) });
  metadata.createAll(engine);
  lines.length = 0;
  const session = new Session(engine, options);
  return {
    engine,
    session,
    sent: () => statementsIn(lines.splice(0)),
    [Symbol.dispose]() {
      session.close();
      engine.dispose();
    },
  };
}

function statementsIn(lines: readonly string[]): string[] {
  const statements: string[] = [];
  for (const line of lines) {
    const text = line.replace(/^\S+ \S+ INFO \S+ /, "");
    const parameters = /^\[[^\]]*\] (.*)$/s.exec(text)?.[1];
    if (parameters === undefined) statements.push(text.replace(/\s+/g, " ").trim());
    else statements.push(`${statements.pop() ?? ""} ${parameters}`);
  }
  return statements;
}

/** The writes among the statements. */
export function writesIn(statements: readonly string[]): string[] {
  return statements.filter((statement) => /^(INSERT|UPDATE|DELETE)/.test(statement));
}
