// Sorting by dependency: pure and deterministic. Where the order is free, items keep the order in which they came.

/** `first` has to come before `then`; both are positions in the list of items. */
export type Edge = readonly [first: number, then: number];

/** The sorted positions, or the positions of the items that wait for one another. */
type Sorted =
  | { readonly kind: "sorted"; readonly levels: readonly (readonly number[])[] }
  | { readonly kind: "cycle"; readonly members: readonly number[] };

/**
 * Levels: everything in one level waits only for what earlier levels hold. Items of a level are in their order.
 * @param count how many items there are, numbered from 0
 */
export function sortIntoLevels(count: number, edges: readonly Edge[]): Sorted {
  const { followers, waiting } = edges.length === 0 ? NO_EDGES : readEdges(count, edges);
  const levels: number[][] = [];
  let level: number[] = [];
  for (let item = 0; item < count; item++) if ((waiting[item] ?? 0) === 0) level.push(item);
  let placed = 0;
  while (level.length > 0) {
    levels.push(level);
    placed += level.length;
    const next: number[] = [];
    for (const item of level) {
      for (const follower of followers[item] ?? []) {
        const left = (waiting[follower] ?? 0) - 1;
        waiting[follower] = left;
        if (left === 0) next.push(follower);
      }
    }
    level = next.toSorted((a, b) => a - b);
  }
  if (placed === count) return { kind: "sorted", levels };
  return { kind: "cycle", members: cycleMembers(count, followers) };
}

/** The items on a cycle, self-loops included: members of strongly connected components. */
export function findCycleMembers(count: number, edges: readonly Edge[]): readonly number[] {
  return edges.length === 0 ? [] : cycleMembers(count, readEdges(count, edges).followers);
}

const NO_EDGES: ReturnType<typeof readEdges> = { followers: [], waiting: [] };

function readEdges(count: number, edges: readonly Edge[]): { followers: number[][]; waiting: number[] } {
  const followers: number[][] = Array.from({ length: count }, () => []);
  const waiting = Array.from({ length: count }, () => 0);
  const seen = new Set<number>();
  for (const [first, then] of edges) {
    const pair = first * count + then;
    if (seen.has(pair)) continue;
    seen.add(pair);
    followers[first]?.push(then);
    waiting[then] = (waiting[then] ?? 0) + 1;
  }
  return { followers, waiting };
}

/** Tarjan's components, without recursion: graphs of rows can be as deep as a table is long. */
function cycleMembers(count: number, followers: readonly (readonly number[])[]): readonly number[] {
  const number = Array.from({ length: count }, () => -1);
  const lowest = Array.from({ length: count }, () => 0);
  const open: boolean[] = [];
  const stack: number[] = [];
  const members: number[] = [];
  let counter = 0;
  for (let root = 0; root < count; root++) {
    if (number[root] !== -1) continue;
    const path: { item: number; next: number }[] = [{ item: root, next: 0 }];
    while (path.length > 0) {
      const step = path[path.length - 1];
      if (step === undefined) break;
      const { item } = step;
      if (step.next === 0 && number[item] === -1) {
        number[item] = lowest[item] = counter++;
        stack.push(item);
        open[item] = true;
      }
      const follower = followers[item]?.[step.next++];
      if (follower !== undefined) {
        if (number[follower] === -1) path.push({ item: follower, next: 0 });
        else if (open[follower] === true) lowest[item] = Math.min(lowest[item] ?? 0, number[follower] ?? 0);
        continue;
      }
      path.pop();
      const above = path[path.length - 1];
      if (above !== undefined) lowest[above.item] = Math.min(lowest[above.item] ?? 0, lowest[item] ?? 0);
      if (lowest[item] !== number[item]) continue;
      const component = stack.splice(stack.lastIndexOf(item));
      for (const each of component) open[each] = false;
      if (component.length > 1 || followers[item]?.includes(item) === true) members.push(...component);
    }
  }
  return members.toSorted((a, b) => a - b);
}
