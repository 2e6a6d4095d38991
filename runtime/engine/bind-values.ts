// Values for a compiled statement's parameters: those that came with the execution by name, else those that the
// statement itself holds, each converted and checked for its column's type.
import { ArgumentError, InvalidValueError } from "../errors/errors.js";
import { UNSET } from "../sql/ast/expressions.js";
import type { BindNode, StatementNode } from "../sql/ast/nodes.js";
import type { Compiled, ParameterSlot } from "../sql/compile/compiled.js";
import { describeValue } from "../types/describe-value.js";
import { HIDDEN_PARAMETERS } from "./parameter-text.js";

/** Values by parameter name. */
export type ParameterSet = Readonly<Record<string, unknown>>;

/** Values by parameter name; an array of such sets executes the statement once for each. */
export type StatementParameters = ParameterSet | readonly ParameterSet[];

/**
 * The values in placeholder order, an array where the parameter is a list. `index` is the set's place in an
 * executemany, for the error; `hideParameters` keeps values out of it.
 * Throws `ArgumentError` for a value that is missing, `InvalidValueError` for a wrong one.
 */
export function bindValues(
  compiled: Compiled,
  binds: readonly BindNode[],
  given: ParameterSet,
  index: number | null,
  hideParameters: boolean,
): unknown[] {
  return compiled.parameters.map((slot) => {
    const value = Object.hasOwn(given, slot.name) ? given[slot.name] : binds[slot.bind]?.value;
    if (value === UNSET) throw missing(slot.name, given, index);
    try {
      return slot.expanding ? encodeList(slot, value) : encodeOne(slot, value);
    } catch (cause) {
      if (!(cause instanceof InvalidValueError)) throw cause;
      const where = `parameter "${slot.name}"${ofSet(index)}`;
      if (hideParameters) throw new InvalidValueError(`${where}: its type cannot hold the value ${HIDDEN_PARAMETERS}`);
      throw new InvalidValueError(`${where}: ${cause.message}`, { cause });
    }
  });
}

/** An INSERT or UPDATE that has values of its own takes no others: a name without a place would be lost silently. */
export function checkNames(node: StatementNode, compiled: Compiled, given: ParameterSet): void {
  if (node.kind !== "insert" && node.kind !== "update") return;
  for (const name of Object.keys(given)) {
    if (compiled.parameters.some((slot) => slot.name === name)) continue;
    const known = compiled.parameters.map((slot) => slot.name).join(", ");
    throw new ArgumentError(
      `parameter "${name}" has no place in this ${node.kind}, which has its values already; ` +
        `its parameters are: ${known}`,
    );
  }
}

function encodeOne(slot: ParameterSlot, value: unknown): unknown {
  if (value === null) return null;
  if (value === undefined) throw new InvalidValueError("undefined is no value; pass null where NULL is meant");
  return slot.encode === null ? value : slot.encode(value);
}

function encodeList(slot: ParameterSlot, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new InvalidValueError(`IN takes an array of values, not ${describeValue(value)}`);
  return value.map((element) => encodeOne(slot, element));
}

function missing(name: string, given: ParameterSet, index: number | null): ArgumentError {
  const names = Object.keys(given);
  const what = names.length === 0 ? "none were given" : `given were ${names.join(", ")}`;
  return new ArgumentError(`the statement needs a value for the parameter "${name}"${ofSet(index)}; ${what}`);
}

function ofSet(index: number | null): string {
  return index === null ? "" : ` of parameter set ${String(index + 1)}`;
}
