// Code that must compile, with the exact types of what comes back, against the generated classes.
import {
  aliased,
  and,
  func,
  or,
  select,
  selectinload,
  joinedload,
  Session,
  type Engine,
  type AnySelect,
} from "athanor";
import { Address, Order, OrderLine, Product, User } from "../../generated/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles only where the two types are the same. */
const same = <_ extends true>(): void => undefined;

declare const engine: Engine;
const session = new Session(engine);

export function rowsAreTypedFromTheSelectList(): void {
  const row = session.execute(select(User.id, User.name.label("nm"), User)).one();
  same<Equal<(typeof row)[0], number>>();
  same<Equal<typeof row.nm, string>>();
  same<Equal<(typeof row)[2], User>>();
  same<Equal<typeof row.User, User>>();
  same<Equal<typeof row.id, number>>();
  const [a, b, c] = row;
  same<Equal<typeof a, number>>();
  same<Equal<typeof b, string>>();
  same<Equal<typeof c, User>>();
}

export function outerJoinsMakeTheJoinedSideNullable(): void {
  const statement = select(User, Address, Address.emailAddress, func.count(Address.id).label("n"))
    .outerJoin(User.addresses)
    .where(User.name.eq("x"));
  const row = session.execute(statement).one();
  same<Equal<(typeof row)[0], User>>();
  same<Equal<(typeof row)[1], Address | null>>();
  same<Equal<typeof row.emailAddress, string | null>>();
  same<Equal<typeof row.n, number>>();
}

export function aliasesKeepTheirAttributes(): void {
  const second = aliased(Address, "a2");
  const statement = select(User, second, second.emailAddress)
    .outerJoin(second, second.userId.eq(User.id))
    .where(or(second.emailAddress.like("%x"), and(User.fullname.eq(null))));
  const row = session.execute(statement).one();
  same<Equal<(typeof row)[1], Address | null>>();
  same<Equal<typeof row.a2, Address | null>>();
  same<Equal<typeof row.emailAddress, string | null>>();
}

export function entitiesAndKeys(): void {
  const options = [selectinload(User.addresses), joinedload(User.addresses)] as const;
  const user = session.scalars(select(User).options(...options)).first();
  same<Equal<typeof user, User | null>>();
  const found = session.get(User, 4);
  same<Equal<typeof found, User | null>>();
  const line = session.get(OrderLine, [1n, 2]);
  same<Equal<typeof line, OrderLine | null>>();
  user?.addresses.push(new Address({ emailAddress: "x" }));
  if (user !== null) user.addresses = [new Address({ emailAddress: "y" })];
  session.add(new User({ name: "x" }));
  session.scalars(select(User).filterBy({ name: "x" }));
}

export function valuesHaveTheirTypes(): void {
  const order = session.scalars(select(Order)).one();
  same<Equal<typeof order.id, bigint>>();
  same<Equal<typeof order.status, "open" | "paid" | "shipped" | "cancelled">>();
  const product = new Product({ sku: "12345678", title: "Spatula", price: null as never });
  same<Equal<typeof product.available, boolean>>();
  product.available = true;
}

export function queriesBuiltPieceByPiece(some: boolean): User[] {
  let statement = select(User).where(User.name.eq("x"));
  if (some) statement = statement.where(User.fullname.isNotNull()).orderBy(User.name);
  return session.scalars(page(statement, 3)).all();
}

function page<S extends AnySelect>(statement: S, size: number): S {
  return statement.limit(size).offset(10);
}
