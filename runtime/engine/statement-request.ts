// A statement made ready to run: its compiled form from the engine's cache, and its values as the driver takes them.
import { InvalidRequestError } from "../errors/errors.js";
import { collectValues } from "../sql/ast/collect-binds.js";
import { internPair } from "../sql/ast/intern.js";
import type { BindNode, StatementNode } from "../sql/ast/nodes.js";
import { compileStatement, widenLists } from "../sql/compile/compile-statement.js";
import type { Compiled } from "../sql/compile/compiled.js";
import { withClientValues } from "../sql/compile/client-values.js";
import { lintFroms } from "../sql/compile/lint-froms.js";
import { withParameters } from "../sql/compile/parameters.js";
import { bindValues, checkNames, type ParameterSet, type StatementParameters } from "./bind-values.js";
import { contextOfStatement, type EngineContext } from "./context.js";
import type { ExecutionRequest } from "./execution.js";
import type { CompleteOptions } from "./execution-options.js";
import type { StatementOptions } from "../sql/statement-options.js";

/** A statement beside its compiled form. */
interface CompiledStatement {
  /** With the columns that the parameters named, where it had none itself. */
  readonly node: StatementNode;
  readonly compiled: Compiled;
  readonly binds: readonly BindNode[];
}

/** The statement, compiled for parameters of these names or found in the engine's cache. */
export function compiledStatement(context: EngineContext, node: StatementNode, given: ParameterSet): CompiledStatement {
  const complete = node.kind === "select" ? node : withClientValues(withParameters(node, Object.keys(given)));
  const compile = (): Compiled => {
    if (context.lintsFroms) for (const warning of lintFroms(complete)) warnOfProduct(warning);
    return compileStatement(complete, context.dialect.sql);
  };
  const compiled = context.cache === null ? compile() : context.cache.get(keyIn(context, complete.key), compile);
  checkNames(complete, compiled, given);
  return { node: complete, compiled, binds: collectValues(complete) };
}

function warnOfProduct(warning: string): void {
  process.emitWarning(`a ${warning}; enableFromLinting: false on the engine keeps it from looking`, {
    type: "CartesianProductWarning",
  });
}

/** The set with the values that are made for each row which has none. */
export function filledSet({ binds }: CompiledStatement, set: ParameterSet): ParameterSet {
  let filled: Record<string, unknown> | null = null;
  for (const { make, name } of binds) {
    if (make === undefined || Object.hasOwn(set, name)) continue;
    filled ??= { ...set };
    filled[name] = make();
  }
  return filled ?? set;
}

function keyIn({ cacheSalt }: EngineContext, key: number): number {
  return cacheSalt === 0 ? key : internPair(cacheSalt, key);
}

/** The values of a set by parameter name, those that the statement holds itself included. */
export function completeSet({ compiled, binds }: CompiledStatement, set: ParameterSet): ParameterSet {
  return Object.fromEntries(
    compiled.parameters.map(({ name, bind }) => [name, Object.hasOwn(set, name) ? set[name] : binds[bind]?.value]),
  );
}

/** What a statement says of its own execution; null where nothing. */
export function optionsOf(node: StatementNode): StatementOptions | null {
  return (node.kind === "text" ? node.execution : node.extras?.execution) ?? null;
}

/** A statement ready to run, once or once for each set of values: what an `Operation` yields. */
export function statementRequest(
  given: EngineContext,
  options: CompleteOptions,
  node: StatementNode,
  parameters: StatementParameters = {},
): ExecutionRequest {
  const context = contextOfStatement(given, options, optionsOf(node));
  const found = compiledStatement(context, node, isMany(parameters) ? (parameters[0] ?? {}) : parameters);
  if (!isMany(parameters)) return singleRequest(context, found, filledSet(found, parameters));
  return manyRequest(
    context,
    found,
    parameters.map((set) => filledSet(found, set)),
  );
}

function isMany(parameters: StatementParameters): parameters is readonly ParameterSet[] {
  return Array.isArray(parameters);
}

/** One execution of it. */
export function singleRequest(
  context: EngineContext,
  { node, compiled, binds }: CompiledStatement,
  given: ParameterSet,
): ExecutionRequest {
  const bound = bindValues(compiled, binds, given, null, context.hideParameters);
  const { sql, values } = widenLists(compiled, bound, context.dialect.sql);
  return { compiled, sql, parameters: [values], options: optionsOf(node) };
}

/** One execution for each set. */
export function manyRequest(
  context: EngineContext,
  { node, compiled, binds }: CompiledStatement,
  sets: readonly ParameterSet[],
): ExecutionRequest {
  if (compiled.segments !== null) {
    throw new InvalidRequestError(
      "a statement with an IN list takes one set of parameters, because each set has another text",
    );
  }
  const parameters = sets.map((set, index) => bindValues(compiled, binds, set, index, context.hideParameters));
  return { compiled, parameters, options: optionsOf(node) };
}
