// Type-level assertions: exact equality, and the row and first column of a statement.
import type { Executable } from "../../../runtime/sql/typing.js";

export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export declare function same<A, B>(yes: Equal<A, B>): void;
export declare function rowOf<R>(statement: Executable<R, unknown>): R;
export declare function firstOf<F>(statement: Executable<unknown, F>): F;
