// Code in which every statement under a `@ts-expect-error` must not compile, each for the reason given.
import {
  and,
  deleteFrom,
  joinedload,
  listen,
  select,
  selectinload,
  Session,
  type Engine,
  insert,
  update,
  withParent,
} from "athanor";
import { Address, User } from "../../generated/index.js";
import { Account, Keyword } from "../emit/cases/proxies/index.js";

declare const engine: Engine;
const session = new Session(engine);

export function refused(): void {
  // @ts-expect-error a misspelt attribute
  select(User.nmae);
  // @ts-expect-error a number for a string
  User.name.eq(5);
  // @ts-expect-error LIKE on a number
  User.id.like("x");
  // @ts-expect-error null for a column that cannot be null
  User.name.eq(null);
  // @ts-expect-error a JavaScript comparison is no condition
  select(User).where(User.name === "x");
  // @ts-expect-error undefined is no value
  select(User).where(User.id.eq(undefined));
  // @ts-expect-error undefined is no condition
  select(User).where(undefined);
  // @ts-expect-error a required property is missing
  new User({});
  // @ts-expect-error a property that there is not
  new User({ nmae: "x", name: "y" });
  // @ts-expect-error null for a column that cannot be null
  new User({ name: null });
  // @ts-expect-error null for a relationship that is required
  new Address({ emailAddress: "x", user: null });
  // @ts-expect-error a key of the wrong type
  session.get(User, "4");
  // @ts-expect-error a join along a column
  select(User).join(User.name);
  // @ts-expect-error a relationship is joined along, not selected
  select(User.addresses);
  // @ts-expect-error as above, to one object
  select(Address.id, Address.user);
  // @ts-expect-error a relationship is no order
  select(User).orderBy(User.addresses);
  // @ts-expect-error loading a column like a relationship
  selectinload(User.name);
  // @ts-expect-error as above
  joinedload(User.name);
  const row = session.execute(select(User.id, User.name)).one();
  // @ts-expect-error a name that the row does not have
  void row.nme;
  // @ts-expect-error a position that the row does not have
  void row[2];
  // @ts-expect-error a method that a number does not have
  row.id.toUpperCase();
  // @ts-expect-error a misspelt column
  session.scalars(select(User).filterBy({ nam: "x" }));
  // @ts-expect-error columns of different types
  User.id.eq(Address.emailAddress);
  // @ts-expect-error an object of another class
  User.addresses.contains(new User({ name: "" }));
  // @ts-expect-error a string is nothing to select
  select("users");
  // @ts-expect-error an object is nothing to select
  select(new User({ name: "x" }));
  // @ts-expect-error a string is no statement
  session.execute("select 1");
  const joined = session.execute(select(User, Address).outerJoin(User.addresses)).one();
  // @ts-expect-error null after an outer join
  void joined[1].emailAddress;
  // @ts-expect-error strings for numbers
  User.id.in(["a"]);
  const user = new User({ name: "x" });
  // @ts-expect-error an object of another class at an index
  user.addresses[0] = new User({ name: "y" });
  // @ts-expect-error a length that is no number
  user.addresses.length = "0";
  // @ts-expect-error there may be none
  void user.addresses[1].user;
  // @ts-expect-error there may be none
  const first: User = session.scalars(select(User)).first();
  // @ts-expect-error another class
  const address: Address = user;
  // @ts-expect-error a property that insert does not know
  insert(User).values({ nmae: "x", name: "y" });
  // @ts-expect-error a value of the wrong type
  update(User).values({ name: 5 });
  // @ts-expect-error undefined is not assigned
  user.name = undefined;
  // @ts-expect-error a string is no condition
  and("x");
  // @ts-expect-error a column is no relationship
  withParent(user, User.name);
  // @ts-expect-error an option that is none
  deleteFrom(User).options(User.addresses);
  // @ts-expect-error options that are none
  listen(session, "beforeExecute", () => ({ options: [User.name] }));
  const account = new Account({ name: "x" });
  // @ts-expect-error a value of another type than the proxy shows
  account.addresses.push(5);
  // @ts-expect-error an object of another class than the proxy shows
  account.keywords = [account];
  // @ts-expect-error what a proxy gives is not written by index
  account.keywords[0] = new Keyword({ word: "x" });
  // @ts-expect-error a value of another type than the proxy shows
  Account.bio.eq(5);
  // @ts-expect-error a proxy along one object has no members
  Account.bio.contains("x");
  void [first, address];
}
