// Generated properties along relationships of every kind, on every database: the object and the query say the same.
import { AsyncSession, createAsyncEngine, insert, select, selectinload } from "athanor";
import { afterEach, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import * as staff from "./cases/related-properties/index.js";
import { rivalry } from "./cases/related-properties/tables.js";

const { Director, Engineer, Manager, Person, Team, Tool } = staff;

/** Two teams and their people: the first has some of every class, the second has nobody. */
async function hire(session: AsyncSession): Promise<void> {
  const tools = [new Tool({ weight: 3 }), new Tool({ weight: 4 })];
  const red = new Team({
    name: "red",
    people: [
      new Person({ name: "ann", age: 59 }),
      new Person({ name: "bob", age: 70 }),
      new Manager({ name: "cyd", age: 80 }),
      new Director({ name: "dan", age: 30 }),
      new Engineer({ name: "eve", age: 35, skill: 8, tools }),
      new Engineer({ name: "fay", age: 61, skill: 5 }),
    ],
  });
  const [blue, grey, nobody] = ["blue", "grey", "nobody"].map((name) => new Team({ name }));
  session.addAll([red, ...[blue, grey, nobody].filter((team) => team !== undefined)]);
  await session.flush();
  const links = [blue, grey, nobody].map((team, index) => ({
    teamId: red.id,
    rivalId: team?.id ?? 0,
    until: index === 1 ? 1999 : null,
  }));
  await session.execute(insert(rivalry), links);
  await session.commit();
  session.expungeAll();
}

await describeEachDatabase("properties along relationships", {}, (database) => {
  afterEach(async () => {
    const engine = createAsyncEngine(database.url);
    await staff.metadata.dropAll(engine);
    await engine.dispose();
  });

  it("count and add up what the relationship leads to, and no other rows", async () => {
    const engine = createAsyncEngine(database.url);
    await staff.metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    await hire(session);
    const rows = await session.execute(
      select(
        Team.managerCount,
        Team.elderCount,
        Team.oldest,
        Team.meanSkill,
        Team.engineerYears,
        Team.rivalCount,
        Team.rivalNames,
      )
        .where(Team.name.in(["red", "blue"]))
        .orderBy(Team.id),
    );
    const answers = rows.all().map((row) => Array.from(row));
    expect(answers).toEqual([
      [2n, 4n, 80, 6, 96n, 1n, "blue"],
      [0n, 0n, null, null, null, 0n, null],
    ]);
    const teams = await session.scalars(
      select(Team)
        .where(Team.name.in(["red", "blue"]))
        .orderBy(Team.id)
        .options(
          selectinload(Team.managers),
          selectinload(Team.elders),
          selectinload(Team.engineers),
          selectinload(Team.rivals),
        ),
    );
    const objects = teams.all();
    expect(
      objects.map((team) => [
        team.managerCount,
        team.elderCount,
        team.oldest,
        team.meanSkill,
        team.engineerYears,
        team.rivalCount,
        team.rivalNames,
      ]),
    ).toEqual(answers);
    expect(objects.map((team) => team.engineerNames.toSorted())).toEqual([["eve", "fay"], []]);
    await session.close();
    await engine.dispose();
  });

  it("reach columns of a joined subclass and of its bases", async () => {
    const engine = createAsyncEngine(database.url);
    await staff.metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    await hire(session);
    const rows = await session.execute(select(Tool.ownerName, Tool.ownerDecade, Tool.ownerTeam).orderBy(Tool.id));
    const answers = rows.all().map((row) => Array.from(row));
    expect(answers).toEqual([
      ["eve", 3, "red"],
      ["eve", 3, "red"],
    ]);
    const way = selectinload(Tool.owner).selectinload(Engineer.team);
    const tools = (await session.scalars(select(Tool).orderBy(Tool.id).options(way))).all();
    expect(tools.map((tool) => [tool.ownerName, tool.ownerDecade, tool.ownerTeam])).toEqual(answers);

    const engineers = await session.execute(
      select(Engineer.id, Engineer.badge, Engineer.toolCount, Engineer.teamName).orderBy(Engineer.id),
    );
    const facts = engineers.all().map((row) => Array.from(row));
    expect(facts.map(([id, badge]) => id === badge)).toEqual([true, true]);
    expect(facts.map(([, , ...rest]) => rest)).toEqual([
      [2n, "red"],
      [0n, "red"],
    ]);
    const options = [selectinload(Engineer.tools), selectinload(Engineer.team)];
    const loaded = (
      await session.scalars(
        select(Engineer)
          .orderBy(Engineer.id)
          .options(...options),
      )
    ).all();
    expect(loaded.map(({ id, badge, toolCount, teamName }) => [id, badge, toolCount, teamName])).toEqual(facts);
    await session.close();
    await engine.dispose();
  });
});
