// Dates and times as text: what is accepted, and the canonical form.
import { expect, test } from "vitest";
import { temporalText } from "../../model/temporal-text.js";

test.each([
  ["date", "2024-02-29", "2024-02-29"],
  ["date", "2023-02-29", undefined],
  ["date", "1900-02-29", undefined],
  ["date", "2000-02-29", "2000-02-29"],
  ["date", "0004-02-29", "0004-02-29"],
  ["date", "0000-01-01", undefined],
  ["date", "2024-13-01", undefined],
  ["date", "2024-1-1", undefined],
  ["time", "09:30", "09:30:00.000000"],
  ["time", "23:59:59.5", "23:59:59.500000"],
  ["time", "24:00", undefined],
  ["timestamp", "2024-01-01", "2024-01-01T00:00:00.000000"],
  ["timestamp", "2024-01-01 10:00:00.123456", "2024-01-01T10:00:00.123456"],
  ["timestamp", "2024-01-01T10:00:00Z", undefined],
  ["timestamptz", "2024-01-01T10:00:00Z", "2024-01-01T10:00:00.000000Z"],
  ["timestamptz", "2024-01-01 00:30:00.25+01:00", "2023-12-31T23:30:00.250000Z"],
  ["timestamptz", "2024-01-01 23:30-0130", "2024-01-02T01:00:00.000000Z"],
  ["timestamptz", "2024-01-01 10:00", undefined],
  ["timestamptz", "0001-01-01T00:00:00+01:00", undefined],
  ["timestamptz", "9999-12-31T23:00:00-02:00", undefined],
] as const)("%s '%s' is %s", (kind, text, canonical) => {
  expect(temporalText({ kind }, text)).toBe(canonical);
});
