// Which columns of a class a query loads: the mapping's own choice (everything but deferred columns), and what options
// such as `loadOnly(User.name)` and `defer(User.body)` make of it. Keys are always loaded.
import type { Mapper, Slot } from "../mapper.js";
import type { ColumnChoice, EagerBranch, LoadTree } from "./load-tree.js";

/**
 * The slots to load with the objects of a class; `mapper.defaultSlots` itself where nothing else is asked for.
 * @param branches what is loaded with the objects: the columns that it starts from come along
 * @param needed further slots that come along
 */
export function slotsToLoad(
  mapper: Mapper,
  { columns }: LoadTree,
  branches: readonly EagerBranch[],
  needed: readonly Slot[] = [],
): readonly Slot[] {
  if (columns === null && mapper.deferred.size === 0) return mapper.defaultSlots;
  const started = branches.flatMap(({ relationship }) => relationship.localColumns);
  if (columns === null && ![...started, ...needed].some(({ index }) => mapper.deferred.has(index))) {
    return mapper.defaultSlots;
  }
  const kept = new Set([...mapper.primaryKey, ...started, ...needed].map(({ index }) => index));
  if (mapper.discriminator !== null) kept.add(mapper.discriminator.index);
  return mapper.slots.filter((slot) => kept.has(slot.index) || isLoadedWith(mapper, slot, columns));
}

/** True where a column comes with its object under these options. */
export function isLoadedWith(mapper: Mapper, { index }: Slot, choice: ColumnChoice | null): boolean {
  if (choice === null) return !mapper.deferred.has(index);
  if (choice.undeferred.has(index)) return true;
  if (choice.deferred.has(index)) return false;
  if (choice.only !== null) return choice.only.has(index);
  return choice.undeferAll || !mapper.deferred.has(index);
}
