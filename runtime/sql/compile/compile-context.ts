// What one compilation gathers while it writes: the parameters and their names, and which sources the enclosing
// selects read from.
import { CompileError, InvalidValueError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import type { BindNode, StatementWords } from "../ast/nodes.js";
import type { ParameterSlot } from "./compiled.js";
import { CteList } from "./cte-list.js";
import type { SqlDialect, SqlFeature } from "./sql-dialect.js";

/**
 * Stands before and after a parameter's number in the text until the text is complete: a character that no SQL may
 * hold. Thus writers may put parameters together in any order.
 */
export const PARAMETER_MARK = "\u0000";

export class CompileContext {
  readonly dialect: SqlDialect;
  /** In the order in which they were written, which need not be that of the text. */
  readonly slots: ParameterSlot[] = [];
  /** Keys of the sources that enclosing selects read from, innermost last: subqueries leave those out. */
  readonly enclosing: ReadonlySet<number>[] = [];
  /** False while columns are written without their table. */
  qualified = true;
  /** What stands at the statement's head. */
  readonly ctes = new CteList();
  readonly #positions: ReadonlyMap<BindNode, readonly number[]>;
  readonly #met = new Map<BindNode, number>();
  readonly #names = new Map<string, BindNode>();
  readonly #counters = new Map<string, number>();

  constructor(dialect: SqlDialect, binds: readonly BindNode[]) {
    this.dialect = dialect;
    const positions = new Map<BindNode, number[]>();
    binds.forEach((bind, index) => {
      const known = positions.get(bind);
      if (known === undefined) positions.set(bind, [index]);
      else known.push(index);
    });
    this.#positions = positions;
  }

  /** Writes a parameter: its number now, its placeholder when the text is complete. */
  parameter(bind: BindNode): string {
    const { encode } = this.dialect.codecFor(bind.type);
    // The type stands behind each element of a list, not behind the list: the server infers it there.
    return this.#mark(bind, encode, bind.expanding) + (bind.expanding ? "" : this.#suffix(bind));
  }

  /** Writes a list of values as one parameter, which `encodeList` makes of the encoded elements. */
  arrayParameter(bind: BindNode, encodeList: (elements: readonly unknown[]) => unknown): string {
    const { encode } = this.dialect.codecFor(bind.type);
    return this.#mark(bind, (list) => encodeList(encodedElements(list, encode)), false) + this.#suffix(bind);
  }

  #mark(bind: BindNode, encode: ParameterSlot["encode"], expanding: boolean, rowItems: string | null = null): string {
    const number = this.slots.length;
    const slot = { bind: this.#take(bind), name: this.#nameOf(bind), encode, expanding };
    this.slots.push(rowItems === null ? slot : { ...slot, rowItems });
    return PARAMETER_MARK + number + PARAMETER_MARK;
  }

  /** Writes a list of rows; `items` is what an empty one selects, in the types of the rows. */
  rowsParameter(bind: BindNode, types: readonly SqlType[], items: string): string {
    return this.#mark(bind, this.#rowEncoder(types), true, items);
  }

  /** Encodes the elements of one row of a list of rows. */
  #rowEncoder(types: readonly SqlType[]): (row: unknown) => unknown {
    const encoders = types.map((type) => this.dialect.codecFor(type).encode);
    return (row) => {
      if (!Array.isArray(row) || row.length !== types.length) {
        throw new InvalidValueError(`a row of the list has ${types.length} values in an array`);
      }
      return row.map((value: unknown, index) => {
        const encode = encoders[index] ?? null;
        return value === null || encode === null ? value : encode(value);
      });
    };
  }

  #suffix(bind: BindNode): string {
    return this.dialect.parameterSuffix?.(bind) ?? "";
  }

  /** Throws `CompileError` where the dialect lacks the feature, with what to write instead. */
  require(feature: SqlFeature, what: string): void {
    const advice = this.dialect.lacks?.[feature];
    if (advice === undefined) return;
    throw new CompileError(`${this.dialect.name} has no ${what}${advice === "" ? "" : `; ${advice}`}`);
  }

  /** True for words that are meant for this dialect. */
  speaks(words: StatementWords): boolean {
    return words.dialect === null || words.dialect === this.dialect.name;
  }

  /** Passes over binds that stand in the tree but not in the text, so that later ones keep their positions. */
  skip(binds: readonly BindNode[]): void {
    for (const bind of binds) this.#take(bind);
  }

  /**
   * The bind's position among the statement's binds. A bind used twice has a position for each use, taken in writing
   * order: a statement of the same key may have two different ones there.
   */
  #take(bind: BindNode): number {
    const positions = this.#positions.get(bind) ?? [];
    const met = this.#met.get(bind) ?? 0;
    this.#met.set(bind, met + 1);
    const position = positions[Math.min(met, positions.length - 1)];
    if (position === undefined) throw new CompileError(`the bind '${bind.name}' is not part of the statement`);
    return position;
  }

  #nameOf(bind: BindNode): string {
    if (!bind.unique) {
      const taken = this.#names.get(bind.name);
      if (taken !== undefined && taken.unique) throw nameTaken(bind.name);
      this.#names.set(bind.name, bind);
      return bind.name;
    }
    for (;;) {
      const count = (this.#counters.get(bind.name) ?? 0) + 1;
      this.#counters.set(bind.name, count);
      const name = `${bind.name}_${count}`;
      if (this.#names.has(name)) continue;
      this.#names.set(name, bind);
      return name;
    }
  }
}

function encodedElements(list: unknown, encode: ParameterSlot["encode"]): readonly unknown[] {
  if (!Array.isArray(list)) throw new InvalidValueError(`IN takes an array of values, not ${describeValue(list)}`);
  return list.map((element: unknown) => {
    if (element === undefined) throw new InvalidValueError("undefined is no value; pass null where NULL is meant");
    return element === null || encode === null ? element : encode(element);
  });
}

function nameTaken(name: string): CompileError {
  return new CompileError(`the parameter name '${name}' is also made for a value in this statement; choose another`);
}
