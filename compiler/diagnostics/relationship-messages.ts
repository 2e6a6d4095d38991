// Wording of the S5xxx diagnostics: relationships, their joins and their cascades.
import type { MessageTable } from "./message-template.js";

export const relationshipMessages = {
  S5001: {
    severity: "error",
    title: "Relationship in a table without a class",
    message: (relationship: string, table: string) =>
      `\`${relationship}\` needs a class, but table \`${table}\` is mapped to none`,
    help: "give the table a class with `as`, or remove the relationship",
  },
  S5003: {
    severity: "error",
    title: "No foreign key to join along",
    message: (relationship: string, table: string, target: string) =>
      `no foreign key between \`${table}\` and \`${target}\` carries \`${relationship}\``,
    help: "add a foreign key to one of the two tables, or name the table between them with `secondary`",
  },
  S5004: {
    severity: "error",
    title: "Ambiguous relationship",
    message: (relationship: string, candidates: string) =>
      `\`${relationship}\` could follow more than one foreign key: ${candidates}`,
  },
  S5005: {
    severity: "error",
    title: "Collection on the side that holds the foreign key",
    message: (relationship: string, columns: string) =>
      `\`${relationship}\` is a collection, but \`${columns}\` refers to one row only`,
    help: (_relationship: string, _columns: string) => "remove `[]`",
  },
  S5006: {
    severity: "error",
    title: "Scalar where many rows may refer back",
    message: (relationship: string, columns: string) =>
      `\`${relationship}\` is a scalar, but many rows may have the same \`${columns}\``,
    help: "make it a collection with `[]`, or make the foreign key unique",
  },
  S5007: {
    severity: "error",
    title: "Required relationship over a nullable foreign key",
    message: (relationship: string, column: string) => `\`${relationship}\` is required, but \`${column}\` may be NULL`,
    help: "add `?` to the relationship's target, or make the column NOT NULL",
  },
  S5008: {
    severity: "error",
    title: "Optional relationship over a NOT NULL foreign key",
    message: (relationship: string, columns: string) =>
      `\`${relationship}\` is optional, but \`${columns}\` is never NULL`,
    help: "remove `?` from the relationship's target, or add it to the column's type",
  },
  S5009: {
    severity: "error",
    title: "Required scalar on the side without the foreign key",
    message: (relationship: string, target: string) =>
      `\`${relationship}\` cannot be required: nothing makes sure that a row of \`${target}\` refers back`,
    help: "add `?` to the relationship's target",
  },
  S5010: {
    severity: "error",
    title: "back_populates names nothing",
    message: (target: string, name: string) => `class \`${target}\` has no relationship \`${name}\``,
  },
  S5011: {
    severity: "error",
    title: "back_populates does not point back",
    message: (relationship: string, partner: string, found: string) =>
      `\`${relationship}\` says \`back_populates\` \`${partner}\`, which ${found}`,
  },
  S5012: {
    severity: "error",
    title: "The two sides of a relationship do not fit",
    message: (relationship: string, partner: string, reason: string) =>
      `\`${relationship}\` and \`${partner}\` are not two sides of one relationship: ${reason}`,
  },
  S5014: {
    severity: "error",
    title: "Secondary table without a foreign key",
    message: (secondary: string, table: string) =>
      `the secondary table \`${secondary}\` has no foreign key to \`${table}\``,
  },
  S5015: {
    severity: "error",
    title: "Scalar over a secondary table",
    message: (relationship: string) => `\`${relationship}\` goes over a secondary table and must be a collection`,
    help: "add `[]` to the relationship's target",
  },
  S5020: {
    severity: "error",
    title: "Unknown cascade",
    message: (word: string, known: string) => `\`${word}\` is not a cascade; known are ${known}`,
  },
  S5021: {
    severity: "error",
    title: "delete-orphan on a side that may share its target",
    message: (relationship: string) =>
      `\`${relationship}\` cannot cascade \`delete-orphan\`: several parents may share one target`,
    help: "move `delete-orphan` to the collection's side, or promise with `single_parent` that no two share a target",
  },
  S5022: {
    severity: "warning",
    title: "delete-orphan without delete",
    message: (relationship: string) => `\`${relationship}\` cascades \`delete-orphan\` but not \`delete\``,
    help: "write `cascade all, delete-orphan`",
  },
  S5023: {
    severity: "error",
    title: "Cascade on a view-only relationship",
    message: (relationship: string, words: string) => `\`${relationship}\` is \`viewonly\` and cannot cascade ${words}`,
    help: "remove `viewonly`, or the cascade",
  },
  S5024: {
    severity: "error",
    title: "`none` beside other cascades",
    message: (relationship: string) => `\`${relationship}\` says \`none\` beside other cascades`,
    help: "remove `none`, or the others",
  },
  S5030: {
    severity: "error",
    title: "Unknown loading strategy",
    message: (word: string, known: string) => `\`${word}\` is not a loading strategy; known are ${known}`,
  },
  S5031: {
    severity: "error",
    title: "Option of collections on a scalar",
    message: (relationship: string, option: string) =>
      `\`${relationship}\` is a scalar: \`${option}\` is for collections`,
    help: (_relationship: string, option: string) => `remove \`${option}\``,
  },
  S5032: {
    severity: "error",
    title: "order_by takes columns",
    message: (relationship: string) => `\`order_by\` of \`${relationship}\` takes columns of the target's table`,
  },
  S5035: {
    severity: "error",
    title: "Option that the short form says already",
    message: (relationship: string, option: string) =>
      `\`${relationship}\` takes no \`${option}\`: the foreign key that declares it says so already`,
    help: (_relationship: string, option: string) => `remove \`${option}\``,
  },
  S5034: {
    severity: "error",
    title: "Columns that carry no foreign key of this relationship",
    message: (relationship: string, option: string, columns: string) =>
      `\`${option} (${columns})\` of \`${relationship}\` matches no foreign key between the two tables`,
  },
  S5016: {
    severity: "error",
    title: "Join that relates nothing",
    message: (path: string, near: string, far: string) =>
      `the join of \`${path}\` does not say which column of \`${near}\` equals which of \`${far}\``,
    help: (_path: string, near: string, far: string) =>
      `write such as \`${near}.id = ${far}.owner_id\`, with \`and\` for more`,
  },
  S5017: {
    severity: "error",
    title: "Join whose direction is unknown",
    message: (path: string) => `no foreign key says which side of the join of \`${path}\` refers to the other`,
    help: "name the referring columns with `foreign_keys (…)`, or add `viewonly`",
  },
  S5018: {
    severity: "error",
    title: "Second join without a secondary table",
    message: (path: string) => `\`${path}\` has a \`secondaryjoin\` but no \`secondary\``,
    help: "add `secondary` with the table between the two",
  },
  S5019: {
    severity: "error",
    title: "Unknown side of a join",
    message: (path: string, name: string, sides: string) =>
      `\`${name}\` in the join of \`${path}\` is no column of ${sides}`,
    help: "write columns with their side, such as `this.id` and `other.owner_id`",
  },
  S5033: {
    severity: "error",
    title: "Unknown collection class",
    message: (name: string) => `\`${name}\` is none of \`list\`, \`set\` and \`map by column\``,
  },
  S5036: {
    severity: "error",
    title: "Collection class with or without a key",
    message: (path: string, name: string) =>
      name === "map" ? `the map of \`${path}\` has no key` : `\`${path}\` is a ${name}, which has no key`,
    help: "write `collection_class map by column`, or `collection_class set`",
  },
  S5040: {
    severity: "error",
    title: "Joined subclass whose key does not refer to its base",
    message: (name: string, table: string) => `the primary key of \`${name}\` does not refer to that of \`${table}\``,
    help: (_name: string, table: string) => `add \`references ${table}\` to the key, or write \`concrete extends\``,
  },
  S5041: {
    severity: "error",
    title: "Identity without a column that holds it",
    message: (root: string) => `no column says which rows are which class: \`${root}\` has no \`polymorphic on\``,
    help: "add `polymorphic on column` to the table of the root class",
  },
  S5042: {
    severity: "error",
    title: "Two classes with one identity",
    message: (one: string, other: string) => `rows of \`${one}\` and \`${other}\` could not be told apart`,
    help: "give each class an identity of its own",
  },
  S5043: {
    severity: "error",
    title: "Identity that the column cannot hold",
    message: (value: string, type: string, column: string) =>
      `${value} is not a valid \`${type}\`, which \`${column}\` is`,
  },
  S5044: {
    severity: "error",
    title: "Subclass without an identity",
    message: (name: string) => `\`${name}\` shares its base's table, but nothing says which rows are its own`,
    help: "add `polymorphic identity '…'`",
  },
  S5045: {
    severity: "error",
    title: "`polymorphic on` said again",
    message: (root: string) => `the hierarchy of \`${root}\` says once which column tells its classes apart`,
    help: "keep `polymorphic on` in the root class alone",
  },
  S5046: {
    severity: "error",
    title: "Column that other classes' rows cannot fill",
    message: (column: string, name: string, table: string) =>
      `\`${column}\` belongs to \`${name}\` alone, so that other rows of \`${table}\` have no value for it`,
    help: "put `?` after its type, or give it a default",
  },
  S5047: {
    severity: "error",
    title: "Class without a table",
    message: (name: string) => `class \`${name}\` has no table`,
    help: "write `extends` with the class whose table it shares, or declare `table … as`",
  },
  S5048: {
    severity: "error",
    title: "Class that extends a view's",
    message: (base: string) => `\`${base}\` is the class of a view, which others cannot extend`,
  },
  S5050: {
    severity: "error",
    title: "Unknown attribute",
    message: (owner: string, name: string) => `class \`${owner}\` has no column, relationship or property \`${name}\``,
    help: "columns go by their names in the database",
  },
  S5051: {
    severity: "error",
    title: "Path through a collection",
    message: (path: string, relationship: string) =>
      `\`${path}\` has no one value: \`${relationship}\` leads to many objects`,
    help: "take an aggregate, such as `count`, `max` or `sum`",
  },
  S5052: {
    severity: "error",
    title: "Aggregate over nothing",
    message: (name: string) =>
      name === "count"
        ? "`count` takes a relationship to many objects, or a column of them"
        : `\`${name}\` takes a column of a relationship to many objects`,
    help: "such as `count (addresses)` or `max (orders.total)`",
  },
  S5053: {
    severity: "error",
    title: "Relationship where a value is expected",
    message: (path: string) => `\`${path}\` is an object, not a value`,
    help: "go on to one of its columns",
  },
  S5054: {
    severity: "error",
    title: "Circular property",
    message: (path: string) => `\`${path}\` would be computed from itself`,
    help: "compute it from columns",
  },
  S5055: {
    severity: "error",
    title: "Attribute of a table without a class",
    message: (path: string, table: string) => `\`${path}\` is for objects, but \`${table}\` has no class`,
    help: "map the table to a class with `as`",
  },
  S5056: {
    severity: "error",
    title: "Proxy along an unknown relationship",
    message: (owner: string, name: string) => `class \`${owner}\` has no relationship \`${name}\``,
  },
  S5057: {
    severity: "error",
    title: "Proxy of an unknown attribute",
    message: (target: string, name: string) => `class \`${target}\` has nothing called \`${name}\``,
    help: "columns go by their names in the database",
  },
  S5058: {
    severity: "error",
    title: "Member over what is never loaded",
    message: (path: string, relationship: string, strategy: string) =>
      `\`${path}\` reads what \`${relationship}\` leads to, which objects do not have: it is \`lazy ${strategy}\``,
    help: "declare a second relationship with `viewonly` that loads, or read it with a query",
  },
  S5059: {
    severity: "error",
    title: "Property that is not answered alike",
    message: (path: string, reason: string) => `\`${path}\` would differ between databases and objects: ${reason}`,
    help: "compare values of one kind; write values as text where they are shown",
  },
} satisfies MessageTable;
