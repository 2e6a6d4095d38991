// `npm run demo`: from the schema in `schemas/` to a running unit of work on SQLite, with every statement shown.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, func, insert, inspect, select, Session, text } from "athanor";
import * as schema from "../generated/index.js";
import { Address, findUserByEmail, Group, User } from "../generated/index.js";

const colour = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
const paint = (code: number, words: string): string => (colour ? `\u001b[${code}m${words}\u001b[0m` : words);

let chapter = 0;
/** A heading: what happens next, in one sentence. */
function title(words: string): void {
  chapter += 1;
  console.log(`\n${paint(1, `${chapter}. ${words}`)}`);
}
/** A line of code and what it gives. */
function show(code: string, value: unknown): void {
  console.log(`${paint(36, code)}  →`, value);
}

const folder = mkdtempSync(join(tmpdir(), "athanor-demo-"));
const engine = createEngine({
  url: `sqlite:///${join(folder, "shop.db")}`,
  echo: true,
  logger: (line: string) => console.log(paint(2, line)),
});

title("Six of the schema's tables, created in the order that their foreign keys ask for");
const { userAccount, address: addressTable, profile, membership, appGroup, order } = schema;
const tables = [userAccount, addressTable, profile, membership, appGroup, order];
schema.metadata.createAll(engine, { tables, checkFirst: false }); // the file is new: nothing to look for

title("Core: a transaction, one statement, many parameter sets");
engine.begin((connection) => {
  connection.execute(insert(Group), [{ name: "cooks" }, { name: "fry cooks" }]);
});
engine.connect((connection) => {
  const statement = text<{ id: number; name: string }>("SELECT id, name FROM app_group WHERE name LIKE :pattern");
  for (const row of connection.execute(statement, { pattern: "%cooks" })) console.log(`group ${row.id} is ${row.name}`);
});

title("New objects enter the session: nothing is sent yet");
const session = new Session(engine);
const squidward = new User({ name: "squidward", fullname: "Squidward Tentacles" });
const krabs = new User({ name: "ehkrabs", fullname: "Eugene H. Krabs", email: "krabs@krustykrab.com" });
session.addAll([squidward, krabs]);
show("squidward.id", squidward.id);
show("session.new", session.new);

title("flush() writes them, alike rows in one statement, and the keys come back");
session.flush();
show("squidward.id", squidward.id);
show("session.get(User, squidward.id) === squidward", session.get(User, squidward.id) === squidward);

title("Change an attribute: the UPDATE names that column alone");
squidward.fullname = "Squidward Q. Tentacles";
show("session.dirty", session.dirty);
session.commit();

title("Both sides of a relationship are in step before anything is flushed");
const pearl = new User({ name: "pkrabs", email: "pearl@krustykrab.com" });
pearl.addresses.push(new Address({ emailAddress: "pearl.krabs@gmail.com" }));
const address = new Address({ emailAddress: "pearl@aol.com", user: pearl });
show("address.user === pearl", address.user === pearl);
show("pearl.addresses", pearl.addresses);

title("Adding the parent adds what hangs on it, and the flush orders them by dependency");
session.add(pearl);
show("session.has(address)", session.has(address));
session.commit();

title("After a commit everything is fresh: one SELECT at the first look, none at the second");
show("pearl.addresses", pearl.addresses);
show("pearl.addresses.length", pearl.addresses.length);

title("Typed queries: rows by name and by position, entities, and finders for every unique key");
const counts = select(User.name, func.count(Address.id).label("addresses"))
  .outerJoin(User.addresses)
  .groupBy(User.name)
  .orderBy(User.name);
for (const row of session.execute(counts)) console.log(`${row.name} has ${row.addresses} addresses`);
show("findUserByEmail(…)", session.scalars(findUserByEmail("pearl@krustykrab.com")).one());

title("The states of an object");
const states = (user: User): string => {
  const { transient, pending, persistent, deleted, detached } = inspect(user);
  const all = Object.entries({ transient, pending, persistent, deleted, detached });
  return all.flatMap(([name, holds]) => (holds ? [name] : [])).join(", ");
};
const patrick = new User({ name: "patrick" });
show("a new user is", states(patrick));
session.add(patrick);
show("added, it is", states(patrick));
session.flush();
show("flushed, it is", states(patrick));
session.rollback();
show("rolled back, it is", states(patrick));

title("expire() forgets, the next look reloads");
session.expire(pearl);
show("pearl.name", pearl.name);

title("Deleting the parent deletes its children first");
session.delete(pearl);
session.commit();
show("inspect(pearl).detached", inspect(pearl).detached);
show("addresses left", session.scalars(select(func.count(Address.id))).one());

session.close();
engine.dispose();
rmSync(folder, { recursive: true });
