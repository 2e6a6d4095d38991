// Structural keys: every node's key is an integer interned from its kind, its scalar parts and its children's keys,
// so that a statement's key costs nothing at execution. Keys only rise; when the tables are full they are dropped,
// after which equal structures get new keys: a cache misses once, and never confuses two statements.
// A key is odd where a bind lies in the node or below it, so that looking for binds passes over all that has none.

/** So many pairs and strings are remembered at most. */
const CAPACITY = 50_000;
const FIRST_SLOTS = 2048;
/** Numbers a slot: left, right, key (0 where the slot is free), and one so that no slot lies across two cache lines. */
const WIDTH = 4;

/** Pairs by open addressing: a query looks up some fifty, and a Map in a Map is slower. */
interface PairTable {
  readonly mask: number;
  readonly slots: Float64Array;
}

let nextKey = 2;
let pairCount = 0;
let pairs = emptyTable(FIRST_SLOTS);
let strings = new Map<string, number>();

/** A key that no other node has: for tables and mappings, which are told apart by identity. */
export function freshKey(): number {
  nextKey += 2;
  return nextKey;
}

/** The same for kinds of nodes that are binds or hold one. */
export function freshBindKey(): number {
  return freshKey() + 1;
}

/** True where a node of this key is a bind or holds one; true by mistake costs time alone. */
export function holdsBinds(key: number): boolean {
  return (key & 1) !== 0;
}

/** The key of the ordered pair `(left, right)`; chains of pairs make the key of anything longer. */
export function internPair(left: number, right: number): number {
  const { mask, slots } = pairs;
  for (let slot = slotOf(left, right, mask); ; slot = (slot + 1) & mask) {
    const at = slot * WIDTH;
    const key = slots[at + 2];
    if (key === 0 || key === undefined) return addPair(left, right);
    if (slots[at] === left && slots[at + 1] === right) return key;
  }
}

/** The key of a string: names, operators, raw text. Never given a bound value. */
export function internString(text: string): number {
  const known = strings.get(text);
  if (known !== undefined) return known;
  if (strings.size >= CAPACITY) drop();
  const key = freshKey();
  strings.set(text, key);
  return key;
}

/** `key` followed by the keys of `nodes`, unambiguous in their number. */
export function internList(key: number, nodes: readonly { readonly key: number }[]): number {
  // Twice the number, which says nothing of binds.
  let chain = internPair(key, nodes.length * 2);
  if (nodes.length > 0) for (const node of nodes) chain = internPair(chain, node.key);
  return chain;
}

function slotOf(left: number, right: number, mask: number): number {
  const mixed = Math.imul(left | 0, 0x9e3779b1) ^ Math.imul(right | 0, 0x85ebca77);
  return (mixed ^ (mixed >>> 15)) & mask;
}

function emptyTable(size: number): PairTable {
  return { mask: size - 1, slots: new Float64Array(size * WIDTH) };
}

function addPair(left: number, right: number): number {
  if (pairCount >= CAPACITY) drop();
  else if (pairCount * 2 >= pairs.mask) grow();
  const key = freshKey() + ((left | right) & 1);
  put(pairs, left, right, key);
  pairCount += 1;
  return key;
}

function put({ mask, slots }: PairTable, left: number, right: number, key: number): void {
  let slot = slotOf(left, right, mask);
  while (slots[slot * WIDTH + 2] !== 0) slot = (slot + 1) & mask;
  slots[slot * WIDTH] = left;
  slots[slot * WIDTH + 1] = right;
  slots[slot * WIDTH + 2] = key;
}

function grow(): void {
  const { mask, slots } = pairs;
  pairs = emptyTable((mask + 1) * 2);
  for (let at = 0; at < slots.length; at += WIDTH) {
    const key = slots[at + 2] ?? 0;
    if (key !== 0) put(pairs, slots[at] ?? 0, slots[at + 1] ?? 0, key);
  }
}

function drop(): void {
  pairs = emptyTable(FIRST_SLOTS);
  pairCount = 0;
  strings = new Map();
}
