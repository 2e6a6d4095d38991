// What generated code tells of a class: its table, its columns and relationships, and the straight-line code that
// works on its objects.
import type { Expression } from "../../model/expression.js";
import type { ComputedDefinition } from "./computed.js";
import type { CascadeName, LoadStrategyName } from "../../model/class-model.js";
import type { SqlRow } from "../engine/execution.js";
import type { Table } from "../schema/table.js";
import type { InheritanceKind } from "./class-layout.js";
import type { Entity } from "./entity.js";

/** Column names of one side and the other, as the database has them. */
type NamePair = readonly [local: string, remote: string];

/** A column of the target by its name in the database, and how it orders. */
type OrderTerm = readonly [column: string, direction?: "asc" | "desc", nulls?: "first" | "last"];

/** A relationship as generated code states it. */
export interface RelationshipDefinition {
  readonly name: string;
  /** The target class's name. */
  readonly target: string;
  readonly direction: "one-to-many" | "many-to-one" | "many-to-many";
  /** True for a collection, false for a scalar. */
  readonly collection: boolean;
  /** This table's column, then the target's or, with `secondary`, the link table's. */
  readonly pairs: readonly NamePair[];
  /** The link table of a many-to-many; its pairs are the link table's column, then the target's. */
  readonly secondary?: { readonly table: Table; readonly pairs: readonly NamePair[] } | undefined;
  /** What the join demands beside the pairs, of this class's row, the target's and the link row. */
  readonly primaryjoin?: readonly Expression[] | undefined;
  /** The same, of the link row and the target's. */
  readonly secondaryjoin?: readonly Expression[] | undefined;
  readonly backPopulates?: string | undefined;
  readonly cascade: readonly CascadeName[];
  readonly orderBy?: readonly OrderTerm[] | undefined;
  readonly lazy?: LoadStrategyName | undefined;
  readonly optional?: boolean | undefined;
  /** A set, or a map by this property of the target; a list where absent. */
  readonly collectionClass?: { readonly kind: "set" } | { readonly kind: "map"; readonly by: string } | undefined;
  /** True: what is not loaded is left to ON DELETE; `all`: what is loaded, too. */
  readonly passiveDeletes?: boolean | "all" | undefined;
  /** False: a changed key is written to the other side by the flush, not by ON UPDATE CASCADE. */
  readonly passiveUpdates?: boolean | undefined;
  readonly singleParent?: boolean | undefined;
  /** The foreign key is set by an UPDATE of its own, so that two rows may refer to each other. */
  readonly postUpdate?: boolean | undefined;
  readonly viewonly?: boolean | undefined;
}

/** The relationship that a proxy leads along, and the property there that it shows. */
export type ProxyDefinition = readonly [relationship: string, attribute: string];

/** What generated code tells of one class. */
export interface MappingDefinition<E extends Entity = Entity> {
  readonly name: string;
  readonly table: Table;
  /**
   * Property n reads and writes column n of the table, or of `columns` where these are given, through the field
   * `_property`. Of a class that extends another, its own properties only.
   */
  readonly properties: readonly string[];
  /** Columns by their names in the database, where the class has not all of its table. */
  readonly columns?: readonly string[] | undefined;
  /** The class that this one extends. Slots, relationships and bits of masks are counted on from its. */
  readonly inherits?: { readonly base: string; readonly kind: InheritanceKind } | undefined;
  /** At the root of a hierarchy, the column whose value says which class a row is. */
  readonly polymorphicOn?: string | undefined;
  /** That column's value in the rows of this class. */
  readonly polymorphicIdentity?: string | number | undefined;
  /** The columns that are loaded at access, by slot. */
  readonly deferred?: readonly number[] | undefined;
  readonly relationships: readonly RelationshipDefinition[];
  /** Properties that are computed from columns, as expressions for statements. */
  readonly computed?: Readonly<Record<string, ComputedDefinition>> | undefined;
  /** Proxies: each shows an attribute of what a relationship leads to. */
  readonly proxies?: Readonly<Record<string, ProxyDefinition>> | undefined;
  /** The property of the column that counts the row's updates. */
  readonly version?: string | undefined;
  /** False: rows that a DELETE does not find are no cause for a warning. */
  readonly confirmDeletedRows?: boolean | undefined;
  create(): E;
  /** Sets the field of every column that is not deferred from a row, starting at one of its columns. */
  fill(entity: E, row: SqlRow, at: number): void;
  /** Appends the values of the columns that `mask` asks for; `word` counts masks of 31 columns. */
  collect(entity: E, word: number, mask: number, into: unknown[]): void;
  /** The columns that hold a value. */
  present(entity: E, word: number): number;
  /** Unsets every column field. */
  expire(entity: E): void;
}

/** The definition of a subclass together with its base's: what is done to an object is done to both halves. */
export function extendedDefinition(
  own: MappingDefinition,
  {
    definition: base,
    defaultSlots,
  }: { readonly definition: MappingDefinition; readonly defaultSlots: readonly object[] },
): MappingDefinition {
  return {
    ...own,
    relationships: [...base.relationships, ...own.relationships],
    deferred: [...(base.deferred ?? []), ...(own.deferred ?? [])],
    computed: { ...base.computed, ...own.computed },
    proxies: { ...base.proxies, ...own.proxies },
    version: own.version ?? base.version,
    confirmDeletedRows: own.confirmDeletedRows ?? base.confirmDeletedRows,
    fill(entity, row, at) {
      base.fill(entity, row, at);
      own.fill(entity, row, at + defaultSlots.length);
    },
    collect(entity, word, mask, into) {
      base.collect(entity, word, mask, into);
      own.collect(entity, word, mask, into);
    },
    present: (entity, word) => base.present(entity, word) | own.present(entity, word),
    expire(entity) {
      base.expire(entity);
      own.expire(entity);
    },
  };
}
