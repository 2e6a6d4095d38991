// Which rows of its source are a class's: in a hierarchy over one table, those whose discriminator names the class or
// one that extends it.
import { binaryNode, columnBindNode, junctionNode, listBindNode } from "../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode } from "../sql/ast/nodes.js";
import type { Standing } from "./adapt-columns.js";
import type { MappingDefinition } from "./mapping-definition.js";

/** What tells a class's rows from others: a mapper has it. */
interface ClassOfRows extends Standing {
  readonly definition: MappingDefinition;
  readonly discriminator: { readonly index: number } | null;
  /** The class and all that extend it. */
  readonly family: readonly ClassOfRows[];
}

const NONE: readonly ExpressionNode[] = [];
const known = new WeakMap<Standing, { readonly kinds: number; readonly criterion: readonly ExpressionNode[] }>();

/**
 * The condition `employee.type IN ('manager', …)` on whatever stands for the class; none where every row is its. The
 * same object each time, until another class extends this one.
 */
export function classCriterion(mapper: ClassOfRows, standing: Standing): readonly ExpressionNode[] {
  const column = tellingColumn(mapper, standing);
  if (column === null) return NONE;
  const kinds = kindsOf(mapper);
  const before = known.get(standing);
  if (before?.kinds === kinds.length) return before.criterion;
  const criterion = [binaryNode("in", column, listBindNode(column.property, column.type, kinds))];
  known.set(standing, { kinds: kinds.length, criterion });
  return criterion;
}

/** The same for UPDATE and DELETE, which go out with many sets of values, too: `type = 'manager' OR type = …`. */
export function writeCriterion(mapper: ClassOfRows): ExpressionNode[] {
  const column = tellingColumn(mapper, mapper);
  if (column === null) return [];
  const [first, ...others] = kindsOf(mapper).map((kind) => binaryNode("eq", column, columnBindNode(column, kind)));
  if (first === undefined) return [];
  return [others.length === 0 ? first : junctionNode("or", [first, ...others])];
}

function tellingColumn({ discriminator, definition }: ClassOfRows, standing: Standing): ColumnNode | null {
  if (discriminator === null || definition.inherits?.kind !== "single") return null;
  return standing.columns[discriminator.index] ?? null;
}

function kindsOf(mapper: ClassOfRows): (string | number)[] {
  return mapper.family.flatMap(({ definition: { polymorphicIdentity } }) => polymorphicIdentity ?? []);
}
