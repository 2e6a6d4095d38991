// All families of values, by name.
import type { TypeSamples } from "../support/samples.js";
import { arraysAndRanges } from "./arrays.js";
import { datesAndTimes } from "./dates.js";
import { decimalNumbers } from "./decimals.js";
import { documents } from "./documents.js";
import { texts } from "./texts.js";
import { wholeNumbers } from "./whole-numbers.js";

export const FAMILIES: Readonly<Record<string, readonly TypeSamples[]>> = {
  "whole numbers and booleans": wholeNumbers,
  "decimals and floating point": decimalNumbers,
  "text and bytes": texts,
  "dates and times": datesAndTimes,
  documents,
  "arrays, ranges, named types": arraysAndRanges,
};
