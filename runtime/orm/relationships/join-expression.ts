// What a custom join (`primaryjoin`, `secondaryjoin`) demands beside the columns that it equates: an expression of the
// schema over columns of this class, of the other one and of the link table, as a condition of a statement.
import { dialects } from "../../../model/capabilities.js";
import type { ColumnType } from "../../../model/column-type.js";
import type { Expression } from "../../../model/expression.js";
import { subexpressions } from "../../../model/expression-parts.js";
import { expressionSql } from "../../../model/expression-sql.js";
import { fragmentNode } from "../../sql/ast/advanced-expressions.js";
import { typeOfExpression } from "../../sql/ast/expression-type.js";
import type { ExpressionNode, FragmentNode } from "../../sql/ast/nodes.js";
import { Bool } from "../../types/types.js";

type SideColumn = Extract<Expression, { kind: "sideColumn" }>;
export type JoinSide = SideColumn["side"];

/** What stands for a side's column in the statement. */
type ColumnOf = (side: JoinSide, name: string) => ExpressionNode;

/** The condition in the words of each dialect, with gaps for columns. */
interface JoinTemplate {
  readonly columns: readonly SideColumn[];
  readonly forms: NonNullable<FragmentNode["forms"]>;
}

const BOOLEAN = Bool().type;

const templates = new WeakMap<Expression, JoinTemplate>();

// Stands for a column until the text is cut there.
const GAP = "\u0001";

/** True where the expression reads a column of this side. */
export function mentionsSide(expression: Expression, side: JoinSide): boolean {
  if (expression.kind === "sideColumn") return expression.side === side;
  return subexpressions(expression).some((each) => mentionsSide(each, side));
}

/** `expression` over the columns that stand for its sides; it means what it means in a CHECK. */
export function joinCondition(expression: Expression, columnOf: ColumnOf): ExpressionNode {
  let template = templates.get(expression);
  if (template === undefined) {
    template = makeTemplate(expression, columnOf);
    templates.set(expression, template);
  }
  const parts = template.columns.map(({ side, name }) => columnOf(side, name));
  return fragmentNode([], parts, BOOLEAN, template.forms);
}

/** The same for every statement: what stands for a column has the column's type. */
function makeTemplate(expression: Expression, columnOf: ColumnOf): JoinTemplate {
  const columns: SideColumn[] = [];
  const positionOf = (column: SideColumn): number => {
    const known = columns.findIndex(({ side, name }) => side === column.side && name === column.name);
    return known >= 0 ? known : columns.push(column) - 1;
  };
  const spelled = dialects.flatMap(({ name: dialect }) => {
    const order: number[] = [];
    const text = expressionSql(expression, dialect, {
      reference: (reference) => {
        if (reference.kind === "sideColumn") order.push(positionOf(reference));
        return GAP;
      },
      referenceType: (reference) => (reference.kind === "sideColumn" ? typeOfSide(reference, columnOf) : undefined),
    });
    return text === undefined ? [] : [{ dialect, segments: text.split(GAP), order }];
  });
  const [first] = spelled;
  return { columns, forms: first === undefined ? spelled : [{ ...first, dialect: null }, ...spelled] };
}

function typeOfSide({ side, name }: SideColumn, columnOf: ColumnOf): ColumnType | undefined {
  const { logical } = typeOfExpression(columnOf(side, name));
  return logical.kind === "null" ? undefined : logical;
}
