// Sessions on copies of one engine whose tables lie in schemas of their own: one mapping, several tenants.
import { expect, test } from "vitest";
import { createEngine, select, Session, text } from "athanor";
import { metadata, Person } from "./models/index.js";

test("a session writes, gets, asks and deletes in its engine's schema, and never in another's", () => {
  using engine = createEngine("sqlite://");
  const tenants = ["north", "south"].map((name) => {
    engine.connect((connection) => connection.execDriverSql(`ATTACH ':memory:' AS ${name}`));
    const copy = engine.executionOptions({ schemaTranslateMap: { "": name } });
    metadata.createAll(copy);
    return { name, copy };
  });
  for (const { name, copy } of [...tenants, ...tenants]) {
    using session = new Session(copy);
    session.add(new Person({ name }));
    session.commit();
    for (const person of session.scalars(select(Person))) if (person.name === name) person.name += "!";
    session.commit();
  }
  for (const { name, copy } of [...tenants, ...tenants]) {
    using session = new Session(copy);
    expect(session.get(Person, 1)?.name).toBe(`${name}!`);
    const people = session.scalars(select(Person)).all();
    expect(people.map((person) => person.name)).toEqual([`${name}!`, `${name}!`]);
  }
  const [first] = tenants;
  if (first === undefined) return expect.unreachable();
  using session = new Session(first.copy);
  for (const person of session.scalars(select(Person).where(Person.id.eq(1)))) session.delete(person);
  session.commit();
  const counts = tenants.map(({ name }) =>
    engine.connect((connection) => connection.scalar(text(`SELECT count(*) FROM ${name}.person`))),
  );
  expect(counts).toEqual([1, 2]);
});
