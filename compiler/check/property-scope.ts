// What names mean in the expression of a property: the object's columns and properties, paths along relationships to
// one object, and aggregates over relationships to many.
import type { ValueCategory } from "../../model/portable-functions.js";
import { columnsOfClass, type FollowedPath, followPath, membersOfClass } from "../bind/class-attributes.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { relationshipsOf } from "../bind/infer-joins.js";
import type { BoundSchema, ClassSymbol, PropertySymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Expression, Identifier } from "../syntax/ast.js";
import { aggregateName } from "./aggregates.js";
import { currentValueName } from "./current-values.js";
import { partsOf } from "./expression-parts.js";
import { type ExpressionScope, type NamedValue, spanOf, textOf } from "./expression-scopes.js";
import { typeCategory } from "./expression-types.js";

type Path = readonly Identifier[];
type Call = Extract<Expression, { kind: "call" }>;

export function propertyScope(symbol: ClassSymbol, schema: BoundSchema): ExpressionScope {
  const follow = (path: Path) =>
    followPath(
      symbol,
      path.map(({ text }) => text),
      schema.tableOf,
    );
  return {
    find: (path) => {
      const found = follow(path);
      return found === undefined || "index" in found || leadsToMany(found) ? undefined : valueOf(found);
    },
    unknown: (path) => {
      const found = follow(path);
      if (found === undefined) return undefined;
      if ("index" in found) return lost(path, found.index, found.symbol, schema);
      const many = found.relationships.find(({ arity }) => arity === "many");
      if (many !== undefined) return diagnostic("S5051", spanOf(path), textOf(path), many.name);
      return diagnostic("S5053", spanOf(path), textOf(path));
    },
    call: (call, checker) => {
      const name = call.name.schema === undefined ? aggregateName(call.name.name.text) : undefined;
      if (name === undefined) return undefined;
      const result = aggregateCategory(call, name, follow);
      if (typeof result === "string") return result;
      checker.diagnostics.push(...result);
      return "any";
    },
  };
}

/** What an aggregate gives; else what is wrong with it. */
function aggregateCategory(
  call: Call,
  name: string,
  follow: (path: Path) => ReturnType<typeof followPath>,
): ValueCategory | readonly Diagnostic[] {
  const [argument, ...more] = call.arguments;
  const misused = [diagnostic("S5052", call.span, name)];
  if (argument?.kind !== "name" || more.length > 0) return misused;
  const found = follow(argument.path);
  if (found === undefined) return [];
  if ("index" in found) return misused;
  const { relationships, end } = found;
  const isOverMany = relationships.at(-1)?.arity === "many" && relationships.slice(0, -1).every(isOne);
  // What it adds up are columns: a property's own expression would be computed row by row.
  const isColumn = end !== undefined && "storage" in end;
  if (!isOverMany || (end === undefined ? name !== "count" : !isColumn)) return misused;
  if (name === "count") return "number";
  const category = isColumn && end.storage !== undefined ? typeCategory(end.storage) : "any";
  if ((name === "sum" || name === "avg") && category !== "number" && category !== "any") return misused;
  return category;
}

function isOne({ arity }: { readonly arity: string }): boolean {
  return arity !== "many";
}

function leadsToMany({ relationships }: FollowedPath): boolean {
  return !relationships.every(isOne);
}

function valueOf({ end }: FollowedPath): NamedValue | undefined {
  if (end === undefined) return undefined;
  if ("storage" in end) return end;
  return { path: end.path, storage: end.resolved?.storage, enum: end.resolved?.enum };
}

function lost(path: Path, index: number, symbol: ClassSymbol, schema: BoundSchema): Diagnostic | undefined {
  const part = path[index];
  if (part === undefined) return undefined;
  const columns = columnsOfClass(symbol);
  const names = [
    ...columns.keys(),
    ...relationshipsOf(symbol, schema.tableOf).map(({ name }) => name),
    ...membersOfClass(symbol, schema.tableOf, ({ properties }) => properties).map(({ member }) => member.name.text),
  ];
  const byProperty = [...columns.values()].find(({ property }) => property === part.text);
  const help = byProperty === undefined ? didYouMean(part.text, names) : `did you mean \`${byProperty.name}\`?`;
  return diagnostic("S5050", { span: part.span, help }, symbol.name, part.text);
}

/** Found once a schema. */
const knownCircles = new WeakMap<BoundSchema, ReadonlySet<PropertySymbol>>();

/** One property of each circle of properties that are computed from one another. */
export function circularProperties(schema: BoundSchema): ReadonlySet<PropertySymbol> {
  const known = knownCircles.get(schema);
  if (known !== undefined) return known;
  const circular = new Set<PropertySymbol>();
  const done = new Set<PropertySymbol>();
  for (const start of schema.tables.flatMap(({ properties }) => properties)) {
    // Depth first, without recursion: a chain of properties may be as long as it likes.
    const stack = done.has(start) ? [] : [{ property: start, rest: propertiesIn(start, schema).values() }];
    const open = new Set(stack.map(({ property }) => property));
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        stack.pop();
        open.delete(top.property);
        done.add(top.property);
      } else if (open.has(next.value)) circular.add(next.value);
      else if (!done.has(next.value)) {
        open.add(next.value);
        stack.push({ property: next.value, rest: propertiesIn(next.value, schema).values() });
      }
    }
  }
  knownCircles.set(schema, circular);
  return circular;
}

/** The properties that `property` is computed from, at any remove. */
function usedProperties(property: PropertySymbol, schema: BoundSchema): PropertySymbol[] {
  const reached = new Set<PropertySymbol>();
  const waiting = [property];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const used of propertiesIn(next, schema)) {
      if (reached.has(used)) continue;
      reached.add(used);
      waiting.push(used);
    }
  }
  return [...reached];
}

/** What an expression may come to once the properties in it are spelled out. */
const mostParts = 1000;
const deepestUse = 100;

/** Whether `property` comes to more parts than an expression may have, although what it uses does not. */
export function isTooLarge(property: PropertySymbol, schema: BoundSchema): boolean {
  if (isSmall(property, schema)) return false;
  return propertiesIn(property, schema).every((used) => isSmall(used, schema));
}

function isSmall(property: PropertySymbol, schema: BoundSchema): boolean {
  return sizeOf(property, schema, new Map(), 0) <= mostParts;
}

function sizeOf(
  property: PropertySymbol,
  schema: BoundSchema,
  sizes: Map<PropertySymbol, number>,
  depth: number,
): number {
  const known = sizes.get(property);
  if (known !== undefined) return known;
  if (depth > deepestUse) return Infinity;
  const own = partsOf(property.member.expression, () => true).length;
  const used = propertiesIn(property, schema).map((each) => sizeOf(each, schema, sizes, depth + 1));
  const size = used.reduce((sum, each) => sum + each, own);
  sizes.set(property, size);
  return size;
}

/** False where what a property is computed from is in doubt, its own paths or those of properties that it uses. */
export function isSoundProperty(property: PropertySymbol, schema: BoundSchema): boolean {
  if (!isSmall(property, schema)) return false;
  return [property, ...usedProperties(property, schema)].every(({ member, ownerClass }) =>
    partsOf(member.expression, ({ kind }) => kind === "name").every((part) => {
      if (part.kind !== "name" || ownerClass === undefined) return true;
      const names = part.path.map(({ text }) => text);
      const found = followPath(ownerClass, names, schema.tableOf);
      if (found === undefined) return false;
      return !("index" in found) || (names.length === 1 && currentValueName(names[0] ?? "") !== undefined);
    }),
  );
}

function propertiesIn({ member, ownerClass }: PropertySymbol, schema: BoundSchema): PropertySymbol[] {
  if (ownerClass === undefined) return [];
  return partsOf(member.expression, ({ kind }) => kind === "name").flatMap((part) => {
    if (part.kind !== "name") return [];
    const names = part.path.map(({ text }) => text);
    const found = followPath(ownerClass, names, schema.tableOf);
    if (found === undefined || "index" in found || found.end === undefined || "storage" in found.end) return [];
    return [found.end];
  });
}
