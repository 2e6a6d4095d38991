// The table option that gives the keys of a primary key as SQLite has them, where a collation or an order is said.

export const KEY_ORDER = "key order";
