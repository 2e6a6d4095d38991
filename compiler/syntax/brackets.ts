// Which brackets have no partner. Files whose brackets pair up are read as they stand; only in others does the layout
// guess where a bracket was meant to close.
import type { IToken, TokenType } from "chevrotain";
import * as tokens from "./tokens.js";

export interface BracketProblems {
  /** Opening brackets that nothing closes. */
  readonly unclosed: ReadonlySet<IToken>;
  /** Closing brackets that close nothing. */
  readonly stray: ReadonlySet<IToken>;
  /** Index of the bracket that nests too deep; nothing from there on has been paired. */
  readonly tooDeep?: number;
}

/** Far beyond what people write. What grows with the depth stays bounded, so that reading is linear in the text. */
export const deepestBrackets = 500;

const closingOf: ReadonlyMap<TokenType, TokenType> = new Map([
  [tokens.LeftParenthesis, tokens.RightParenthesis],
  [tokens.LeftBracket, tokens.RightBracket],
  [tokens.LeftBrace, tokens.RightBrace],
]);
const closingTypes: ReadonlySet<TokenType> = new Set(closingOf.values());

/** The type that closes an opening bracket; undefined for every other token. */
export function closingType(token: IToken): TokenType | undefined {
  return closingOf.get(token.tokenType);
}

export function isClosingBracket(token: IToken): boolean {
  return closingTypes.has(token.tokenType);
}

/** Pairs brackets; braces bind more strongly than the others, and a line that starts a declaration closes all. */
export function findBracketProblems(list: readonly IToken[]): BracketProblems {
  const strict = pairBrackets(list, false);
  return hasProblems(strict) ? pairBrackets(list, true) : strict;
}

export function hasProblems({ unclosed, stray, tooDeep }: BracketProblems): boolean {
  return unclosed.size > 0 || stray.size > 0 || tooDeep !== undefined;
}

function pairBrackets(list: readonly IToken[], declarationsClose: boolean): BracketProblems {
  const unclosed = new Set<IToken>();
  const stray = new Set<IToken>();
  const open: IToken[] = [];
  for (const [index, token] of list.entries()) {
    if (declarationsClose && open.length > 0 && startsDeclarationLine(list, index)) {
      for (const opener of open.splice(0)) unclosed.add(opener);
    }
    if (closingType(token) !== undefined) {
      if (open.length === deepestBrackets) return { unclosed, stray, tooDeep: index };
      open.push(token);
    } else if (isClosingBracket(token)) {
      const partner = findPartner(open, token);
      if (partner < 0) stray.add(token);
      else for (const opener of open.splice(partner).slice(1)) unclosed.add(opener);
    }
  }
  for (const opener of open) unclosed.add(opener);
  return { unclosed, stray };
}

/** Index in `open` of the bracket that `closing` closes, never looking past a brace for a weaker one; else -1. */
function findPartner(open: readonly IToken[], closing: IToken): number {
  for (let index = open.length - 1; index >= 0; index--) {
    const opener = open[index];
    if (opener === undefined) break;
    if (closingType(opener) === closing.tokenType) return index;
    if (opener.tokenType === tokens.LeftBrace) return -1;
  }
  return -1;
}

/** Words whose declaration has a body in braces. */
const blockWords: ReadonlySet<string> = new Set(["table", "enum", "mixin", "class", "view"]);
/** Words whose declaration goes on with `=`. */
const equatedWords: ReadonlySet<string> = new Set(["type", "domain"]);
const afterBlockName: ReadonlySet<string> = new Set(["as", "with", "extends", "concrete", "partition"]);

/**
 * Whether the token begins a line that can hardly be anything but a declaration: `table a {`, `enum a as B`,
 * `import '…'`. Only asked where brackets do not pair up, because a column may be called `table` too.
 */
export function startsDeclarationLine(list: readonly IToken[], index: number): boolean {
  const token = list[index];
  const before = list[index - 1];
  if (token === undefined || (before !== undefined && before.tokenType !== tokens.EntryEnd)) return false;
  const next = list[index + 1];
  if (token.image === "import") return next?.tokenType === tokens.StringText;
  if (token.image === "materialized") return next?.image === "view" && isName(list[index + 2]);
  if (!(blockWords.has(token.image) || equatedWords.has(token.image)) || !isName(next)) return false;
  let after = index + 2;
  if (list[after]?.tokenType === tokens.Dot && isName(list[after + 1])) after += 2;
  while (list[after]?.tokenType === tokens.EntryEnd) after++;
  const following = list[after];
  if (equatedWords.has(token.image)) return following?.tokenType === tokens.Equal;
  if (following?.tokenType === tokens.LeftBrace) return true;
  return list[after - 1]?.tokenType !== tokens.EntryEnd && afterBlockName.has(following?.image ?? "");
}

export function isName(token: IToken | undefined): boolean {
  return token?.tokenType.CATEGORIES?.includes(tokens.Name) ?? false;
}
