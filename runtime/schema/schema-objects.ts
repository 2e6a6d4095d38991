// What a MetaData holds beside tables: sequences, types of their own, and what is kept as SQL (functions, extensions).
import type { QualifiedName } from "../../model/qualified-name.js";
import type { SequenceOptions } from "../../model/sequence-options.js";
import { ArgumentError } from "../errors/errors.js";
import { checkedSequence, ColumnBuilder } from "../types/column-builder.js";
import { describeValue } from "../types/describe-value.js";
import type { DeclaredType } from "../types/declared-type.js";
import type { SqlFragment } from "./constraints.js";
import { checkName } from "./check-name.js";
import { tableKey } from "./target-name.js";

/** What these belong to: a `MetaData`. */
interface ObjectOwner {
  readonly schema: string | null;
  /** Throws `InvalidRequestError` where it holds one of this name already. */
  addObject(object: Sequence | NamedTypeDeclaration | SchemaObject): void;
}

export interface SequenceDefinition extends SequenceOptions {
  readonly schema?: string;
  /** `bigint` where left out. */
  readonly type?: "smallint" | "integer" | "bigint";
  readonly comment?: string;
}

/** `CREATE SEQUENCE`: numbers that no column owns. */
export class Sequence {
  readonly kind = "sequence";
  readonly name: string;
  readonly schema: string | null;
  readonly key: string;
  readonly type: "smallint" | "integer" | "bigint";
  readonly options: SequenceOptions;
  readonly comment: string | null;

  constructor(name: string, metadata: ObjectOwner, definition: SequenceDefinition = {}) {
    checkName("A sequence's name", name);
    const { schema = metadata.schema, type = "bigint", comment = null, ...options } = definition;
    this.name = name;
    this.schema = schema;
    this.key = tableKey(schema, name);
    this.type = type;
    this.options = checkedSequence(options);
    this.comment = comment;
    metadata.addObject(this);
  }
}

/** A type that is created whether or not a column is of it, and its comment. */
export class NamedTypeDeclaration {
  readonly kind = "type";
  readonly type: DeclaredType;
  readonly key: string;
  readonly comment: string | null;

  constructor(type: DeclaredType, key: string, comment: string | null) {
    this.type = type;
    this.key = key;
    this.comment = comment;
  }
}

/** Makes an enum or a domain the MetaData's own: `declareType(metadata, Enum("status", ["on", "off"]))`. */
export function declareType(
  metadata: ObjectOwner,
  type: ColumnBuilder<unknown>,
  options: { readonly comment?: string } = {},
): void {
  const logical = type instanceof ColumnBuilder ? type.type.logical : undefined;
  if (logical?.kind !== "enum" && logical?.kind !== "domain") {
    throw new ArgumentError(`declareType() takes Enum(…) or Domain(…), got ${describeValue(type)}.`);
  }
  metadata.addObject(new NamedTypeDeclaration(type.type, logical.name, options.comment ?? null));
}

/** The kind of an object that adds a foreign key which is kept as SQL. */
export const FOREIGN_KEY = "foreign key";

export interface ObjectDefinition {
  /** `function`, `trigger`, `extension` … */
  readonly type: string;
  readonly name: string;
  readonly schema?: string;
  /** The text between the parentheses after the name, as functions have. */
  readonly signature?: string;
  /** What creates it; dialects without a text leave it out. */
  readonly sql: SqlFragment;
  /** What must exist before it. */
  readonly after?: readonly QualifiedName[];
}

/** Something that is kept as SQL: a function, an extension. */
export class SchemaObject {
  readonly kind = "object";
  readonly definition: ObjectDefinition;
  readonly name: string;
  readonly schema: string | null;
  readonly key: string;

  constructor(metadata: ObjectOwner, definition: ObjectDefinition) {
    checkName("An object's name", definition.name);
    this.definition = definition;
    this.name = definition.name;
    this.schema = definition.schema ?? metadata.schema;
    const signature = definition.signature === undefined ? "" : `(${definition.signature})`;
    this.key = `${definition.type} ${tableKey(this.schema, this.name)}${signature}`;
    metadata.addObject(this);
  }
}
