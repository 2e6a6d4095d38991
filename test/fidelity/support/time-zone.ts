// Puts the process into a time zone whose clocks change, so that a date that passes through one shows it.
import { expect, it } from "vitest";

/** To be called before anything of the file runs; a test of its own sees that it took effect. */
export function runWhereClocksChange(): void {
  process.env["TZ"] = "America/New_York";
  it("runs where clocks change", () => {
    expect([6, 0].map((month) => new Date(2024, month, 1).getTimezoneOffset())).toEqual([240, 300]);
  });
}
