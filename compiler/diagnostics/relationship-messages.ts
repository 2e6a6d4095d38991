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
} satisfies MessageTable;
