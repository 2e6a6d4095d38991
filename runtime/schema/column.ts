// A table's column: a SQL expression that also knows how the column was declared.
import { InternalError } from "../errors/errors.js";
import type { ColumnNode, TableNode } from "../sql/ast/nodes.js";
import { Expression } from "../sql/build/expression.js";
import type { ColumnBuilder, ColumnOptions } from "../types/column-builder.js";
import type { DeclaredType } from "../types/declared-type.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export class Column extends Expression<ColumnNode> {
  readonly type: DeclaredType;
  /** As declared. */
  readonly options: ColumnOptions;

  private constructor(node: ColumnNode, { type, options }: ColumnBuilder<unknown>) {
    super(node);
    this.type = type;
    this.options = options;
  }

  /** The column at this position of the table. */
  static of(table: TableNode, index: number, builder: ColumnBuilder<unknown>): Column {
    const node = table.columns[index];
    if (node === undefined) throw new InternalError(`table ${table.name} has no column ${index}`);
    return new Column(node, builder);
  }

  /** The name in the database. */
  get name(): string {
    return this.node.name;
  }

  /** The name in code. */
  get key(): string {
    return this.node.property;
  }

  get nullable(): boolean {
    return this.node.nullable;
  }

  get primaryKey(): boolean {
    return this.node.primaryKey;
  }

  [INSPECT](): string {
    return describeColumn(this);
  }
}

/** `Column('name', Varchar(30), table=<user_account>)`, with what is remarkable about it. */
export function describeColumn(column: Column): string {
  const { node } = column;
  const parts = [`'${node.name}'`, String(column.type)];
  if (node.table !== null) parts.push(`table=<${node.table.name}>`);
  if (node.primaryKey) parts.push("primaryKey=true");
  if (!node.nullable) parts.push("nullable=false");
  return `Column(${parts.join(", ")})`;
}
