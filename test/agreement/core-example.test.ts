// The example program of Core prints the same on every database.
import { expect, it } from "vitest";
import { run } from "../../examples/core/library.js";
import { describeEachDatabase } from "../support/databases/databases.js";

await describeEachDatabase("the Core example", {}, (database) => {
  it("prints what it should", async () => {
    const lines: string[] = [];
    await run(database.url, (line) => lines.push(line));
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "Catalogue
        Kindred (Octavia E. Butler), 10.00, 2 copies
        Solaris (Stanisław Lem), 7.20, 3 copies
        The Cyberiad (Stanisław Lem), 11.00, 1 copies
        The Dispossessed (Ursula K. Le Guin), 9.90, 2 copies
        The Lathe of Heaven (Ursula K. Le Guin), 8.75, 5 copies
      Authors
        Octavia E. Butler: 1 titles, 2 copies
        Stanisław Lem: 2 titles, 4 copies
        Ursula K. Le Guin: 2 titles, 7 copies
      Readers
        Ada: 3 loans, 2 still out
        Grace: 1 loans, 1 still out
      Dearest first
        Octavia E. Butler 1. Kindred
        Stanisław Lem 1. The Cyberiad
        Stanisław Lem 2. Solaris
        Ursula K. Le Guin 1. The Dispossessed
        Ursula K. Le Guin 2. The Lathe of Heaven
      Loans
        2026-03-01 The Dispossessed to Ada
        2026-03-02 Solaris to Ada
        2026-03-05 Solaris to Grace
        2026-04-01 The Dispossessed to Ada
        2026-04-02 The Cyberiad to Edsger
      Lending
        book 1 is lent
        book 4 is lent
        book 4: no copy is left
        that author is known already
        7 loans in all"
    `);
  });
});
