// A fresh in-memory shop for each test: its session, and the SELECTs and writes that were sent.
import { createEngine, type Engine, Session } from "athanor";
import { Address, Group, metadata, Note, Profile, User } from "./models/index.js";

export interface Shop {
  readonly engine: Engine;
  readonly session: Session;
  /** What was sent since the last call, parameters behind the text; without transaction control. */
  sent(): string[];
}

export function openShop(options: { autoflush?: boolean; expireOnCommit?: boolean } = {}): Shop {
  const lines: string[] = [];
  const logger = (line: string): void => void lines.push(line.replace(/^\S+ \S+ INFO \S+ /, ""));
  const engine = createEngine("sqlite://", { echo: true, logger });
  metadata.createAll(engine);
  lines.length = 0;
  return {
    engine,
    session: new Session({ bind: engine, ...options }),
    sent() {
      const statements: string[] = [];
      for (const line of lines.splice(0)) {
        const parameters = /^\[(?:generated|cached|raw|no key)[^\]]*\] (.*)$/s.exec(line)?.[1];
        if (parameters === undefined) statements.push(line);
        else if (parameters !== "[]") statements.push(`${statements.pop() ?? ""} ${parameters}`);
      }
      return statements.filter((each) => !/^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)/.test(each));
    },
  };
}

/** Two users: ann has two addresses, a profile and two groups; bob shares one of them and has a note. */
export function fill(session: Session): { ann: User; bob: User } {
  const cooks = new Group({ title: "cooks" });
  const ann = new User({
    name: "ann",
    addresses: [new Address({ emailAddress: "a1" }), new Address({ emailAddress: "a2" })],
    groups: [cooks, new Group({ title: "divers" })],
    profile: new Profile({ bio: "sails" }),
  });
  const bob = new User({ name: "bob", groups: [cooks], notes: [new Note({ body: "n1" })] });
  session.add(ann);
  session.add(bob);
  session.commit();
  return { ann, bob };
}
