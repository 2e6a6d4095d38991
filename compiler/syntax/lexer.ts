// Text to tokens: runs chevrotain's lexer, tells keywords from names, sets comments aside, and says what is malformed.
// Malformed text still becomes a token wherever its meaning is clear, so that the parser can go on.
import { type IToken, Lexer, type TokenType } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { byteOrderMark, type SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import type { DocComment } from "./ast.js";
import { characterProblems, escapedProblems, isWellFormed } from "./characters.js";
import { decodeFence, decodeQuotedName, decodeString, normaliseLineEnds } from "./literals.js";
import * as tokens from "./tokens.js";
import type { Comment } from "./trivia.js";

export interface LexedFile {
  /** Words, literals, punctuation and line ends; comments are not among them. */
  readonly tokens: IToken[];
  readonly comments: readonly Comment[];
  /** Doc comments by the offset of the token that follows them. */
  readonly docs: ReadonlyMap<number, DocComment>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The offset after a token. */
export function tokenEnd(token: IToken): number {
  return token.startOffset + token.image.length;
}

let lexer: Lexer | undefined;

export function lex(source: SourceFile): LexedFile {
  lexer ??= buildLexer();
  const text = source.text.startsWith(byteOrderMark) ? ` ${source.text.slice(1)}` : source.text;
  const result = lexer.tokenize(text);
  const sorter = new TokenSorter(source.name);
  for (const token of result.tokens) sorter.add(token);
  sorter.finish();
  const problems = characterProblems(source, result.errors);
  return {
    tokens: sorter.tokens,
    comments: sorter.comments,
    docs: sorter.docs,
    diagnostics: [...problems, ...sorter.diagnostics],
  };
}

/** `validate`: throw where something is wrong with the patterns themselves, which takes a while to find out. */
export function buildLexer(validate = false): Lexer {
  return new Lexer([...tokens.lexedTokens], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: !validate,
  });
}

/** Sorts raw tokens into what the parser reads and what it does not. */
class TokenSorter {
  readonly tokens: IToken[] = [];
  readonly comments: Comment[] = [];
  readonly docs = new Map<number, DocComment>();
  readonly diagnostics: Diagnostic[] = [];
  private readonly file: string;
  private pendingDoc: Span[] = [];
  private pendingText: string[] = [];
  /** Whether something other than a comment stands on the current line already. */
  private lineHasCode = false;

  constructor(file: string) {
    this.file = file;
  }

  add(token: IToken): void {
    switch (token.tokenType) {
      case tokens.EntryEnd:
        if (/[\r\n]/.test(token.image)) this.lineHasCode = false;
        this.tokens.push(token);
        return;
      case tokens.DocLine:
        this.addDocLine(token);
        return;
      case tokens.UnterminatedComment:
        this.report(diagnostic("S1008", this.openingSpan(token, 2)));
        this.addComment("block", token);
        return;
      case tokens.BlockComment:
        this.addComment("block", token);
        return;
      case tokens.LineComment:
        this.addComment("line", token);
        return;
      default:
        this.addCode(token);
    }
  }

  /** Doc lines that nothing follows. */
  finish(): void {
    this.dropPendingDoc();
  }

  private addDocLine(token: IToken): void {
    if (this.lineHasCode) {
      this.report(diagnostic("S1016", this.span(token)));
      this.addComment("line", token);
      return;
    }
    this.addComment("doc", token);
    this.pendingDoc.push(this.span(token));
    this.pendingText.push(token.image.slice(3).replace(/^ /, "").trimEnd());
  }

  private addCode(token: IToken): void {
    const previous = this.tokens.at(-1);
    if (token.tokenType === tokens.Word && previous?.tokenType === tokens.NumberText) {
      if (tokenEnd(previous) === token.startOffset) {
        previous.image += token.image;
        this.report(diagnostic("S1014", this.span(previous), previous.image));
        return;
      }
    }
    this.lineHasCode = true;
    token.tokenType = this.meaningOf(token);
    token.tokenTypeIdx = token.tokenType.tokenTypeIdx ?? token.tokenTypeIdx;
    if (token.tokenType === tokens.RightBrace) this.dropPendingDoc();
    else this.attachDoc(token);
    this.tokens.push(token);
  }

  /** The token type the parser is to see; malformed tokens are reported and pass for what they were meant to be. */
  private meaningOf(token: IToken): TokenType {
    switch (token.tokenType) {
      case tokens.Word:
        if (/^[\w$]*$/.test(token.image)) return tokens.wordTokenType(token.image);
        if (isWellFormed(token.image)) this.report(diagnostic("S1011", this.span(token), token.image));
        return tokens.Word;
      case tokens.QuotedName:
        if (token.image === '""') this.report(diagnostic("S1013", this.span(token)));
        this.checkEscapes(token, decodeQuotedName);
        return tokens.QuotedName;
      case tokens.StringText:
        this.checkEscapes(token, decodeString);
        return tokens.StringText;
      case tokens.UnterminatedString:
        this.report(diagnostic("S1006", this.span(token)));
        return tokens.StringText;
      case tokens.UnterminatedName:
        this.report(diagnostic("S1007", this.span(token)));
        return tokens.QuotedName;
      case tokens.UnterminatedFence: {
        const { fence } = decodeFence(token.image);
        const closing = fence === undefined ? "'" : `$${fence}$`;
        this.report(
          diagnostic("S1009", this.openingSpan(token, token.image.indexOf(closing) + closing.length), closing),
        );
        return tokens.RawFence;
      }
      default:
        return token.tokenType;
    }
  }

  private checkEscapes(token: IToken, decode: (image: string) => string): void {
    if (!token.image.startsWith("U&")) return;
    for (const problem of escapedProblems(decode(token.image), this.span(token))) this.report(problem);
  }

  private attachDoc(token: IToken): void {
    const [first] = this.pendingDoc;
    const last = this.pendingDoc.at(-1);
    if (first === undefined || last === undefined) return;
    const span = { file: this.file, start: first.start, end: last.end };
    this.docs.set(token.startOffset, { text: this.pendingText.join("\n"), span });
    this.pendingDoc = [];
    this.pendingText = [];
  }

  private dropPendingDoc(): void {
    const [first] = this.pendingDoc;
    if (first !== undefined) this.report(diagnostic("S1016", first));
    this.pendingDoc = [];
    this.pendingText = [];
  }

  private addComment(kind: Comment["kind"], token: IToken): void {
    const text = normaliseLineEnds(token.image);
    this.comments.push({ kind, text: kind === "block" ? text : text.trimEnd(), span: this.span(token) });
  }

  private report(problem: Diagnostic): void {
    this.diagnostics.push(problem);
  }

  private span(token: IToken): Span {
    return { file: this.file, start: token.startOffset, end: tokenEnd(token) };
  }

  private openingSpan(token: IToken, length: number): Span {
    return { file: this.file, start: token.startOffset, end: token.startOffset + length };
  }
}
