// What a sequence counts, as a catalogue tells it: only what is not so anyway.
import type { SequenceOptions } from "../../model/sequence-options.js";

const LARGEST = { smallint: 32_767n, integer: 2_147_483_647n, bigint: 9_223_372_036_854_775_807n } as const;

export type SequenceTypeName = keyof typeof LARGEST;

/** Every property of a sequence, numbers as text. */
export interface SequenceFacts {
  readonly start: string;
  readonly increment: string;
  readonly minValue: string;
  readonly maxValue: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** What differs from the standard's defaults for a sequence of this type. `cache`: what the database takes for none. */
export function sequenceOptions(facts: SequenceFacts, type: SequenceTypeName, cache = "1"): SequenceOptions {
  const descends = facts.increment.startsWith("-");
  const least = String(descends ? -LARGEST[type] - 1n : 1n);
  const most = String(descends ? -1n : LARGEST[type]);
  const start = descends ? facts.maxValue : facts.minValue;
  return {
    ...(facts.start === start ? {} : { start: facts.start }),
    ...(facts.increment === "1" ? {} : { increment: facts.increment }),
    ...(facts.minValue === least ? {} : { minValue: facts.minValue }),
    ...(facts.maxValue === most ? {} : { maxValue: facts.maxValue }),
    ...(facts.cache === cache ? {} : { cache: facts.cache }),
    ...(facts.cycle ? { cycle: true } : {}),
  };
}

/** True where options say anything. */
export function saysAnything(options: SequenceOptions): boolean {
  return Object.keys(options).length > 0;
}
