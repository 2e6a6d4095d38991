// What the contenders write, made when it is first needed: a contender that only reads starts without it.
import { INSERTED, INSERTED_ONE_BY_ONE } from "../contender.js";
import { makeOrders, type OrderValues } from "../data.js";

/** The orders that W6 (all) and W7 (few) insert. */
export interface FreshOrders<D> {
  readonly all: OrderValues<D>[];
  readonly few: OrderValues<D>[];
}

/** Gives the orders to insert, the same each time; `date` makes a date as the contender takes it of its text. */
export function freshOrders<D>(date: (text: string) => D): () => FreshOrders<D> {
  let made: FreshOrders<D> | undefined;
  return () => {
    if (made === undefined) {
      const all = makeOrders(INSERTED, 2, date);
      made = { all, few: all.slice(0, INSERTED_ONE_BY_ONE) };
    }
    return made;
  };
}

/** A date as the drivers' programs hold it. */
export const asDate = (text: string): Date => new Date(text);
