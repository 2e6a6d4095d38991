// What a flush writes lies in the database in its column's own form, though integers are sent as the driver's numbers.
import { text } from "athanor";
import { expect, it } from "vitest";
import { metadata, Person, Skill } from "./models/index.js";
import { openDatabase } from "./support/database.js";

it("stores whole numbers as integers, in one row and in many", () => {
  using database = openDatabase(metadata);
  const { session } = database;
  session.add(new Person({ id: 40, name: "one" }));
  session.flush();
  session.addAll(Array.from({ length: 25 }, (_, index) => new Person({ id: index, name: "many" })));
  session.commit();
  const people = session.execute(text("SELECT DISTINCT typeof(id) FROM person")).tuples().all();
  expect(people).toEqual([["integer"]]);
  expect(session.get(Person, 24)?.name).toBe("many");
});

it("updates them as integers, one by one and from a list of values", () => {
  using database = openDatabase(metadata);
  const { session } = database;
  const skills = Array.from({ length: 25 }, (_, index) => new Skill({ name: `skill ${index}`, score: 0 }));
  session.addAll(skills);
  session.commit();
  for (const skill of skills) skill.score += 7;
  session.flush();
  for (const skill of skills.slice(0, 2)) skill.score += 1;
  session.commit();
  const scores = session.execute(text("SELECT typeof(score), sum(score) FROM skill GROUP BY 1")).tuples().all();
  expect(scores).toEqual([["integer", 25 * 7 + 2]]);
});
