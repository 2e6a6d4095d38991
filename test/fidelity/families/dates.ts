// Dates, times and points in time, at their bounds and where the clocks of the process's time zone change.
import { Temporal } from "temporal-polyfill";
import { Interval, SqlDate, SqlTime, Timestamp, TimestampTz } from "athanor";
import { type Deviation, kept, keptUnless, type Sample, type TypeSamples } from "../support/samples.js";

const { Instant, PlainDate, PlainDateTime, PlainTime } = Temporal;

const YEAR_ZERO: Deviation = { refused: "its calendar has no year 0" };
const EPOCH: Deviation = { refused: "its TIMESTAMP holds 1970-01-01 00:00:01 to 2038-01-19 03:14:07" };

const dates = (...texts: readonly string[]): Sample[] => kept(...texts.map((each) => PlainDate.from(each)));
const times = (...texts: readonly string[]): Sample[] => kept(...texts.map((each) => PlainTime.from(each)));
const dateTimes = (...texts: readonly string[]): Sample[] => kept(...texts.map((each) => PlainDateTime.from(each)));
const instants = (...texts: readonly string[]): Sample[] => kept(...texts.map((each) => Instant.from(each)));
const farInstants = (...texts: readonly string[]): Sample[] =>
  texts.map((each) => keptUnless(Instant.from(each), { mysql: EPOCH }));

const NO_TIMES = [new Date(0), new Date(Number.NaN), 0, 0n, "", "now", "today", "infinity", undefined, {}];

export const datesAndTimes: readonly TypeSamples[] = [
  {
    name: "SqlDate()",
    type: SqlDate(),
    kept: [
      ...dates("0001-01-01", "1000-01-01", "1582-10-10", "1752-09-03", "1883-11-18", "1900-02-28", "1970-01-01"),
      ...dates("2000-02-29", "2024-02-29", "2024-03-10", "2024-11-03", "2026-12-31", "9999-12-31"),
      keptUnless(PlainDate.from("0000-01-01"), { postgresql: YEAR_ZERO }),
    ],
    refused: [
      ...NO_TIMES,
      "2024-02-30",
      "0000-00-00",
      PlainDate.from("-000001-12-31"),
      PlainDate.from("+010000-01-01"),
      PlainDateTime.from("2024-01-01T00:00"),
    ],
  },
  {
    name: "SqlTime()",
    type: SqlTime(),
    kept: times("00:00:00", "00:00:00.000001", "02:30:00", "12:00:00.5", "23:59:59", "23:59:59.999999"),
    refused: [...NO_TIMES, "24:00:00", "838:59:59", PlainTime.from("00:00:00.0000001")],
  },
  {
    name: "SqlTime(0)",
    type: SqlTime(0),
    kept: times("00:00:00", "23:59:59"),
    refused: [PlainTime.from("12:00:00.1"), PlainTime.from("23:59:59.999999")],
  },
  {
    name: "Timestamp()",
    type: Timestamp(),
    kept: [
      ...dateTimes("0001-01-01T00:00:00", "1883-11-18T12:03:57", "1969-12-31T23:59:59.999999", "1970-01-01T00:00:00"),
      // In New York the first of these never was, and the last was twice.
      ...dateTimes("2024-03-10T02:30:00", "2024-03-10T01:59:59.999999", "2024-11-03T01:30:00"),
      ...dateTimes("2038-01-19T03:14:08", "2024-02-29T23:59:59.123456", "9999-12-31T23:59:59.999999"),
      keptUnless(PlainDateTime.from("0000-12-31T23:59:59"), { postgresql: YEAR_ZERO }),
    ],
    refused: [
      ...NO_TIMES,
      "0000-00-00 00:00:00",
      PlainDateTime.from("2024-01-01T00:00:00.000000001"),
      PlainDateTime.from("+010000-01-01T00:00:00"),
      Instant.from("2024-01-01T00:00:00Z"),
    ],
  },
  {
    name: "Timestamp(3)",
    type: Timestamp(3),
    kept: dateTimes("2024-03-10T02:30:00.123", "2024-03-10T02:30:00"),
    refused: [PlainDateTime.from("2024-03-10T02:30:00.1234")],
  },
  {
    name: "TimestampTz()",
    type: TimestampTz(),
    kept: [
      ...instants(
        "1970-01-01T00:00:01Z",
        "2024-03-10T06:59:59.999999Z",
        "2024-03-10T07:00:00Z",
        "2024-03-10T07:30:00Z",
      ),
      ...instants(
        "2024-11-03T05:30:00Z",
        "2024-11-03T06:30:00Z",
        "2024-02-29T23:59:59.123456Z",
        "2038-01-19T03:14:07Z",
      ),
      ...farInstants("0001-01-01T00:00:00Z", "1883-11-18T17:00:00Z", "1969-12-31T23:59:59.999999Z"),
      ...farInstants("1970-01-01T00:00:00Z", "2038-01-19T03:14:08Z", "9999-12-31T23:59:59.999999Z"),
    ],
    refused: [
      ...NO_TIMES,
      Instant.from("2024-01-01T00:00:00.000000001Z"),
      Instant.from("+010000-01-01T00:00:00Z"),
      PlainDateTime.from("2024-01-01T00:00"),
    ],
  },
  {
    name: "Interval()",
    type: Interval(),
    kept: kept("PT0S", "P1Y2M3DT4H5M6.789012S", "P-1D", "PT-0.000001S"),
    refused: [1, undefined],
    missing: ["sqlite", "mysql"],
  },
];
