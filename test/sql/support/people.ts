// Two tables with every kind of column that the constructs below read, as they stand in every database.
import { MetaData } from "../../../runtime/schema/metadata.js";
import { Table } from "../../../runtime/schema/table.js";
import { ArrayOf } from "../../../runtime/types/composed-types.js";
import { Bool, Double, Integer, Json, SqlDate, Timestamp, Varchar } from "../../../runtime/types/types.js";

export const people = new MetaData();

export const person = new Table("person", people, {
  id: Integer().primaryKey().autoincrement(false),
  name: Varchar(30).unique({ name: "uq_person_name" }),
  nick: Varchar(30).nullable(),
  score: Integer().nullable(),
  rate: Double().nullable(),
  active: Bool(),
  born: SqlDate().nullable(),
  seen: Timestamp().nullable(),
  data: Json().nullable(),
  bossId: Integer().named("boss_id").nullable(),
});

export const post = new Table("post", people, {
  id: Integer().primaryKey().autoincrement(false),
  personId: Integer().named("person_id").references("person.id"),
  title: Varchar(60),
});

export const tagged = new Table("tagged", people, {
  id: Integer().primaryKey().autoincrement(false),
  tags: ArrayOf(Varchar(10)),
  scores: ArrayOf(Integer().nullable()).nullable(),
});
