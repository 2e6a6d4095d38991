// Which classes' rows have to be there before which others': what the relationships of a hierarchy say, and the foreign
// keys that no relationship speaks of, whose values are set by hand.
import type { Mapper } from "../mapper.js";
import { childMapper, childSlots, parentMapper } from "./change-set.js";

/** Rows of the child's hierarchy refer to rows of the parent's. Both are roots. */
interface Reference {
  readonly parent: Mapper;
  readonly child: Mapper;
}

const references = new WeakMap<Mapper, { readonly classes: number; readonly found: readonly Reference[] }>();

/** Who refers to whom, as far as the classes of one hierarchy say, given its root. */
export function referencesOf(root: Mapper): readonly Reference[] {
  const classes = root.registry.size;
  let known = references.get(root);
  if (known === undefined || known.classes !== classes) {
    references.set(root, (known = { classes, found: findReferences(root) }));
  }
  return known.found;
}

function findReferences(root: Mapper): Reference[] {
  const found: Reference[] = [];
  const note = (parent: Mapper, child: Mapper): void => {
    if (!found.some((each) => each.parent === parent && each.child === child)) found.push({ parent, child });
  };
  for (const each of root.family) {
    for (const relationship of each.relationships) {
      if (!relationship.hasForeignKey || relationship.isPostUpdate) continue;
      note(parentMapper(relationship).root, childMapper(relationship).root);
    }
    for (const parent of parentsByTable(each)) if (parent.root !== root) note(parent.root, root);
  }
  return found;
}

/** The other classes whose rows a class's rows refer to by a foreign key that no relationship speaks of. */
function parentsByTable(mapper: Mapper): Mapper[] {
  const spokenOf = columnsOfRelationships(mapper);
  const { foreignKeys, schema } = mapper.table;
  return foreignKeys.flatMap(({ columns, targetTable, targetSchema }) => {
    if (columns.every((name) => spokenOf.has(name))) return [];
    return [...mapper.registry.values()].filter(
      (each) => each !== mapper && each.table.name === targetTable && each.table.schema === (targetSchema ?? schema),
    );
  });
}

/** The columns that relationships of either side set. */
function columnsOfRelationships(mapper: Mapper): Set<string> {
  const names = new Set<string>();
  for (const each of mapper.registry.values()) {
    for (const relationship of each.relationships) {
      const isMine = each === mapper || relationship.definition.target === mapper.name;
      if (!isMine || !relationship.hasForeignKey || childMapper(relationship) !== mapper) continue;
      for (const { column } of childSlots(relationship)) names.add(column.name);
    }
  }
  return names;
}
