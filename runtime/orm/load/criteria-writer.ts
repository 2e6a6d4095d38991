// Writes criteria into a select: into its own conditions and those of its joins, its subqueries wherever they stand and
// its CTEs. A source that becomes another one so is replaced wherever the statement reads from it.
import { displayedFroms, namedFroms, referencedFroms } from "../../sql/ast/froms.js";
import type {
  AliasNode,
  CteDefinition,
  CteNode,
  DeleteNode,
  EntitySource,
  ExpressionNode,
  FromNode,
  MappedEntity,
  NamedFromNode,
  SelectExtras,
  SelectItem,
  SelectNode,
  TableFunctionNode,
  UpdateNode,
} from "../../sql/ast/nodes.js";
import { rewriteParts } from "../../sql/ast/rewrite.js";
import { deleteNode, selectNode, updateNode } from "../../sql/ast/statements.js";
import { aliasNode, cteNode, cteUse, entityNode, joinNode, tableFunctionNode } from "../../sql/ast/tables.js";
import { adaptColumns, partsOf, standingAdapter } from "../adapt-columns.js";
import { AliasedEntity, standingIn } from "../aliased-entity.js";
import { Bundle } from "../bundle.js";
import { ConcreteUnion } from "../concrete-union.js";
import type { Mapper } from "../mapper.js";
import { conjunction } from "../relationships/join-conditions.js";

/** One condition on one class, over the class's own table. */
export interface LoaderCriterion {
  readonly mapper: Mapper;
  readonly condition: ExpressionNode;
}

/** The select with the criteria at every occurrence of their classes. */
export function applyCriteria(select: SelectNode, criteria: readonly LoaderCriterion[]): SelectNode {
  if (criteria.length === 0) return select;
  return new CriteriaWriter(criteria).select(select);
}

/** The UPDATE or DELETE with the criteria on its own rows and on all that it reads. */
export function restrictedWrite<Node extends UpdateNode | DeleteNode>(
  node: Node,
  criteria: readonly LoaderCriterion[],
): Node {
  return criteria.length === 0 ? node : new CriteriaWriter(criteria).write(node);
}

class CriteriaWriter {
  readonly #criteria: readonly LoaderCriterion[];
  /** Sources of the statements around a subquery: their rows are restricted there. */
  #around: readonly NamedFromNode[] = [];
  /** What is read instead of each source met, by the source's key. */
  readonly #sources = new Map<number, NamedFromNode>();
  readonly #definitions = new Map<number, CteDefinition>();
  /** CTEs that are being written, which read from themselves as they were. */
  readonly #open = new Set<number>();

  constructor(criteria: readonly LoaderCriterion[]) {
    this.#criteria = criteria;
  }

  select(select: SelectNode): SelectNode {
    const { items, where, groupBy, having, orderBy } = select;
    const mentioned = referencedFroms([...items, ...where, ...groupBy, ...having, ...orderBy]);
    const displayed = displayedFroms(select.froms, mentioned).filter(
      (from) => select.froms.includes(from) || !this.#around.some((outer) => outer === from),
    );
    const outer = this.#around;
    for (const source of displayed.flatMap(namedFroms)) this.#source(source);
    // The selects of a set operation stand side by side.
    if ((select.extras?.set ?? null) === null) this.#around = [...outer, ...displayed.flatMap(namedFroms)];
    const parts = {
      ...partsOf(select),
      items: items.map((item) => this.#item(item)),
      froms: select.froms.map((from) => this.#joined(from)),
      where: [...this.#each(where), ...this.#rowsOf(select, displayed)],
      groupBy: this.#each(groupBy),
      having: this.#each(having),
      orderBy: this.#each(orderBy),
      extras: this.#extras(select.extras ?? null),
    };
    this.#around = outer;
    return selectNode(parts);
  }

  write<Node extends UpdateNode | DeleteNode>(node: Node): Node;
  write(node: UpdateNode | DeleteNode): UpdateNode | DeleteNode {
    const { table, extras = null } = node;
    const values = node.kind === "update" ? (node.assignments ?? []).map(({ value }) => value) : [];
    const own = extras?.target?.from ?? table;
    const displayed = displayedFroms([own, ...(extras?.froms ?? [])], referencedFroms([...node.where, ...values]));
    this.#around = displayed.flatMap(namedFroms);
    for (const source of this.#around) this.#source(source);
    const where = [...this.#each(node.where), ...displayed.flatMap((from) => this.#of(leftmost(from)))];
    const read = extras === null ? null : { ...extras, froms: extras.froms.map((from) => this.#joined(from)) };
    if (node.kind === "delete") return deleteNode({ ...node, where, extras: read });
    const assignments =
      node.assignments?.map(({ column, value }) => ({ column, value: this.#expression(value) })) ?? null;
    return updateNode({ ...node, assignments, where, extras: read });
  }

  /** The conditions on what stands first in each element of FROM; those on what is joined to it stand in the ON. */
  #rowsOf({ where, extras }: SelectNode, displayed: readonly FromNode[]): ExpressionNode[] {
    // The rows of a set operation are those of its selects.
    if ((extras?.set ?? null) !== null) return [];
    return displayed.flatMap((from) => this.#of(leftmost(from))).filter((each) => !where.includes(each));
  }

  #each(nodes: readonly ExpressionNode[]): ExpressionNode[] {
    return nodes.map((node) => this.#expression(node));
  }

  /** What has no part that changes is the same node afterwards. */
  #expression(node: ExpressionNode): ExpressionNode {
    if (node.kind === "column") {
      const source = node.table === null ? undefined : this.#sources.get(node.table.key);
      return source === undefined || source === node.table ? node : (source.columns[node.index] ?? node);
    }
    const written = rewriteParts(node, {
      expression: (part) => this.#expression(part),
      select: (select) => this.select(select),
    });
    return written.key === node.key ? node : written;
  }

  #item(item: SelectItem): SelectItem {
    if (item.kind !== "entity") return this.#expression(item);
    const entity = this.#entity(item.entity);
    return entity === item.entity ? item : entityNode(entity);
  }

  #entity(entity: MappedEntity): MappedEntity {
    if (entity instanceof Bundle) {
      const columns = entity.columns.map((column) => this.#column(column));
      const isSame = columns.every((column, at) => column === entity.columns[at]);
      return isSame ? entity : new Bundle(entity.name, columns, entity.properties);
    }
    const source = this.#sources.get(entity.from.key);
    if (source === undefined || source === entity.from || source.kind !== "alias") return entity;
    return entity instanceof AliasedEntity || entity instanceof ConcreteUnion ? entity.over(source) : entity;
  }

  #column(column: MappedEntity["columns"][number]): MappedEntity["columns"][number] {
    const written = this.#expression(column);
    return written.kind === "column" ? written : column;
  }

  #joined(from: FromNode): FromNode {
    if (from.kind !== "join") return this.#source(from);
    const on = this.#expression(from.on);
    const stated = from.on.kind === "junction" ? from.on.operands : [from.on];
    const conditions = this.#of(from.right).filter((each) => !stated.includes(each));
    const whole = conditions.length === 0 ? on : conjunction([on, ...conditions]);
    return joinNode(this.#joined(from.left), this.#source(from.right), whole, from.join);
  }

  /** What is read instead of a source: the same one where no criterion is about what it reads. */
  #source(from: NamedFromNode): NamedFromNode {
    const known = this.#sources.get(from.key);
    if (known !== undefined) return known;
    const source = this.#rewritten(from);
    this.#sources.set(from.key, source);
    return source;
  }

  #rewritten(from: NamedFromNode): NamedFromNode {
    switch (from.kind) {
      case "alias":
        return from.element.kind === "select" ? this.#subquery(from, from.element) : from;
      case "cte":
        return this.#cte(from);
      case "tableFunction":
        return this.#tableFunction(from);
      default:
        return from;
    }
  }

  #subquery(from: AliasNode, element: SelectNode): AliasNode {
    const written = from.lateral === true ? this.select(element) : this.#alone(element);
    return written.key === element.key ? from : aliasNode(written, from.name, from.lateral === true);
  }

  /** A select that sees nothing of the statement that it stands in. */
  #alone(select: SelectNode): SelectNode {
    const outer = this.#around;
    this.#around = [];
    const written = this.select(select);
    this.#around = outer;
    return written;
  }

  #cte(from: CteNode): CteNode {
    const definition = this.#definition(from.definition);
    return definition === from.definition ? from : cteUse(definition, from.name);
  }

  #definition(definition: CteDefinition): CteDefinition {
    const { element } = definition;
    if (element.kind !== "select" || this.#open.has(definition.key)) return definition;
    const known = this.#definitions.get(definition.key);
    if (known !== undefined) return known;
    const chain: number[] = [];
    for (let each: CteDefinition | null = definition; each !== null; each = each.restates) chain.push(each.key);
    for (const key of chain) this.#open.add(key);
    const written = this.#alone(element);
    for (const key of chain) this.#open.delete(key);
    const { name, recursive, materialized, restates } = definition;
    const spec = { name, element: written, recursive, materialized, restates };
    const made = written.key === element.key ? definition : cteNode(spec).definition;
    this.#definitions.set(definition.key, made);
    return made;
  }

  #tableFunction(from: TableFunctionNode): TableFunctionNode {
    const call = this.#expression(from.call);
    return call === from.call ? from : tableFunctionNode({ ...from, call });
  }

  #extras(extras: SelectExtras | null): SelectExtras | null {
    if (extras === null) return null;
    const { set, ctes, distinctOn, lock, hints, correlation } = extras;
    const sources = (froms: readonly NamedFromNode[]): NamedFromNode[] => froms.map((from) => this.#source(from));
    return {
      ...extras,
      set: set === null ? null : { ...set, selects: set.selects.map((each) => this.select(each)) },
      ctes: ctes.map((cte) => this.#cte(cte)),
      distinctOn: this.#each(distinctOn),
      lock: lock === null ? null : { ...lock, of: sources(lock.of) },
      hints: hints.map(({ text, dialect, from }) => ({ text, dialect, from: this.#source(from) })),
      correlation: correlation === null ? null : { ...correlation, froms: sources(correlation.froms) },
    };
  }

  /** The conditions on one source. */
  #of(from: NamedFromNode): ExpressionNode[] {
    if (from.kind !== "table" && from.kind !== "alias" && from.kind !== "combined") return [];
    return this.#criteria.flatMap((criterion) => {
      const found = classIn(from, criterion.mapper);
      return found === undefined ? [] : [conditionOn(criterion, from, found)];
    });
  }
}

function leftmost(from: FromNode): NamedFromNode {
  return from.kind === "join" ? leftmost(from.left) : from;
}

/** The class, of this one's and those that extend it, whose rows a source holds. */
function classIn(from: EntitySource, mapper: Mapper): Mapper | undefined {
  const source = from.kind === "table" ? from : (from.element ?? from);
  const found = mapper.family.find((each) => each.from === source);
  if (found !== undefined || source.kind !== "combined") return found;
  // Tables of classes that extend it are joined to its own.
  const [first] = source.originals;
  return mapper.family.find(({ table, layout }) => table.name === source.name && layout.columns[0] === first);
}

/** The criteria over what stands for their classes: the same nodes each time, by which they are stated once. */
const known = new WeakMap<LoaderCriterion, Map<number, ExpressionNode>>();

function conditionOn(criterion: LoaderCriterion, from: EntitySource, mapper: Mapper): ExpressionNode {
  let conditions = known.get(criterion);
  if (conditions === undefined) known.set(criterion, (conditions = new Map()));
  let condition = conditions.get(from.key);
  if (condition === undefined) {
    condition = adaptColumns(criterion.condition, standingAdapter(mapper, standingIn(from, mapper)));
    conditions.set(from.key, condition);
  }
  return condition;
}
