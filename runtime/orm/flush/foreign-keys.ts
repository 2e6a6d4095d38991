// Foreign keys of a class's table that no relationship speaks of: their values are set by hand, but rows still depend
// on one another by them.
import type { Mapper } from "../mapper.js";
import { childMapper, childSlots } from "./change-set.js";

const parents = new WeakMap<Mapper, { readonly classes: number; readonly mappers: readonly Mapper[] }>();

/** The other classes whose rows a class's rows refer to by such a key. */
export function parentsByTable(mapper: Mapper): readonly Mapper[] {
  const classes = mapper.registry.size;
  let known = parents.get(mapper);
  if (known === undefined || known.classes !== classes) {
    parents.set(mapper, (known = { classes, mappers: findParents(mapper) }));
  }
  return known.mappers;
}

function findParents(mapper: Mapper): Mapper[] {
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
