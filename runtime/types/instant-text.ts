// The canonical text of an instant by arithmetic. Writing many dates is mostly formatting them, and the general way
// through `toString()` costs several times as much.

const NANOSECONDS = 1_000_000_000;
const NANOSECONDS_BIG = 1_000_000_000n;
const DAY = 86_400;
/** Seconds from 1970 to the years 0000 and 10000. */
const FIRST_SECOND = -62_167_219_200;
const END_SECOND = 253_402_300_800;
/** Days from 0000-03-01, where four centuries of leap years begin, to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468;
const DAYS_OF_ERA = 146_097;

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

/** Dates that are written together often share their day. */
let lastDay = Number.NaN;
let lastDayText = "";

/**
 * `2026-01-31T08:00:00.000000Z`, with `precision` digits of the second's fraction.
 * Null for years beyond 0000 to 9999 and for finer fractions, which are the caller's to refuse.
 */
export function instantText(epochNanoseconds: bigint, precision: number): string | null {
  let seconds = Number(epochNanoseconds / NANOSECONDS_BIG);
  let nanoseconds = Number(epochNanoseconds % NANOSECONDS_BIG);
  if (nanoseconds < 0) {
    nanoseconds += NANOSECONDS;
    seconds -= 1;
  }
  if (seconds < FIRST_SECOND || seconds >= END_SECOND) return null;
  const fraction = fractionText(nanoseconds, precision);
  if (fraction === null) return null;
  const day = Math.floor(seconds / DAY);
  if (day !== lastDay) {
    lastDayText = dayText(day);
    lastDay = day;
  }
  const second = seconds - day * DAY;
  const minute = Math.trunc(second / 60);
  const time = `${twoDigits(Math.trunc(minute / 60))}:${twoDigits(minute % 60)}:${twoDigits(second % 60)}`;
  return `${lastDayText}T${time}${fraction}Z`;
}

function fractionText(nanoseconds: number, precision: number): string | null {
  if (precision === 0) return nanoseconds === 0 ? "" : null;
  if (nanoseconds === 0) return precision === 6 ? ".000000" : `.${"0".repeat(precision)}`;
  const digits = nanoseconds / 10 ** (9 - precision);
  return Number.isInteger(digits) ? `.${String(digits).padStart(precision, "0")}` : null;
}

/** `YYYY-MM-DD` of a day counted from 1970: the calendar's arithmetic with years that begin in March. */
function dayText(day: number): string {
  const shifted = day + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_OF_ERA);
  const dayOfEra = shifted - era * DAYS_OF_ERA;
  const leapDays = Math.trunc(dayOfEra / 1460) - Math.trunc(dayOfEra / 36_524) + Math.trunc(dayOfEra / 146_096);
  const yearOfEra = Math.trunc((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100));
  const monthFromMarch = Math.trunc((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  const dayOfMonth = dayOfYear - Math.trunc((153 * monthFromMarch + 2) / 5) + 1;
  return `${twoDigits(Math.trunc(year / 100))}${twoDigits(year % 100)}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

function twoDigits(number: number): string {
  return TWO_DIGITS[number] ?? String(number);
}
