// The one table of operators: how each is written, how tightly it binds and what its negation is. Parentheses in
// compiled SQL come from here and from nowhere else. Order of binding: SQLite's and PostgreSQL's common part.

export type BinaryOperator =
  | "eq"
  | "ne"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "is"
  | "isNot"
  | "like"
  | "notLike"
  | "ilike"
  | "notIlike"
  | "in"
  | "notIn"
  | "plus"
  | "minus"
  | "times"
  | "divide"
  | "modulo"
  | "concat"
  | "floorDivide"
  | "isDistinct"
  | "isNotDistinct"
  | "regexpMatch"
  | "notRegexpMatch"
  | "match"
  | "bitAnd"
  | "bitOr"
  | "bitXor"
  | "shiftLeft"
  | "shiftRight"
  | "arrayContains"
  | "arrayContainedBy"
  | "arrayOverlap";

export type UnaryOperator = "not" | "negative" | "bitNot" | "distinct";

interface OperatorInfo {
  readonly symbol: string;
  /** How tightly the whole expression binds; higher is tighter. */
  readonly precedence: number;
  /** What each side must bind with, at least, to stand without parentheses. */
  readonly left: number;
  readonly right: number;
  /** True where the same operator may stand on either side without parentheses, as nesting does not matter. */
  readonly chains: boolean;
  /** The operator that gives the opposite answer, NULL staying NULL. */
  readonly negation: BinaryOperator | null;
}

/**
 * Databases agree on this order but for `||`, which SQLite binds tightest and PostgreSQL looser than `+`: it is written
 * in parentheses inside arithmetic, and arithmetic inside it.
 */
export const PRECEDENCE = {
  or: 10,
  and: 20,
  not: 30,
  comparison: 50,
  /** What databases rank differently: always in parentheses beside other operators, comparisons aside. */
  other: 55,
  concat: 60,
  additive: 70,
  multiplicative: 80,
  unary: 90,
  atom: 100,
} as const;

const comparison = (symbol: string, negation: BinaryOperator): OperatorInfo => ({
  symbol,
  precedence: PRECEDENCE.comparison,
  left: PRECEDENCE.comparison + 1,
  right: PRECEDENCE.comparison + 1,
  chains: false,
  negation,
});
const arithmetic = (symbol: string, precedence: number): OperatorInfo => ({
  symbol,
  precedence,
  left: precedence,
  right: precedence + 1,
  chains: false,
  negation: null,
});

const other = (symbol: string, precedence: number): OperatorInfo => ({
  symbol,
  precedence,
  left: PRECEDENCE.atom,
  right: PRECEDENCE.atom,
  chains: false,
  negation: null,
});

export const BINARY_OPERATORS: Readonly<Record<BinaryOperator, OperatorInfo>> = {
  eq: comparison("=", "ne"),
  ne: comparison("!=", "eq"),
  lt: comparison("<", "ge"),
  le: comparison("<=", "gt"),
  gt: comparison(">", "le"),
  ge: comparison(">=", "lt"),
  is: comparison("IS", "isNot"),
  isNot: comparison("IS NOT", "is"),
  like: comparison("LIKE", "notLike"),
  notLike: comparison("NOT LIKE", "like"),
  ilike: comparison("ILIKE", "notIlike"),
  notIlike: comparison("NOT ILIKE", "ilike"),
  in: comparison("IN", "notIn"),
  notIn: comparison("NOT IN", "in"),
  plus: arithmetic("+", PRECEDENCE.additive),
  minus: arithmetic("-", PRECEDENCE.additive),
  times: arithmetic("*", PRECEDENCE.multiplicative),
  divide: arithmetic("/", PRECEDENCE.multiplicative),
  modulo: arithmetic("%", PRECEDENCE.multiplicative),
  concat: {
    symbol: "||",
    precedence: PRECEDENCE.concat,
    left: PRECEDENCE.atom,
    right: PRECEDENCE.atom,
    chains: true,
    negation: null,
  },
  // Written over division where the dialect says nothing else.
  floorDivide: other("/", PRECEDENCE.atom),
  isDistinct: comparison("IS DISTINCT FROM", "isNotDistinct"),
  isNotDistinct: comparison("IS NOT DISTINCT FROM", "isDistinct"),
  regexpMatch: comparison("REGEXP", "notRegexpMatch"),
  notRegexpMatch: comparison("NOT REGEXP", "regexpMatch"),
  match: { ...comparison("MATCH", "eq"), negation: null },
  bitAnd: other("&", PRECEDENCE.other),
  bitOr: other("|", PRECEDENCE.other),
  bitXor: other("^", PRECEDENCE.other),
  shiftLeft: other("<<", PRECEDENCE.other),
  shiftRight: other(">>", PRECEDENCE.other),
  arrayContains: other("@>", PRECEDENCE.other),
  arrayContainedBy: other("<@", PRECEDENCE.other),
  arrayOverlap: other("&&", PRECEDENCE.other),
};

export const UNARY_OPERATORS: Readonly<
  Record<UnaryOperator, { readonly symbol: string; readonly precedence: number }>
> = {
  not: { symbol: "NOT ", precedence: PRECEDENCE.not },
  negative: { symbol: "-", precedence: PRECEDENCE.unary },
  bitNot: { symbol: "~", precedence: PRECEDENCE.unary },
  distinct: { symbol: "DISTINCT ", precedence: 0 },
};
