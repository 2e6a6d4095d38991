// A suite whose server is not there: skipped, with the reason in its name; in CI a failure.
import { describe, it } from "vitest";

export function describeMissing(name: string, reason: string): void {
  if (process.env["CI"] === undefined) {
    describe.skip(`${name} (${reason})`, () => it("needs a server", () => undefined));
  } else {
    describe(name, () => it("needs a server", () => Promise.reject(new Error(reason))));
  }
}
