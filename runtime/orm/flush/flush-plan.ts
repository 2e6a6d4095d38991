// The plan of a flush: steps in the order in which they will be sent. A value: it can be printed and compared, and
// making it sends nothing.
import { CircularDependencyError } from "../../errors/errors.js";
import type { Entity } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import type { Mapper, Relationship } from "../mapper.js";
import {
  type ChangeSet,
  childMapper,
  childSlots,
  type KeyCopies,
  type LinkKey,
  type LinkPairs,
  parentMapper,
  parentSlots,
} from "./change-set.js";
import { type Action, actionsOf } from "./dependencies.js";
import { sortIntoLevels } from "./toposort.js";

/** Rows of one class: keys are copied first, then rows updated, then rows inserted. */
export interface SaveStep {
  readonly kind: "save";
  readonly mapper: Mapper;
  readonly copies: readonly KeyCopies[];
  readonly updates: readonly Entity[];
  readonly inserts: readonly Entity[];
}

interface DeleteStep {
  readonly kind: "delete";
  readonly mapper: Mapper;
  readonly entities: readonly Entity[];
}

interface LinkStep {
  readonly kind: "link" | "unlink";
  readonly relationship: Relationship;
  readonly pairs: LinkPairs;
}

/** Rows of a link table that follow the changed keys of objects. */
interface RelinkStep {
  readonly kind: "relink";
  readonly mapper: Mapper;
  readonly key: LinkKey;
  readonly entities: readonly Entity[];
}

/** Foreign keys that are set by an UPDATE of their own, when all rows are there. */
export interface PostUpdateStep {
  readonly kind: "post-update";
  readonly mapper: Mapper;
  readonly copies: readonly KeyCopies[];
}

export type FlushStep = SaveStep | DeleteStep | LinkStep | RelinkStep | PostUpdateStep;

/** A flush that is ready to be carried out. */
export class FlushPlan {
  readonly changes: ChangeSet;
  readonly steps: readonly FlushStep[];

  constructor(changes: ChangeSet, steps: readonly FlushStep[]) {
    this.changes = changes;
    this.steps = steps;
  }

  /** One line a step, numbered. */
  toString(): string {
    const lines = this.steps.flatMap((step) => describeStep(step, this.changes));
    if (lines.length === 0) return "Nothing to flush";
    return lines.map((line, index) => `${index + 1}. ${line}`).join("\n");
  }
}

/**
 * Orders a change set's work.
 * @throws CircularDependencyError where objects each need the key of another first
 */
export function planFlush(changes: ChangeSet): FlushPlan {
  const { actions, edges, isSplit } = actionsOf(changes);
  const sorted = sortIntoLevels(actions.length, edges);
  if (sorted.kind === "cycle") throw circularDependency(sorted.members.map((at) => actions[at]));
  const copiesFor = isSplit ? copiesByObject(changes) : copiesByClass(changes);
  const steps: FlushStep[] = [];
  for (const level of sorted.levels) {
    for (const action of mergeAlike(level.flatMap((at) => actions[at] ?? []))) {
      steps.push(stepOf(action, changes, copiesFor));
    }
  }
  return new FlushPlan(changes, steps);
}

/** Actions of one level that do the same for objects of one class become one. Saves come before deletes. */
function mergeAlike(level: readonly Action[]): readonly Action[] {
  if (level.length < 2) return level;
  const merged: Action[] = [];
  const saves = new Map<Mapper, { readonly inserts: Entity[]; readonly updates: Entity[] }>();
  const deletes = new Map<Mapper, Entity[]>();
  for (const action of level) {
    const { kind } = action;
    if (kind === "save") {
      const known = saves.get(action.mapper);
      const { inserts, updates } = known ?? { inserts: [], updates: [] };
      for (const each of action.inserts) inserts.push(each);
      for (const each of action.updates) updates.push(each);
      if (known !== undefined) continue;
      saves.set(action.mapper, { inserts, updates });
      merged.push({ kind, mapper: action.mapper, inserts, updates });
    } else if (kind === "delete") {
      const known = deletes.get(action.mapper);
      const entities = known ?? [];
      for (const each of action.entities) entities.push(each);
      if (known !== undefined) continue;
      deletes.set(action.mapper, entities);
      merged.push({ kind, mapper: action.mapper, entities });
    } else merged.push(action);
  }
  if (deletes.size === 0) return merged;
  return [...merged.filter(({ kind }) => kind !== "delete"), ...merged.filter(({ kind }) => kind === "delete")];
}

function stepOf(action: Action, changes: ChangeSet, copiesFor: CopiesFor): FlushStep {
  switch (action.kind) {
    case "link":
      return { kind: "link", relationship: action.rows.relationship, pairs: action.rows.inserts };
    case "unlink":
      return { kind: "unlink", relationship: action.rows.relationship, pairs: action.rows.deletes };
    case "relink":
      return { ...action, mapper: action.key.relationship.owner };
    case "post-update":
      return { kind: "post-update", mapper: action.mapper, copies: action.copies };
    case "delete":
      return { kind: "delete", mapper: action.mapper, entities: action.entities };
    case "save": {
      const { mapper, inserts, updates } = action;
      const copies = copiesFor(mapper, inserts, updates);
      const { rowSwitches } = changes;
      if (rowSwitches.size === 0) return { kind: "save", mapper, copies, updates, inserts };
      const switched = inserts.filter((entity) => rowSwitches.has(entity));
      const others = inserts.filter((entity) => !rowSwitches.has(entity));
      return { kind: "save", mapper, copies, updates: [...switched, ...updates], inserts: others };
    }
  }
}

type CopiesFor = (mapper: Mapper, inserts: readonly Entity[], updates: readonly Entity[]) => readonly KeyCopies[];

/** Keys that are cleared come first: who lost one parent may get another. */
function allCopies(changes: ChangeSet): KeyCopies[] {
  return [...changes.clears.values(), ...changes.copies.values()];
}

function copiesByClass(changes: ChangeSet): CopiesFor {
  const all = allCopies(changes);
  return (mapper) => all.filter((copies) => childMapper(copies.relationship).root === mapper);
}

function copiesByObject(changes: ChangeSet): CopiesFor {
  const byChild = new Map<Entity, KeyCopies[]>();
  for (const { relationship, kind, children, parents } of allCopies(changes)) {
    children.forEach((child, at) => {
      const parent = parents[at];
      if (parent === undefined) return;
      const own = byChild.get(child) ?? [];
      own.push({ relationship, kind, children: [child], parents: [parent] });
      byChild.set(child, own);
    });
  }
  return (_, inserts, updates) => [...inserts, ...updates].flatMap((entity) => byChild.get(entity) ?? []);
}

function circularDependency(members: readonly (Action | undefined)[]): CircularDependencyError {
  const names = members.flatMap((action) => objectsOf(action).map((entity) => nameEntity(entity)));
  const shown = names.length > 6 ? [...names.slice(0, 6), "…"] : names;
  return new CircularDependencyError(
    `These objects each need the key of another first: ${shown.join(", ")}. ` +
      `Say post_update on one of the relationships, or leave it empty, flush, then set it and flush again`,
  );
}

function objectsOf(action: Action | undefined): readonly Entity[] {
  if (action?.kind === "save") return [...action.inserts, ...action.updates];
  return action?.kind === "delete" ? action.entities : [];
}

function describeStep(step: FlushStep, changes: ChangeSet): string[] {
  switch (step.kind) {
    case "save":
      return [
        ...describeCopies(step.copies),
        ...(step.updates.length > 0 ? [`UPDATE ${step.mapper.table.name}: ${describeObjects(step.updates)}`] : []),
        ...(step.inserts.length > 0 ? [`INSERT ${step.mapper.table.name}: ${describeObjects(step.inserts)}`] : []),
      ];
    case "relink": {
      const columns = step.key.columns.map(({ name }) => name).join(", ");
      const follow = step.key.columns.length === 1 ? "follows" : "follow";
      return [`UPDATE ${step.key.table.name}: its ${columns} ${follow} ${describeObjects(step.entities)}`];
    }
    case "post-update": {
      const entities = new Set(step.copies.flatMap((each) => each.children));
      return [...describeCopies(step.copies), `UPDATE ${step.mapper.table.name}: ${describeObjects([...entities])}`];
    }
    case "delete": {
      const taken = new Set(changes.rowSwitches.values());
      const entities = step.entities.filter((entity) => !taken.has(entity));
      return entities.length > 0 ? [`DELETE ${step.mapper.table.name}: ${describeObjects(entities)}`] : [];
    }
    default: {
      const table = step.relationship.definition.secondary?.table.name ?? "";
      const verb = step.kind === "link" ? "INSERT" : "DELETE";
      return [`${verb} ${table}: ${step.pairs.owners.length} row(s) of ${String(step.relationship)}`];
    }
  }
}

/** Both directions of a relationship copy the same keys: they are told once. */
function describeCopies(copies: readonly KeyCopies[]): string[] {
  const lines = new Map<string, { readonly from: Relationship; readonly children: Set<Entity> }>();
  for (const { relationship, kind, children } of copies) {
    const child = childMapper(relationship).from.name;
    const parent = parentMapper(relationship).from.name;
    const sources = parentSlots(relationship);
    const columns = childSlots(relationship).map(({ column }, at) => {
      const source = kind === "clear" ? "NULL" : `${parent}.${sources[at]?.column.name ?? ""}`;
      return `${child}.${column.name} = ${source}`;
    });
    const text = columns.join(", ");
    const line = lines.get(text) ?? { from: relationship, children: new Set() };
    lines.set(text, line);
    for (const each of children) line.children.add(each);
  }
  return [...lines].map(
    ([text, { from, children }]) => `SET ${text} for ${children.size} object(s), from ${String(from)}`,
  );
}

function describeObjects(entities: readonly Entity[]): string {
  const [first] = entities;
  if (first === undefined) return "";
  return entities.length === 1 ? nameEntity(first) : `${entities.length} objects, ${nameEntity(first)} first`;
}
