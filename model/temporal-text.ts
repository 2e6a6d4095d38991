// Dates and times as text: which texts the schema accepts for a column, and the one canonical form of each. Fixed
// width, so that text order is time order where a database keeps them as text.
import type { ColumnType } from "./column-type.js";

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/;
const zonePattern = /(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/;

const minuteMs = 60_000;

/** True for types whose values are written as date or time texts. */
export function isTemporal(type: ColumnType): boolean {
  return type.kind === "date" || type.kind === "time" || type.kind === "timestamp" || type.kind === "timestamptz";
}

/** The canonical form of a date or time text for a column of `type`; undefined where it is not a valid one. */
export function temporalText(type: ColumnType, text: string): string | undefined {
  switch (type.kind) {
    case "date":
      return isDate(text) ? text : undefined;
    case "time":
      return timeText(text);
    case "timestamp":
      return dateTimeText(text);
    case "timestamptz":
      return instantText(text);
    default:
      return undefined;
  }
}

/** Like `temporalText`, but a text that is no date or time of the type stays as it is. */
export function canonicalText(type: ColumnType, text: string): string {
  return temporalText(type, text) ?? text;
}

/** `2024-02-30` is none; years are 0001 to 9999. */
function isDate(text: string): boolean {
  const match = datePattern.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || year === 0) return false;
  // The calendar repeats every 400 years; `Date` reads years below 100 as 19xx.
  const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
}

function timeText(text: string): string | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [, hours = "", minutes = "", seconds = "00", fraction = ""] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return `${hours}:${minutes}:${seconds}.${fraction.padEnd(6, "0")}`;
}

/** `T` or one blank between date and time; a date alone is its midnight. */
function dateTimeText(text: string): string | undefined {
  const [date = "", time = "00:00"] = text.split(/[T ]/, 2);
  const canonical = timeText(time);
  if (!isDate(date) || canonical === undefined || text.split(/[T ]/).length > 2) return undefined;
  return `${date}T${canonical}`;
}

function instantText(text: string): string | undefined {
  const zone = zonePattern.exec(text);
  if (zone === null || !text.includes(":")) return undefined;
  const local = dateTimeText(text.slice(0, zone.index));
  if (local === undefined) return undefined;
  const [, sign, hours = "0", minutes = "0"] = zone;
  if (Number(hours) > 15 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  if (offset === 0) return `${local}Z`;
  const utc = new Date(Date.parse(`${local.slice(0, 19)}Z`) - offset * minuteMs).toISOString();
  const year = utc.slice(0, 4);
  return /^\d{4}$/.test(year) && year !== "0000" ? `${utc.slice(0, 19)}${local.slice(19)}Z` : undefined;
}
