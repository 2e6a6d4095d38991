// Structural keys: every node's key is an integer interned from its kind, its scalar parts and its children's keys,
// so that a statement's key costs nothing at execution. Keys only rise; when the tables are full they are dropped,
// after which equal structures get new keys: a cache misses once, and never confuses two statements.

/** So many pairs and strings are remembered at most. */
const CAPACITY = 50_000;
const FIRST_SLOTS = 2048;

/** Pairs by open addressing, in columns of numbers: a query looks up some fifty, and a Map in a Map is slower. */
interface PairTable {
  readonly mask: number;
  readonly lefts: Float64Array;
  readonly rights: Float64Array;
  /** 0 where the slot is free. */
  readonly keys: Float64Array;
}

let nextKey = 1;
let pairCount = 0;
let pairs = emptyTable(FIRST_SLOTS);
let strings = new Map<string, number>();

/** A key that no other node has: for tables and mappings, which are told apart by identity. */
export function freshKey(): number {
  return nextKey++;
}

/** The key of the ordered pair `(left, right)`; chains of pairs make the key of anything longer. */
export function internPair(left: number, right: number): number {
  const { mask, lefts, rights, keys } = pairs;
  for (let slot = slotOf(left, right, mask); ; slot = (slot + 1) & mask) {
    const key = keys[slot];
    if (key === 0 || key === undefined) return addPair(left, right);
    if (lefts[slot] === left && rights[slot] === right) return key;
  }
}

/** The key of a string: names, operators, raw text. Never given a bound value. */
export function internString(text: string): number {
  const known = strings.get(text);
  if (known !== undefined) return known;
  if (strings.size >= CAPACITY) drop();
  const key = nextKey++;
  strings.set(text, key);
  return key;
}

/** `key` followed by the keys of `nodes`, unambiguous in their number. */
export function internList(key: number, nodes: readonly { readonly key: number }[]): number {
  let chain = internPair(key, nodes.length);
  if (nodes.length > 0) for (const node of nodes) chain = internPair(chain, node.key);
  return chain;
}

function slotOf(left: number, right: number, mask: number): number {
  const mixed = Math.imul(left | 0, 0x9e3779b1) ^ Math.imul(right | 0, 0x85ebca77);
  return (mixed ^ (mixed >>> 15)) & mask;
}

function emptyTable(slots: number): PairTable {
  return {
    mask: slots - 1,
    lefts: new Float64Array(slots),
    rights: new Float64Array(slots),
    keys: new Float64Array(slots),
  };
}

function addPair(left: number, right: number): number {
  if (pairCount >= CAPACITY) drop();
  else if (pairCount * 2 >= pairs.mask) grow();
  const key = nextKey++;
  put(pairs, left, right, key);
  pairCount += 1;
  return key;
}

function put({ mask, lefts, rights, keys }: PairTable, left: number, right: number, key: number): void {
  let slot = slotOf(left, right, mask);
  while (keys[slot] !== 0) slot = (slot + 1) & mask;
  lefts[slot] = left;
  rights[slot] = right;
  keys[slot] = key;
}

function grow(): void {
  const old = pairs;
  pairs = emptyTable((old.mask + 1) * 2);
  old.keys.forEach((key, slot) => {
    if (key !== 0) put(pairs, old.lefts[slot] ?? 0, old.rights[slot] ?? 0, key);
  });
}

function drop(): void {
  pairs = emptyTable(FIRST_SLOTS);
  pairCount = 0;
  strings = new Map();
}
