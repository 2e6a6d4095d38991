// How objects see tables and views: mapped classes, relationships, properties. The upper half of the schema model.
import type { ImportedName } from "./column-model.js";
import type { ColumnType } from "./column-type.js";
import type { Expression } from "./expression.js";
import type { QualifiedName } from "./qualified-name.js";

/** A mapped class: how objects see one table or view. */
export interface ClassModel {
  readonly name: string;
  readonly table: QualifiedName;
  /** The user's own class, over the generated base. */
  readonly from?: ImportedName;
  readonly inheritance?: InheritanceModel;
  /**
   * In a hierarchy over one table: the table's columns that this class has, its bases' first. Absent: the class has all
   * columns of its table. With joined tables, its bases' columns come before its own table's.
   */
  readonly columns?: readonly string[];
  /** Column of this class's table that says which class a row is; on the root of a hierarchy. */
  readonly polymorphicOn?: string;
  readonly polymorphicIdentity?: string;
  readonly relationships: readonly RelationshipModel[];
  readonly properties?: readonly PropertyModel[];
  readonly proxies?: readonly ProxyModel[];
  readonly composites?: readonly CompositeModel[];
  readonly comment?: string;
}

interface InheritanceModel {
  readonly base: string;
  /**
   * `single`: the base's table; `joined`: a table of its own whose key refers to the base's;
   * `concrete`: a table of its own that holds everything.
   */
  readonly kind: "single" | "joined" | "concrete";
}

/** A value computed from the row, in TypeScript and in SQL alike. */
interface PropertyModel {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly expression: Expression;
  readonly comment?: string;
}

/** An attribute of the objects at the far side of a relationship, seen as this class's own. */
interface ProxyModel {
  readonly name: string;
  readonly relationship: string;
  readonly attribute: string;
  readonly comment?: string;
}

/** Several columns seen as one value, which the user's class makes of them in this order. */
interface CompositeModel {
  readonly name: string;
  readonly class: ImportedName;
  /** Columns of the class's table, by database name. */
  readonly columns: readonly string[];
  readonly comment?: string;
}

export type CascadeName = "save-update" | "merge" | "expunge" | "delete" | "delete-orphan" | "refresh-expire";
export type LoadStrategyName =
  "select" | "joined" | "selectin" | "subquery" | "immediate" | "raise" | "noload" | "write_only";

export interface RelationshipModel {
  readonly name: string;
  /** The target class. */
  readonly target: string;
  readonly direction: "one-to-many" | "many-to-one" | "many-to-many";
  /** True for a collection, false for a scalar (one-to-one is a one-to-many with `collection: false`). */
  readonly collection: boolean;
  /** A scalar that may be null. */
  readonly optional: boolean;
  /**
   * `local` is a column of this class's table, `remote` of the target's or, with `secondary`, of the link table. With
   * joined inheritance, a column that the class's own table lacks is its bases'.
   */
  readonly pairs: readonly ColumnPair[];
  readonly secondary?: {
    readonly table: QualifiedName;
    /** `local` a column of the link table, `remote` of the target's table. */
    readonly pairs: readonly ColumnPair[];
  };
  /** Custom joins; columns are `this.c`, `other.c` and `link.c`. The pairs above are what they equate. */
  readonly primaryjoin?: Expression;
  readonly secondaryjoin?: Expression;
  readonly backPopulates?: string;
  /** Explicit and complete: defaults are filled in, `all` is spelled out. */
  readonly cascade: readonly CascadeName[];
  /** Columns of the target's table. */
  readonly orderBy: readonly {
    readonly column: string;
    readonly direction: "asc" | "desc";
    readonly nulls?: "first" | "last";
  }[];
  readonly lazy: LoadStrategyName;
  /** A set, or a map by the property of the target that `by` names; absent: a list. */
  readonly collectionClass?: { readonly kind: "set" } | { readonly kind: "map"; readonly by: string };
  /** `all`: the database does it, loaded objects are left alone too. */
  readonly passiveDeletes: boolean | "all";
  /** Changed keys reach the other side by ON UPDATE CASCADE (the default) or by the flush. */
  readonly passiveUpdates?: false;
  readonly singleParent: boolean;
  /** The foreign key is set by an UPDATE of its own, so that two rows may refer to each other. */
  readonly postUpdate?: true;
  readonly viewonly: boolean;
  readonly comment?: string;
}

export interface ColumnPair {
  readonly local: string;
  readonly remote: string;
}
