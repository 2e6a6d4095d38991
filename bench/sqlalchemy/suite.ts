// The tests of SQLAlchemy's performance suite with Athanor: the same rows, numbers and units of work as in `suite.py`.
import {
  AsyncSession,
  bindparam,
  createAsyncEngine,
  createEngine,
  deleteFrom,
  type Engine,
  func,
  insert,
  Integer,
  select,
  Session,
  text,
} from "athanor";
import Database from "better-sqlite3";
import { Customer, metadata } from "../generated/index.js";
import { customer } from "../generated/tables.js";

const RUNS = 3;
const SINGLE = 2_000;
const BULK = 20_000;
const LARGE = 100_000;
const SHORT = 3_000;
const CHUNK = 1_000;

/** One test: what has to be there before, and what is measured. */
interface Test {
  readonly prepare: () => void;
  readonly run: () => void | Promise<void>;
}

/** Seconds of processor time of each test, the least of some runs, on a new database in `file`. */
export async function measureSuite(file: string): Promise<Readonly<Record<string, number>>> {
  const engine = createEngine(`sqlite:///${file}`);
  try {
    engine.connect((connection) => connection.execute(text("PRAGMA synchronous = OFF")));
    metadata.createAll(engine);
    const seconds: Record<string, number> = {};
    for (const [name, test] of Object.entries(tests(engine, file))) seconds[name] = await leastSeconds(test);
    return seconds;
  } finally {
    engine.dispose();
  }
}

async function leastSeconds({ prepare, run }: Test): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < RUNS; turn++) {
    prepare();
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

function tests(engine: Engine, file: string): Readonly<Record<string, Test>> {
  const empty = (): void => void engine.begin((connection) => connection.execute(deleteFrom(customer)));
  const filled = (count: number) => () => fill(engine, count);
  const inserting = (run: Test["run"]): Test => ({ prepare: empty, run });
  const reading = (run: Test["run"]): Test => ({ prepare: filled(LARGE), run });
  return {
    "single inserts: a session each": inserting(() => singleInserts(engine)),
    "single inserts: Core": inserting(() => {
      for (const row of rows(SINGLE)) engine.begin((connection) => connection.execute(insert(customer), row));
    }),
    "bulk inserts: flush": inserting(() => flush(engine, rows(BULK))),
    "bulk inserts: flush, keys given": inserting(() => flush(engine, keyed(BULK))),
    "bulk inserts: insert() of a class": inserting(() =>
      inSession(engine, (session) => {
        session.execute(insert(Customer), rows(BULK));
        session.commit();
      }),
    ),
    "bulk inserts: Core": inserting(
      () => void engine.begin((connection) => connection.execute(insert(customer), rows(BULK))),
    ),
    "bulk inserts: the driver": inserting(() => driverInserts(file)),
    "bulk updates: flush": { prepare: filled(BULK), run: () => bulkUpdate(engine) },
    "large results: objects": reading(() =>
      inSession(engine, (session) => void session.scalars(select(Customer)).all()),
    ),
    "large results: objects in portions": reading(() => portions(file)),
    "large results: columns": reading(() =>
      inSession(engine, (session) => void session.execute(select(Customer.id, Customer.name, Customer.city)).all()),
    ),
    "large results: Core": reading(
      () => void engine.connect((connection) => connection.execute(select(customer)).all()),
    ),
    "large results: the driver": reading(() => {
      const database = new Database(file);
      database.prepare("SELECT id, name, city FROM customer").all();
      database.close();
    }),
    "short selects: objects": reading(() =>
      inSession(engine, (session) => {
        for (const key of keys()) session.scalars(select(Customer).where(Customer.id.eq(key))).one();
      }),
    ),
    "short selects: Core": reading(() =>
      engine.connect((connection) => {
        for (const key of keys()) connection.execute(select(customer).where(customer.c.id.eq(key))).one();
      }),
    ),
    "short selects: Core, statement kept": reading(() => {
      const statement = select(customer).where(customer.c.id.eq(bindparam("key", { type: Integer() })));
      engine.connect((connection) => {
        for (const key of keys()) connection.execute(statement, { key }).one();
      });
    }),
  };
}

type Row = { readonly id?: number; readonly name: string; readonly city: string };

function rows(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `customer name ${index}`,
    city: `customer city ${index}`,
  }));
}

function keyed(count: number): Required<Row>[] {
  return rows(count).map(({ name, city }, index) => ({ id: index + 1, name, city }));
}

function keys(): number[] {
  return Array.from({ length: SHORT }, (_, index) => index + 1);
}

function inSession(engine: Engine, work: (session: Session) => void): void {
  const session = new Session(engine);
  work(session);
  session.close();
}

function fill(engine: Engine, count: number): void {
  engine.begin((connection) => {
    if (connection.execute(select(func.count(customer.c.id))).scalar() === count) return;
    connection.execute(deleteFrom(customer));
    connection.execute(insert(customer), keyed(count));
  });
}

function singleInserts(engine: Engine): void {
  for (const row of rows(SINGLE)) {
    inSession(engine, (session) => {
      session.add(new Customer(row));
      session.commit();
    });
  }
}

function flush(engine: Engine, all: readonly Row[]): void {
  inSession(engine, (session) => {
    for (let start = 0; start < BULK; start += CHUNK) {
      session.addAll(all.slice(start, start + CHUNK).map((row) => new Customer(row)));
      session.flush();
    }
    session.commit();
  });
}

function driverInserts(file: string): void {
  const database = new Database(file);
  database.pragma("synchronous = OFF");
  const insertion = database.prepare("INSERT INTO customer (name, city) VALUES (?, ?)");
  database.transaction(() => {
    for (const { name, city } of rows(BULK)) insertion.run(name, city);
  })();
  database.close();
}

function bulkUpdate(engine: Engine): void {
  inSession(engine, (session) => {
    for (let start = 1; start <= BULK; start += CHUNK) {
      const chosen = select(Customer).where(Customer.id.ge(start), Customer.id.lt(start + CHUNK));
      for (const each of session.scalars(chosen).all()) each.city += "!";
      session.flush();
    }
    session.commit();
  });
}

/** SQLAlchemy's session lets go of what nobody holds; here a portion is let go by hand. */
async function portions(file: string): Promise<void> {
  await using engine = createAsyncEngine(`sqlite:///${file}`);
  await using session = new AsyncSession(engine);
  const stream = session.stream(select(Customer), {}, { yieldPer: CHUNK });
  for await (const portion of stream.scalars().partitions(CHUNK)) if (portion.length > 0) session.expungeAll();
}
