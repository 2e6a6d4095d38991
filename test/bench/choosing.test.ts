// What the benchmark's command line chooses: databases, workloads, contenders, rounds; and what it refuses.
import { describe, expect, it } from "vitest";
import { readCommandLine } from "../../bench/command-line.js";
import { workloadNames } from "../../bench/contender.js";
import { chooseContenders } from "../../bench/workers/contenders.js";

const defaults = { databases: ["sqlite", "postgresql"], rounds: 7 };

describe("the command line", () => {
  it("means everything where it names nothing", () => {
    expect(readCommandLine(defaults, [])).toEqual({
      databases: ["sqlite", "postgresql"],
      workloads: workloadNames,
      rounds: 7,
      only: [],
      url: undefined,
    });
  });

  it("takes names in any order, and gives them in the order of the tables", () => {
    const { databases, workloads, rounds, only } = readCommandLine(defaults, [
      "W10",
      "sqlite",
      "W2",
      "--rounds",
      "3",
      "--only",
      "athanor,kysely",
    ]);
    expect({ databases, workloads, rounds, only }).toEqual({
      databases: ["sqlite"],
      workloads: ["W2", "W10"],
      rounds: 3,
      only: ["athanor", "kysely"],
    });
  });

  it("says what there is", () => {
    expect(() => readCommandLine(defaults, ["W11"])).toThrow("unknown: W11; there are: sqlite, postgresql, W1, ");
    for (const rounds of ["0", "1.5", "many"]) {
      expect(() => readCommandLine(defaults, ["--rounds", rounds])).toThrow("--rounds takes a whole number from 1");
    }
  });
});

describe("contenders", () => {
  const all = ["raw", "raw again", "athanor", "athanor core", "kysely"];

  it("always have the raw driver among them, twice", () => {
    expect(chooseContenders(all, ["athanor"])).toEqual(["raw", "raw again", "athanor"]);
    expect(chooseContenders(all, ["kysely", "raw"])).toEqual(["raw", "raw again", "kysely"]);
    expect(chooseContenders(all, [])).toEqual(all);
  });

  it("are known by their whole names", () => {
    expect(() => chooseContenders(all, ["core"])).toThrow("no contender core; there are: raw, raw again, athanor,");
  });
});
