// What a property takes from along relationships, as a subquery: each step's table under an alias, joined as the
// relationship says, custom joins and the rows that are the target class's own included.
import type { RelationshipModel } from "../../model/class-model.js";
import { findCapabilities } from "../../model/capabilities.js";
import { type ColumnType, isInteger } from "../../model/column-type.js";
import type { Expression } from "../../model/expression.js";
import type { StoredReference } from "../../model/expression-nullability.js";
import { expressionSql } from "../../model/expression-sql.js";
import { quoteIdentifier, quotePath } from "../../model/sql-identifier.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import { columnOfClass, keyOf, lineOf, tablesOf } from "./class-columns.js";
import { joinConditions } from "./join-conditions.js";
import type { ClassPlan, EmitPlan, TablePlan } from "./plan.js";
import { classAlong, type PropertyScope, relationshipOf } from "./property-scope.js";

type Reference = Exclude<StoredReference, { kind: "column" }>;
type SideColumn = Extract<Expression, { kind: "sideColumn" }>;

/** Where a subquery stands. */
interface SubqueryPlace {
  readonly dialect: string;
  readonly scope: PropertyScope;
  /** How a column of the statement's own row is spelled. */
  readonly outer: (column: string) => string;
}

/** `(select related_1.name from author as related_1 where related_1.id = {authorId})` */
export function subquery(reference: Reference, place: SubqueryPlace): string {
  if (reference.kind === "sideColumn") return "null";
  const builder = new SubqueryBuilder(place);
  return builder.build(reference);
}

/** How rows of one step are read: what its columns are called in the subquery. */
type Row = (column: string) => string;

class SubqueryBuilder {
  readonly #place: SubqueryPlace;
  readonly #output: EmitPlan;
  readonly #quote: string;
  readonly #sources: string[] = [];
  readonly #conditions: string[] = [];
  readonly #prefix: string;

  constructor(place: SubqueryPlace) {
    this.#place = place;
    this.#output = place.scope.output;
    this.#quote = findCapabilities(place.dialect)?.spelling.identifierQuote ?? '"';
    this.#prefix = aliasPrefix(this.#output);
  }

  build(reference: Exclude<Reference, SideColumn>): string {
    const { scope, outer } = this.#place;
    let row = outer;
    for (const [step, name] of reference.relationships.entries()) {
      const plan = classAlong(scope, reference.relationships.slice(0, step));
      row = this.#follow(relationshipOf({ ...scope, plan }, name), plan, row, step + 1);
    }
    const value = reference.name === undefined ? "*" : row(reference.name);
    const selected = reference.kind === "aggregate" ? `${reference.function}(${value})` : value;
    // The last column may have asked for one more table.
    return `(select ${selected} from ${this.#sources.join(", ")} where ${this.#conditions.join(" and ")})`;
  }

  /** Joins what `relationship` leads to. */
  #follow(relationship: RelationshipModel, from: ClassPlan, near: Row, step: number): Row {
    const target = this.#output.classOf(relationship.target);
    const { secondary } = relationship;
    const link = `${this.#prefix}link_${step}`;
    if (secondary !== undefined) this.#addSource(secondary.table, link);
    const far = this.#rowOf(target, step);
    const spelled = { this: near, other: far, link: (column: string) => this.#column(link, column) };
    const typeOf = ({ side, name }: SideColumn): ColumnType | undefined => {
      if (side !== "link") return columnOfClass(side === "this" ? from : target, this.#output, name).type;
      const columns = secondary === undefined ? [] : this.#output.tableOf(secondary.table).model.columns;
      return columns.find((column) => column.name === name)?.type;
    };
    const operands = [...joinConditions(relationship), ...ownRows(target, this.#output)];
    this.#conditions.push(
      expressionSql({ kind: "and", operands }, this.#place.dialect, {
        reference: (each) => (each.kind === "sideColumn" ? spelled[each.side](each.name) : "null"),
        referenceType: (each) => (each.kind === "sideColumn" ? typeOf(each) : undefined),
      }) ?? "null",
    );
    return far;
  }

  /** Rows of a class: of its own table, and of its bases' where a column of theirs is asked for. */
  #rowOf(target: ClassPlan, step: number): Row {
    const alias = `${this.#prefix}related_${step}`;
    const [own, ...bases] = tablesOf(target, this.#output);
    if (own === undefined) return (column) => this.#column(alias, column);
    this.#addSource(own.model, alias);
    const joined = new Map<TablePlan, string>([[own, alias]]);
    const aliasOf = (table: TablePlan): string => {
      const known = joined.get(table);
      if (known !== undefined) return known;
      const added = `${this.#prefix}base_${step}${joined.size === 1 ? "" : `_${joined.size}`}`;
      joined.set(table, added);
      this.#addSource(table.model, added);
      for (const [position, column] of keyOf(table).entries()) {
        const same = keyOf(own)[position] ?? column;
        this.#conditions.push(`${this.#column(added, column)} = ${this.#column(alias, same)}`);
      }
      return added;
    };
    return (column) => {
      const table = [own, ...bases].find(({ model }) => model.columns.some(({ name }) => name === column));
      return this.#column(aliasOf(table ?? own), column);
    };
  }

  #addSource(table: QualifiedName, alias: string): void {
    this.#sources.push(`${quotePath(table, this.#quote)} as ${alias}`);
  }

  #column(source: string, column: string): string {
    return `${source}.${quoteIdentifier(column, this.#quote)}`;
  }
}

/** The condition that tells a class's rows from those of others in its table. */
function ownRows(target: ClassPlan, output: EmitPlan): Expression[] {
  const discriminator = lineOf(target, output)[0]?.model.polymorphicOn;
  if (target.model.inheritance?.kind !== "single" || discriminator === undefined) return [];
  const family = output.classes.filter((other) => lineOf(other, output).includes(target));
  const isNumber = isInteger(columnOfClass(target, output, discriminator).type);
  const values = family.flatMap(({ model: { polymorphicIdentity: identity } }): Expression[] => {
    if (identity === undefined) return [];
    return [isNumber ? { kind: "number", digits: identity } : { kind: "string", value: identity }];
  });
  const operand: Expression = { kind: "sideColumn", side: "other", name: discriminator };
  return [{ kind: "in", negated: false, operand, values }];
}

/** Underscores, as many as keep the aliases of a subquery apart from the tables that it may stand beside. */
function aliasPrefix(output: EmitPlan): string {
  const names = output.tables.map(({ model }) => model.name.toLowerCase());
  let prefix = "";
  while (names.some((name) => /^(?:related|link|base)_\d/.test(name.slice(prefix.length)) && name.startsWith(prefix))) {
    prefix += "_";
  }
  return prefix;
}
