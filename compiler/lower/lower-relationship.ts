// One checked relationship as the model has it: the join spelled out, cascades complete, every option present.
import { InternalError } from "../../model/internal-error.js";
import type { CascadeName, RelationshipModel } from "../../model/class-model.js";
import type { BoundSchema, RelationshipSymbol } from "../bind/symbols.js";
import { joinSides } from "../bind/custom-joins.js";
import { currentValueName } from "../check/current-values.js";
import { cascadeNames, isCascadeName, isLoadStrategyName } from "../check/relationship-words.js";
import { type LowerScope, lowerIn } from "./lower-expression.js";

export function lowerRelationship(relationship: RelationshipSymbol, schema: BoundSchema): RelationshipModel {
  const { options, targetClass } = relationship;
  const join = schema.joins.get(relationship);
  if (join === undefined || targetClass === undefined) {
    throw new InternalError(`${relationship.path} has no join after the checks`);
  }
  const lazy = options.lazy?.text;
  return {
    name: relationship.name,
    target: targetClass.name,
    direction: join.direction,
    collection: relationship.arity === "many",
    optional: relationship.arity === "optional",
    pairs: join.pairs,
    ...(join.secondary === undefined
      ? {}
      : { secondary: { table: join.secondary.table.name, pairs: join.secondary.pairs } }),
    ...lowerJoinConditions(relationship),
    ...(options.backPopulates === undefined ? {} : { backPopulates: options.backPopulates.text }),
    cascade: lowerCascade(relationship),
    orderBy: lowerOrder(relationship),
    lazy: lazy !== undefined && isLoadStrategyName(lazy) ? lazy : "select",
    ...lowerCollectionClass(relationship),
    passiveDeletes: options.passiveDeletes?.all === true ? "all" : options.passiveDeletes !== undefined,
    ...(options.passiveUpdates?.value === false ? { passiveUpdates: false } : {}),
    singleParent: options.singleParent !== undefined,
    ...(options.postUpdate === undefined ? {} : { postUpdate: true }),
    viewonly: options.viewonly !== undefined,
    ...(relationship.doc === undefined ? {} : { comment: relationship.doc.text }),
  };
}

function lowerJoinConditions({
  options,
}: RelationshipSymbol): Pick<RelationshipModel, "primaryjoin" | "secondaryjoin"> {
  const { primaryjoin, secondaryjoin } = options;
  return {
    ...(primaryjoin === undefined ? {} : { primaryjoin: lowerIn(primaryjoin.expression, joinScope) }),
    ...(secondaryjoin === undefined ? {} : { secondaryjoin: lowerIn(secondaryjoin.expression, joinScope) }),
  };
}

/** `this.c`, `other.c`, `link.c`. */
const joinScope: LowerScope = {
  typeOf: () => undefined,
  lowerName: ([first, second]) => {
    const side = joinSides.find((each) => each === first?.text);
    if (side !== undefined && second !== undefined) return { kind: "sideColumn", side, name: second.text };
    const current = currentValueName(first?.text ?? "");
    if (current === undefined) throw new InternalError("a join names no column of a side after the checks");
    return { kind: "current", name: current };
  },
};

function lowerCollectionClass({ options }: RelationshipSymbol): Pick<RelationshipModel, "collectionClass"> {
  const { collectionClass, by } = { collectionClass: options.collectionClass, by: options.collectionClass?.by };
  if (collectionClass === undefined || collectionClass.name.text === "list") return {};
  return { collectionClass: by === undefined ? { kind: "set" } : { kind: "map", by: by.text } };
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
