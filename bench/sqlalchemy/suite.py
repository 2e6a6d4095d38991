"""The tests of SQLAlchemy's performance suite that Athanor's are compared with, on SQLite.

Takes a file for the database; prints JSON: the version, and for each test the least processor time of some runs.
"""

import json
import sqlite3
import sys
import time

import sqlalchemy
from sqlalchemy import Column, Integer, String, bindparam, create_engine, delete, event, func, insert, select
from sqlalchemy.orm import Session, declarative_base

RUNS = 3
SINGLE = 2_000
BULK = 20_000
LARGE = 100_000
SHORT = 3_000
CHUNK = 1_000

path = sys.argv[1]
engine = create_engine(f"sqlite:///{path}", future=True)
Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String(80), nullable=False)
    city = Column(String(40), nullable=False)


@event.listens_for(engine, "connect")
def without_waiting_for_the_disk(connection, _record):
    connection.execute("PRAGMA synchronous = OFF")


Base.metadata.create_all(engine)
customer = Customer.__table__


def values(count):
    return [{"name": f"customer name {i}", "city": f"customer city {i}"} for i in range(count)]


def empty():
    with engine.begin() as connection:
        connection.execute(delete(customer))


def filled(count):
    def prepare():
        with engine.begin() as connection:
            present = connection.execute(select(func.count()).select_from(customer)).scalar()
            if present != count:
                connection.execute(delete(customer))
                connection.execute(insert(customer), [{"id": i + 1, **row} for i, row in enumerate(values(count))])

    return prepare


def single_orm():
    for row in values(SINGLE):
        with Session(engine, future=True) as session:
            session.add(Customer(**row))
            session.commit()


def single_core():
    for row in values(SINGLE):
        with engine.begin() as connection:
            connection.execute(insert(customer), row)


def flush(rows):
    with Session(engine, future=True) as session:
        for start in range(0, BULK, CHUNK):
            session.add_all([Customer(**row) for row in rows[start : start + CHUNK]])
            session.flush()
        session.commit()


def bulk_flush():
    flush(values(BULK))


def bulk_flush_keys_given():
    flush([{"id": i + 1, **row} for i, row in enumerate(values(BULK))])


def bulk_orm_insert():
    with Session(engine, future=True) as session:
        session.execute(insert(Customer), values(BULK))
        session.commit()


def bulk_core_insert():
    with engine.begin() as connection:
        connection.execute(insert(customer), values(BULK))


def bulk_driver_insert():
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    rows = [(row["name"], row["city"]) for row in values(BULK)]
    connection.executemany("INSERT INTO customer (name, city) VALUES (?, ?)", rows)
    connection.commit()
    connection.close()


def bulk_update():
    with Session(engine, future=True) as session:
        for start in range(1, BULK + 1, CHUNK):
            chosen = select(Customer).where(Customer.id >= start, Customer.id < start + CHUNK)
            for each in session.execute(chosen).scalars().all():
                each.city += "!"
            session.flush()
        session.commit()


def large_objects():
    with Session(engine, future=True) as session:
        session.execute(select(Customer)).scalars().all()


def large_objects_in_portions():
    with Session(engine, future=True) as session:
        for _ in session.execute(select(Customer), execution_options={"yield_per": CHUNK}).scalars():
            pass


def large_columns():
    with Session(engine, future=True) as session:
        session.execute(select(Customer.id, Customer.name, Customer.city)).all()


def large_core():
    with engine.connect() as connection:
        connection.execute(select(customer)).all()


def large_driver():
    connection = sqlite3.connect(path)
    connection.execute("SELECT id, name, city FROM customer").fetchall()
    connection.close()


def short_orm():
    with Session(engine, future=True) as session:
        for key in range(1, SHORT + 1):
            session.execute(select(Customer).where(Customer.id == key)).scalars().one()


def short_core():
    with engine.connect() as connection:
        for key in range(1, SHORT + 1):
            connection.execute(select(customer).where(customer.c.id == key)).one()


def short_core_kept():
    statement = select(customer).where(customer.c.id == bindparam("key"))
    with engine.connect() as connection:
        for key in range(1, SHORT + 1):
            connection.execute(statement, {"key": key}).one()


TESTS = {
    "single inserts: a session each": (empty, single_orm),
    "single inserts: Core": (empty, single_core),
    "bulk inserts: flush": (empty, bulk_flush),
    "bulk inserts: flush, keys given": (empty, bulk_flush_keys_given),
    "bulk inserts: insert() of a class": (empty, bulk_orm_insert),
    "bulk inserts: Core": (empty, bulk_core_insert),
    "bulk inserts: the driver": (empty, bulk_driver_insert),
    "bulk updates: flush": (filled(BULK), bulk_update),
    "large results: objects": (filled(LARGE), large_objects),
    "large results: objects in portions": (filled(LARGE), large_objects_in_portions),
    "large results: columns": (filled(LARGE), large_columns),
    "large results: Core": (filled(LARGE), large_core),
    "large results: the driver": (filled(LARGE), large_driver),
    "short selects: objects": (filled(LARGE), short_orm),
    "short selects: Core": (filled(LARGE), short_core),
    "short selects: Core, statement kept": (filled(LARGE), short_core_kept),
}


def measure(prepare, run):
    times = []
    for _ in range(RUNS):
        prepare()
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


print(json.dumps({"version": sqlalchemy.__version__, "seconds": {name: measure(*test) for name, test in TESTS.items()}}))
