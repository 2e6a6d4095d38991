// What a rule is: a fact that must hold of one subject, as a generator of what is wrong where it does not.
import type {
  BoundSchema,
  BoundTable,
  ColumnSymbol,
  ForeignKeySymbol,
  IndexSymbol,
  Join,
  RelationshipSymbol,
} from "../bind/symbols.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";

export type Findings = Generator<Diagnostic, void, undefined>;

export type Rule<Subject> = (subject: Subject, schema: BoundSchema) => Findings;

export interface ColumnSubject {
  readonly table: BoundTable;
  readonly column: ColumnSymbol;
}

export interface ForeignKeySubject {
  readonly table: BoundTable;
  readonly foreignKey: ForeignKeySymbol;
}

export interface IndexSubject {
  readonly table: BoundTable;
  readonly index: IndexSymbol;
}

export interface RelationshipSubject {
  readonly table: BoundTable;
  readonly relationship: RelationshipSymbol;
  /** Undefined where the join is in doubt: rules about it have nothing to say. */
  readonly join: Join | undefined;
}
