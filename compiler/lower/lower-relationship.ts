// One checked relationship as the model has it: the join spelled out, cascades complete, every option present.
import { InternalError } from "../../model/internal-error.js";
import type { CascadeName, RelationshipModel } from "../../model/class-model.js";
import type { BoundSchema, RelationshipSymbol } from "../bind/symbols.js";
import { cascadeNames, isCascadeName, isLoadStrategyName } from "../check/relationship-words.js";

export function lowerRelationship(relationship: RelationshipSymbol, schema: BoundSchema): RelationshipModel {
  const { options, target } = relationship;
  const join = schema.joins.get(relationship);
  if (join === undefined || target?.className === undefined) {
    throw new InternalError(`${relationship.path} has no join after the checks`);
  }
  const lazy = options.lazy?.text;
  return {
    name: relationship.name,
    target: target.className,
    direction: join.direction,
    collection: relationship.arity === "many",
    optional: relationship.arity === "optional",
    pairs: join.pairs,
    ...(join.secondary === undefined
      ? {}
      : { secondary: { table: join.secondary.table.name, pairs: join.secondary.pairs } }),
    ...(options.backPopulates === undefined ? {} : { backPopulates: options.backPopulates.text }),
    cascade: lowerCascade(relationship),
    orderBy: lowerOrder(relationship),
    lazy: lazy !== undefined && isLoadStrategyName(lazy) ? lazy : "select",
    passiveDeletes: options.passiveDeletes !== undefined,
    singleParent: options.singleParent !== undefined,
    viewonly: options.viewonly !== undefined,
    ...(relationship.doc === undefined ? {} : { comment: relationship.doc.text }),
  };
}

/** In the one canonical order; `all` is everything but `delete-orphan`. */
function lowerCascade({ options }: RelationshipSymbol): CascadeName[] {
  if (options.cascade === undefined) return options.viewonly === undefined ? ["save-update", "merge"] : ["merge"];
  const words = new Set(options.cascade.words.map(({ text }) => text));
  if (words.has("all")) for (const name of cascadeNames) if (name !== "delete-orphan") words.add(name);
  return [...cascadeNames].filter((name) => isCascadeName(name) && words.has(name));
}

function lowerOrder({ options }: RelationshipSymbol): RelationshipModel["orderBy"] {
  return (options.orderBy?.keys ?? []).map(({ expression, direction, nulls }) => {
    const column = expression.kind === "name" ? expression.path[0]?.text : undefined;
    if (column === undefined) throw new InternalError("order_by holds more than columns after the checks");
    const way = direction ?? "asc";
    return nulls === undefined ? { column, direction: way } : { column, direction: way, nulls };
  });
}
