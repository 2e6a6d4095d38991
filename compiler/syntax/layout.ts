// Between lexer and parser: decides which line ends count, and mends what would make the rest of a file unreadable:
// brackets without a partner and misspelt declaration words. What it mends it reports, so the parser does not.
import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { nearestName } from "../diagnostics/suggest.js";
import {
  type BracketProblems,
  closingType,
  deepestBrackets,
  findBracketProblems,
  hasProblems,
  isClosingBracket,
  isName,
  startsDeclarationLine,
} from "./brackets.js";
import { tokenEnd } from "./lexer.js";
import * as tokens from "./tokens.js";
import { declarationWords } from "./words.js";

export interface LaidOut {
  /** Every entry in braces, and every declaration, ends with one `EntryEnd`. */
  readonly tokens: IToken[];
  /** Offsets of tokens that start a line although the line end before them does not count. */
  readonly continuations: ReadonlySet<number>;
  readonly diagnostics: readonly Diagnostic[];
}

export function layOut(file: string, list: readonly IToken[]): LaidOut {
  const layout = new Layout(file, list);
  layout.run();
  return { tokens: layout.result, continuations: layout.continuations, diagnostics: layout.diagnostics };
}

const bodyKeywords: ReadonlySet<string> = new Set(["table", "enum", "class", "view", "materialized", "mixin"]);

class Layout {
  readonly result: IToken[] = [];
  readonly continuations = new Set<number>();
  readonly diagnostics: Diagnostic[] = [];
  private readonly file: string;
  private readonly list: readonly IToken[];
  private readonly problems: BracketProblems;
  private readonly mending: boolean;
  private readonly open: IToken[] = [];
  /** Where the declaration at the top level began in `result`. */
  private declarationStart = 0;
  private readonly lastStrayBrace: number;

  constructor(file: string, list: readonly IToken[]) {
    this.file = file;
    this.problems = findBracketProblems(list);
    this.mending = hasProblems(this.problems);
    const strayBraces = [...this.problems.stray].filter((token) => token.tokenType === tokens.RightBrace);
    this.lastStrayBrace = strayBraces.at(-1)?.startOffset ?? -1;
    this.list = this.upToDeepest(list);
  }

  /** What nests too deep is reported once; nothing from there on is read. */
  private upToDeepest(list: readonly IToken[]): readonly IToken[] {
    const { tooDeep } = this.problems;
    const token = tooDeep === undefined ? undefined : list[tooDeep];
    if (token === undefined) return list;
    this.diagnostics.push(diagnostic("S1025", this.span(token), String(deepestBrackets)));
    return list.slice(0, tooDeep);
  }

  run(): void {
    for (const [index, token] of this.list.entries()) {
      const forcesEnd = this.mending && this.open.length > 0 && startsDeclarationLine(this.list, index);
      if (forcesEnd) this.closeAll(token.startOffset);
      if (token.tokenType === tokens.EntryEnd) this.addLineEnd(token, index);
      else if (isClosingBracket(token)) this.addClosing(token);
      else this.addOther(token, index);
    }
    const end = this.list.at(-1);
    this.closeAll(end === undefined ? 0 : tokenEnd(end));
    this.endEntry();
  }

  private addOther(token: IToken, index: number): void {
    if (this.problems.unclosed.has(token)) {
      this.diagnostics.push(diagnostic("S1004", this.span(token), token.image));
    }
    if (this.open.length === 0 && this.last()?.tokenType === tokens.RightBrace) this.endEntry();
    if (this.open.length === 0 && (this.last()?.tokenType ?? tokens.EntryEnd) === tokens.EntryEnd) {
      this.declarationStart = this.result.length;
      this.mendDeclarationWord(token, this.list[index + 1]);
    }
    this.result.push(token);
    if (closingType(token) !== undefined) this.open.push(token);
  }

  private addClosing(token: IToken): void {
    const closesMended = token.tokenType === tokens.RightBrace && this.open.some((opener) => opener.image === "");
    if (this.problems.stray.has(token) && !closesMended) {
      this.diagnostics.push(diagnostic("S1005", this.span(token), token.image));
      return;
    }
    while (this.open.length > 0) {
      const opener = this.open.pop();
      if (opener === undefined || closingType(opener) === token.tokenType) break;
      this.insertClosing(opener, token.startOffset);
    }
    if (token.tokenType === tokens.RightBrace) this.endEntry();
    this.result.push(token);
  }

  /** A line end counts unless it is within ( ) or [ ], after a comma, or before `{`. */
  private addLineEnd(token: IToken, index: number): void {
    const last = this.last();
    const next = this.list[index + 1];
    if (last === undefined || next === undefined || last.tokenType === tokens.EntryEnd) return;
    if (last.tokenType === tokens.Comma) {
      this.continuations.add(next.startOffset);
      return;
    }
    this.closeUnclosedOnLine(last, token.startOffset);
    const innermost = this.open.at(-1);
    if (innermost !== undefined && innermost.tokenType !== tokens.LeftBrace) return;
    if (next.tokenType === tokens.LeftBrace || last.tokenType === tokens.LeftBrace) return;
    if (this.opensMissingBody()) return;
    this.result.push(token);
  }

  /** An unclosed ( or [ closes where its line does, so that it hides nothing of the next entries. */
  private closeUnclosedOnLine(last: IToken, offset: number): void {
    for (let opener = this.open.at(-1); opener !== undefined; opener = this.open.at(-1)) {
      if (opener === last || opener.tokenType === tokens.LeftBrace || !this.problems.unclosed.has(opener)) return;
      this.open.pop();
      this.insertClosing(opener, offset);
    }
  }

  /** `table a` at a line's end, where some `}` closes nothing: the `{` was forgotten. */
  private opensMissingBody(): boolean {
    const first = this.result[this.declarationStart];
    if (this.open.length > 0 || first === undefined || this.lastStrayBrace < first.startOffset) return false;
    const header = this.result.slice(this.declarationStart);
    if (!bodyKeywords.has(first.image) || header.some((token) => token.tokenType === tokens.LeftBrace)) return false;
    const last = this.last() ?? first;
    this.diagnostics.push(
      diagnostic(
        "S1001",
        { file: this.file, start: tokenEnd(last), end: tokenEnd(last) },
        "`{`",
        "the end of the line",
      ),
    );
    const opener = this.synthetic(tokens.LeftBrace, tokenEnd(last));
    this.result.push(opener);
    this.open.push(opener);
    return true;
  }

  private mendDeclarationWord(token: IToken, next: IToken | undefined): void {
    if (token.tokenType !== tokens.Word) return;
    const word = nearestName(token.image, declarationWords);
    const continues = word === "import" ? next?.tokenType === tokens.StringText : isName(next);
    if (word === undefined || !continues) return;
    const place = { span: this.span(token), help: `did you mean \`${word}\`?` };
    this.diagnostics.push(diagnostic("S1002", place, `\`${token.image}\``));
    token.tokenType = tokens.wordTokenType(word);
    token.tokenTypeIdx = token.tokenType.tokenTypeIdx ?? token.tokenTypeIdx;
  }

  private closeAll(offset: number): void {
    for (let opener = this.open.pop(); opener !== undefined; opener = this.open.pop()) {
      if (opener.tokenType === tokens.LeftBrace) this.endEntry();
      this.insertClosing(opener, offset);
    }
    if (this.last()?.tokenType === tokens.RightBrace) this.endEntry();
  }

  private insertClosing(opener: IToken, offset: number): void {
    const type = closingType(opener);
    if (type !== undefined) this.result.push(this.synthetic(type, offset));
  }

  /** Ends the current entry if it is not ended yet. */
  private endEntry(): void {
    const last = this.last();
    if (last === undefined || last.tokenType === tokens.EntryEnd || last.tokenType === tokens.LeftBrace) return;
    this.result.push(this.synthetic(tokens.EntryEnd, tokenEnd(last)));
  }

  private synthetic(type: TokenType, offset: number): IToken {
    return createTokenInstance(type, "", offset, offset, 0, 0, 0, 0);
  }

  private last(): IToken | undefined {
    return this.result.at(-1);
  }

  private span(token: IToken): { file: string; start: number; end: number } {
    return { file: this.file, start: token.startOffset, end: tokenEnd(token) };
  }
}
