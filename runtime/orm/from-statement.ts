// Objects out of the rows of a statement that says nothing of classes: SQL text, a select of columns, a write that
// gives its rows back. The rows' columns find their properties by name.
import { Result } from "../engine/result.js";
import { RowShape } from "../engine/row.js";
import { ArgumentError } from "../errors/errors.js";
import type { SelectNode, StatementNode } from "../sql/ast/nodes.js";
import { elementOf, typed } from "../sql/build/element.js";
import type { ResultColumn } from "../sql/compile/compiled.js";
import type { EntityClass, Executable, Select } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";
import type { EntitySession } from "./entity.js";
import { loadWaiting } from "./load/load-related.js";
import { type EagerBranch, eagerBranches, emptyTree } from "./load/load-tree.js";
import { loadTrees } from "./load/load-trees.js";
import { type GivenValues, LoadsReader } from "./load/row-reader.js";
import { mapperBehind } from "./mapped-class.js";
import type { Mapper, Slot } from "./mapper.js";
import type { SessionFlow } from "./session-flow.js";

/** A class to read from the rows of a statement, with the options of a select of it. */
export class FromStatement {
  readonly select: SelectNode;
  readonly statement: StatementNode;

  constructor(select: SelectNode, statement: StatementNode) {
    this.select = select;
    this.statement = statement;
  }
}

/**
 * The objects of a class from the rows of another statement:
 * `fromStatement(select(User), text("SELECT …").columns({ id: Integer().type, name: Text().type }))`. A column belongs
 * to the property, or the database's name, that it is called; those that are missing are loaded at access. The select's
 * options load what goes with the objects, by statements of their own.
 * @throws ArgumentError where this is no select of one class, or the statement's columns are not known
 */
export function fromStatement<L extends readonly [EntityClass]>(
  select: Select<L>,
  statement: Executable<unknown, unknown>,
): Select<L> {
  const node = elementOf(select)?.node;
  const given = elementOf(statement)?.node;
  if (node?.kind !== "select" || node.items.length !== 1 || node.items[0]?.kind !== "entity") {
    throw new ArgumentError(`fromStatement() takes a select of one class first, got ${describeValue(select)}`);
  }
  switch (given?.kind) {
    case "text":
      if (given.columns !== null) return typed(new FromStatement(node, given));
      throw new ArgumentError("fromStatement() needs to know what the text gives: state it, text(…).columns({ … })");
    case "select":
    case "insert":
    case "update":
    case "delete":
      return typed(new FromStatement(node, given));
    default:
      throw new ArgumentError(`fromStatement() takes a statement second, got ${describeValue(statement)}`);
  }
}

/** Executes such a statement. The caller has flushed what is pending. */
export function* loadFromStatement<R, F>(
  session: EntitySession,
  { select, statement }: FromStatement,
  given: GivenValues | undefined,
): SessionFlow<Result<R, F>> {
  const [item] = select.items;
  if (item?.kind !== "entity") throw new ArgumentError("fromStatement() reads one class");
  const { entity } = item;
  const mapper = mapperBehind(entity);
  const [tree = emptyTree] = loadTrees([entity], select.options);
  const request = session.request(statement, given);
  const columns = placesOf(mapper, request.compiled.columns ?? []);
  const reply = yield request;
  const rows = reply.rows.map((row) => columns.map(({ at, decode }) => decoded(row[at], decode)));
  const slots = columns.map(({ slot }) => slot);
  const later = eagerBranches(mapper, tree, [mapper]).map(bySecondStatement);
  const reader = new LoadsReader(
    session,
    { mapper, at: 0, slots, subclasses: [], joined: [], later, tree, source: entity },
    { select, given },
  );
  const objects = rows.map((row) => [reader.read(row)]);
  yield* loadWaiting(session, reader.finish());
  return new Result<R, F>({
    rows: objects,
    shape: new RowShape([entity.name]),
    rowCount: objects.length,
    lastInsertId: null,
    insertedKeys: null,
  });
}

/** There is no statement to join to, or to repeat as a subquery: the keys will do. */
function bySecondStatement(branch: EagerBranch): EagerBranch {
  return branch.strategy === "immediate" ? branch : { ...branch, strategy: "selectin" };
}

interface PlacedSlot {
  readonly slot: Slot;
  readonly at: number;
  readonly decode: ResultColumn["decode"];
}

/** The class's columns among those of the rows. */
function placesOf(mapper: Mapper, columns: readonly ResultColumn[]): PlacedSlot[] {
  const found = mapper.slots.flatMap((slot): PlacedSlot[] => {
    const names = new Set([slot.property, slot.column.name, `${mapper.table.name}_${slot.column.name}`]);
    const at = columns.findIndex(({ key }) => names.has(key));
    const decode = columns[at]?.decode ?? null;
    return at < 0 ? [] : [{ slot, at, decode }];
  });
  const missing = mapper.primaryKey.find((slot) => !found.some((each) => each.slot === slot));
  if (missing === undefined) return found;
  throw new ArgumentError(
    `The statement's rows have no column '${missing.column.name}': objects of ${mapper.name} are known by it. ` +
      `They have ${columns.map(({ key }) => key).join(", ") || "none"}`,
  );
}

function decoded(value: unknown, decode: ResultColumn["decode"]): unknown {
  return value === null || decode === null ? value : decode(value);
}
