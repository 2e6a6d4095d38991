// Two tables with a foreign key, a link table, and two mapped classes over them that know no ORM: as much of a mapping
// as SQL needs.
import { ENTITY, RELATIONSHIP } from "../../../runtime/sql/ast/brand.js";
import { binaryNode } from "../../../runtime/sql/ast/expressions.js";
import { freshKey } from "../../../runtime/sql/ast/intern.js";
import type {
  ColumnNode,
  JoinStep,
  MappedEntity,
  RelationshipJoin,
  TableNode,
} from "../../../runtime/sql/ast/nodes.js";
import { aliasNode } from "../../../runtime/sql/ast/tables.js";
import { typed } from "../../../runtime/sql/build/element.js";
import { Expression } from "../../../runtime/sql/build/expression.js";
import type { Attr, Meta, RelMany } from "../../../runtime/sql/typing.js";
import { MetaData } from "../../../runtime/schema/metadata.js";
import { Table } from "../../../runtime/schema/table.js";
import { Bool, Bytes, Double, Integer, Json, Text, Varchar } from "../../../runtime/types/types.js";

const metadata = new MetaData();

export const users = new Table("user_account", metadata, {
  id: Integer().primaryKey(),
  name: Varchar(30),
  fullname: Text().nullable(),
  score: Integer().nullable(),
  active: Bool().nullable(),
});

export const addresses = new Table("address", metadata, {
  id: Integer().primaryKey(),
  emailAddress: Text().named("email_address"),
  userId: Integer().named("user_id").references("user_account.id"),
});

/** Two foreign keys to one table, names that need quotes, and types that do not pass as they are. */
export const orders = new Table("order", metadata, {
  id: Integer().primaryKey(),
  buyerId: Integer().named("buyer id").references("user_account.id"),
  sellerId: Integer().named("Seller").references("user_account.id"),
  total: Double().nullable(),
  data: Json().nullable(),
  blob: Bytes().nullable(),
});

export const CREATE_TABLES = `
  create table user_account (id integer primary key, name varchar(30), fullname text, score integer, active boolean);
  create table address (id integer primary key, email_address text, user_id integer);
  create table "order" (id integer primary key, "buyer id" integer, "Seller" integer, total real, data text, blob blob);
  insert into user_account values (1, 'spongebob', 'Spongebob Squarepants', 5, 1), (2, 'sandy', null, null, 0);
  insert into address values (1, 'a@x.org', 1), (2, 'b@x.org', 1), (3, 'c%@x.org', 2);
`;

function entityOver(name: string, from: TableNode): MappedEntity {
  return {
    [ENTITY]: true,
    name,
    key: freshKey(),
    from,
    columns: from.columns,
    properties: from.columns.map((column) => column.property),
  };
}

function attributes(entity: MappedEntity): object {
  return Object.fromEntries(entity.columns.map((column) => [column.property, new Expression(column)]));
}

function columnOf(from: { readonly columns: readonly ColumnNode[] }, property: string): ColumnNode {
  const column = from.columns.find((each) => each.property === property);
  if (column === undefined) throw new TypeError(`no column ${property}`);
  return column;
}

const userEntity = entityOver("User", users.node);
const addressEntity = entityOver("Address", addresses.node);

const addressesOfUser = {
  kind: "relationship",
  [RELATIONSHIP](): RelationshipJoin {
    const on = binaryNode("eq", columnOf(users.node, "id"), columnOf(addresses.node, "userId"));
    const step: JoinStep = { right: addresses.node, on };
    return { source: users.node, steps: [step], sourceCriteria: [], targetCriteria: [] };
  },
};

export interface UserClass {
  readonly $mapper: Meta<"User", { id: number; name: string; fullname: string | null }, number>;
  readonly prototype: { readonly user: true };
  readonly id: Attr<"User", "id", number>;
  readonly name: Attr<"User", "name", string>;
  readonly fullname: Attr<"User", "fullname", string | null>;
  readonly addresses: RelMany<"User", "addresses", object, "Address">;
}
export interface AddressClass {
  readonly $mapper: Meta<"Address", { id: number; emailAddress: string; userId: number }, number>;
  readonly prototype: { readonly address: true };
  readonly id: Attr<"Address", "id", number>;
  readonly emailAddress: Attr<"Address", "emailAddress", string>;
  readonly userId: Attr<"Address", "userId", number>;
}

export const User: UserClass = typed({
  $mapper: userEntity,
  prototype: {},
  addresses: addressesOfUser,
  ...attributes(userEntity),
});
export const Address: AddressClass = typed({ $mapper: addressEntity, prototype: {}, ...attributes(addressEntity) });

/** `Address` as `a2`, the way the ORM makes aliases: the same columns under another source. */
const alias = aliasNode(addresses.node, "a2");
const aliasEntity: MappedEntity = {
  ...addressEntity,
  name: "a2",
  key: freshKey(),
  from: alias,
  columns: alias.columns,
};
export const OtherAddress: AddressClass = typed({ $mapper: aliasEntity, prototype: {}, ...attributes(aliasEntity) });
