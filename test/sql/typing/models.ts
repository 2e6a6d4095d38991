// Two mapped classes and their tables as generated code declares them, types only.
import type { Decimal } from "../../../runtime/types/decimal.js";
import type { JsonValue } from "../../../runtime/types/json.js";
import type { Instant, PlainDate } from "../../../runtime/types/temporal.js";
import type { Attr, Meta, RelMany, RelOne, Sql, TableLike } from "../../../runtime/sql/typing.js";

export interface UserColumns {
  id: number;
  name: string;
  fullname: string | null;
}
export interface UserInsert {
  id?: number | Sql<number>;
  name: string | Sql<string>;
  fullname?: string | null | Sql<string | null>;
}
export interface UserUpdate {
  id?: number | Sql<number>;
  name?: string | Sql<string>;
  fullname?: string | null | Sql<string | null>;
}
export declare class User {
  static readonly $mapper: Meta<"User", UserColumns, number, UserInsert, UserUpdate>;
  static readonly id: Attr<"User", "id", number>;
  static readonly fullname: Attr<"User", "fullname", string | null>;
  static readonly addresses: RelMany<"User", "addresses", Address, "Address">;
  private readonly mark: string;
  id: number;
  name: string;
  fullname: string | null;
  addresses: Address[];
}
export declare namespace User {
  export const name: Attr<"User", "name", string>;
}

export interface AddressColumns {
  id: number;
  emailAddress: string;
  userId: number;
}
export declare class Address {
  static readonly $mapper: Meta<"Address", AddressColumns, number, AddressColumns, Partial<AddressColumns>>;
  static readonly id: Attr<"Address", "id", number>;
  static readonly emailAddress: Attr<"Address", "emailAddress", string>;
  static readonly userId: Attr<"Address", "userId", number>;
  static readonly user: RelOne<"Address", "user", User, "User">;
  private readonly mark: string;
  id: number;
  emailAddress: string;
  user: User;
}

export interface UserTableColumns {
  readonly id: Attr<"user_account", "id", number>;
  readonly name: Attr<"user_account", "name", string>;
  readonly fullname: Attr<"user_account", "fullname", string | null>;
}
export declare const userTable: TableLike<"user_account", UserTableColumns>;

/** A column of every kind of value. */
export interface ThingColumns {
  readonly id: Attr<"thing", "id", number>;
  readonly big: Attr<"thing", "big", bigint>;
  readonly price: Attr<"thing", "price", Decimal>;
  readonly label: Attr<"thing", "label", string>;
  readonly done: Attr<"thing", "done", boolean>;
  readonly day: Attr<"thing", "day", PlainDate>;
  readonly at: Attr<"thing", "at", Instant | null>;
  readonly bytes: Attr<"thing", "bytes", Uint8Array>;
  readonly data: Attr<"thing", "data", JsonValue | null>;
  readonly tags: Attr<"thing", "tags", readonly string[]>;
}
export declare const thing: TableLike<"thing", ThingColumns>;
