// Expressions of properties: paths along relationships, aggregates, and other properties, which are spelled out so that
// the model's paths end in columns.
import type { ColumnType } from "../../model/column-type.js";
import type { Expression } from "../../model/expression.js";
import { InternalError } from "../../model/internal-error.js";
import { type FollowedPath, followPath } from "../bind/class-attributes.js";
import type { BoundSchema, ClassSymbol } from "../bind/symbols.js";
import { aggregateName } from "../check/aggregates.js";
import { currentValueName } from "../check/current-values.js";
import type * as syntax from "../syntax/ast.js";
import { type LowerScope, lowerIn } from "./lower-expression.js";

/** Lowers the expression of a property of `symbol`. */
export function lowerPropertyExpression(
  source: syntax.Expression,
  symbol: ClassSymbol,
  schema: BoundSchema,
  expected: ColumnType,
): Expression {
  return lowerIn(source, propertyScope(symbol, schema, []), expected);
}

/** `prefix` holds the relationships that lead from the property's class to `symbol`. */
function propertyScope(symbol: ClassSymbol, schema: BoundSchema, prefix: readonly string[]): LowerScope {
  const follow = (path: readonly syntax.Identifier[]): FollowedPath | undefined => {
    const names = path.map(({ text }) => text);
    const found = followPath(symbol, names, schema.tableOf);
    return found === undefined || "index" in found ? undefined : found;
  };
  return {
    typeOf: (path) => {
      const end = follow(path)?.end;
      return end && storageOf(end);
    },
    lowerName: (path) => {
      const found = follow(path);
      if (found !== undefined) return lowerPath(found, schema, prefix);
      const current = path.length === 1 ? currentValueName(path[0]?.text ?? "") : undefined;
      if (current === undefined)
        throw new InternalError(`path ${path.map(({ text }) => text).join(".")} leads nowhere`);
      return { kind: "current", name: current };
    },
    lowerCall: (call) => {
      const name = call.name.schema === undefined ? aggregateName(call.name.name.text) : undefined;
      const [argument] = call.arguments;
      if (name === undefined || argument?.kind !== "name") return undefined;
      const found = follow(argument.path);
      if (found?.relationships.at(-1)?.arity !== "many") return undefined;
      const relationships = [...prefix, ...found.relationships.map((relationship) => relationship.name)];
      const column = found.end !== undefined && "storage" in found.end ? { name: found.end.name } : {};
      return { kind: "aggregate", function: name, relationships, ...column };
    },
  };
}

function lowerPath({ relationships, end }: FollowedPath, schema: BoundSchema, prefix: readonly string[]): Expression {
  const names = [...prefix, ...relationships.map(({ name }) => name)];
  if (end === undefined) throw new InternalError(`a property's path ends in relationship ${names.join(".")}`);
  if ("storage" in end) {
    return names.length === 0
      ? { kind: "column", name: end.name }
      : { kind: "path", relationships: names, name: end.name };
  }
  const { ownerClass, member, resolved } = end;
  if (ownerClass === undefined) throw new InternalError(`property ${end.path} has no class`);
  return lowerIn(member.expression, propertyScope(ownerClass, schema, names), resolved?.storage);
}

function storageOf(end: NonNullable<FollowedPath["end"]>): ColumnType | undefined {
  return "storage" in end ? end.storage : end.resolved?.storage;
}
