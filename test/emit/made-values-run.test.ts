// Generated code with values of one's own and values that the program makes, at work on SQLite.
import { createEngine, insert, select, Session } from "athanor";
import { expect, it } from "vitest";
import { findOfferById, metadata, Offer } from "./cases/made-values/index.js";
import { Money } from "./user-classes/money.js";

it("converts values on their way in and out", () => {
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  const session = new Session(engine);
  session.add(new Offer({ price: new Money(950) }));
  session.commit();
  session.expireAll();
  const offer = session.scalars(select(Offer)).one();
  expect([offer.price, offer.discount]).toEqual([new Money(950), null]);
  offer.discount = new Money(5);
  session.commit();
  session.expireAll();
  expect(offer.discount).toEqual(new Money(5));
  expect([offer.net, offer.asked]).toEqual([945, 950]);
  expect(Array.from(session.execute(select(Offer.net, Offer.asked)).one())).toEqual([945, 950]);
  expect(session.scalars(select(Offer).where(Offer.price.eq(new Money(950)))).all()).toEqual([offer]);
  session.close();
});

it("makes values for new rows, in the session and in statements, and sets others at updates", () => {
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  const session = new Session(engine);
  const offers = [new Offer({ price: new Money(1) }), new Offer({ price: new Money(2), code: "own" })];
  session.addAll(offers);
  session.commit();
  engine.begin((connection) => connection.execute(insert(Offer).values({ price: new Money(3) })));
  const found = session.scalars(select(Offer).orderBy(Offer.id)).all();
  expect(found.map(({ price }) => price.cents)).toEqual([1, 2, 3]);
  expect(new Set(found.flatMap(({ id, token }) => [id, token])).size).toBe(6);
  expect(found.map(({ code }) => code)).toEqual([
    expect.stringMatching(/^code \d+$/),
    "own",
    expect.stringMatching(/^code/),
  ]);
  expect(found.every(({ madeAt }) => madeAt.epochMilliseconds > 1e12)).toBe(true);
  const offer = session.scalars(findOfferById(found[0]?.id ?? "")).one();
  expect(offer.seen).toBe(0);
  offer.price = new Money(9);
  session.commit();
  expect(offer.seen).toBe(7);
  session.close();
});
