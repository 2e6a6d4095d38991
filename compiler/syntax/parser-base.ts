// What all grammar files share: places, names, closing brackets that are always found, and recovery that stops at the
// next option, entry or bracket. Chevrotain's own recovery is off: its follow sets know neither entries nor brackets,
// so that it would go on in the middle of a line, or lose a whole table for one mistake.
import {
  EmbeddedActionsParser,
  isRecognitionException,
  type IToken,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../text/span.js";
import type { DocComment, Identifier, NamePath } from "./ast.js";
import { closingType, isClosingBracket } from "./brackets.js";
import { type LexedFile, tokenEnd } from "./lexer.js";
import { decodeQuotedName } from "./literals.js";
import { adviceForToken, describeToken, messageProvider } from "./parse-errors.js";
import * as tokens from "./tokens.js";

/** A rule of the grammar. */
export type Rule<Result, Arguments extends unknown[] = []> = ParserMethod<Arguments, Result>;

/** A node while its clauses are being read. */
export type Written<Node> = { -readonly [Key in keyof Node]: Node[Key] };

/** What the parser needs to know of one file besides its tokens. */
interface ParserInput {
  readonly file: string;
  readonly docs: LexedFile["docs"];
  readonly continuations: ReadonlySet<number>;
}

const noInput: ParserInput = { file: "", docs: new Map(), continuations: new Set() };

export abstract class ParserBase extends EmbeddedActionsParser {
  /** Diagnostics that the grammar's actions give, beside chevrotain's `errors`. */
  problems: Diagnostic[] = [];
  /** Doc comments that a node of the tree has taken. */
  readonly usedDocs = new Set<DocComment>();
  protected source: ParserInput = noInput;

  /** `validate`: look for what is wrong with the grammar itself, such as alternatives that begin alike. */
  constructor(validate = false) {
    super(tokens.vocabulary, {
      recoveryEnabled: false,
      maxLookahead: 2,
      errorMessageProvider: messageProvider,
      // As long as everything else that building the parser takes; a test does it.
      skipValidations: !validate,
    });
  }

  /** Takes the next file; the rules are run afterwards. */
  load(source: ParserInput, list: IToken[]): void {
    this.source = source;
    this.problems = [];
    this.usedDocs.clear();
    this.input = list;
  }

  // ---- places

  /** The span from a first token to the last one consumed. */
  protected spanFrom(first: IToken): Span {
    const last = this.LA(0);
    return { file: this.source.file, start: first.startOffset, end: Math.max(first.startOffset, tokenEnd(last)) };
  }

  protected spanOf(token: IToken): Span {
    const end = token.tokenType === tokens.EntryEnd ? token.startOffset : tokenEnd(token);
    return { file: this.source.file, start: token.startOffset, end };
  }

  protected docOf(first: IToken): { doc?: DocComment } {
    const doc = this.source.docs.get(first.startOffset);
    if (doc === undefined) return {};
    this.usedDocs.add(doc);
    return { doc };
  }

  // ---- names

  protected identifier(token: IToken): Identifier {
    const quoted = token.tokenType === tokens.QuotedName;
    return { text: quoted ? decodeQuotedName(token.image) : token.image, span: this.spanOf(token) };
  }

  /** Stands for a name that the source lacks. */
  protected missingIdentifier(): Identifier {
    const end = Math.max(0, tokenEnd(this.LA(0)));
    return { text: "", span: { file: this.source.file, start: end, end } };
  }

  protected missingPath(): NamePath {
    const name = this.missingIdentifier();
    return { name, span: name.span };
  }

  /** `name` or `schema.name`. */
  protected readonly namePath: Rule<NamePath> = this.RULE("namePath", () => {
    const first = this.CONSUME(tokens.Name);
    let second: IToken | undefined;
    this.OPTION(() => {
      this.CONSUME(tokens.Dot);
      second = this.CONSUME2(tokens.Name);
    });
    return this.ACTION((): NamePath => {
      const span = this.spanFrom(first);
      if (second === undefined) return { name: this.identifier(first), span };
      return { schema: this.identifier(first), name: this.identifier(second), span };
    });
  });

  /** `(a, b)`: names in parentheses. */
  protected readonly nameList: Rule<Identifier[]> = this.RULE("nameList", () => {
    const names: Identifier[] = [];
    this.CONSUME(tokens.LeftParenthesis);
    this.recovering(() => {
      this.AT_LEAST_ONE_SEP({
        SEP: tokens.Comma,
        DEF: () => {
          const token = this.CONSUME(tokens.Name);
          this.ACTION(() => names.push(this.identifier(token)));
        },
      });
    }, undefined);
    this.closeParenthesis("`,` or `)`");
    this.CONSUME(tokens.RightParenthesis);
    return names;
  });

  // ---- recovery

  /** Runs a part of the grammar; after a mistake in it skips to one of `stops` or to the end of what encloses it. */
  protected recovering<Result, Fallback>(parse: () => Result, fallback: Fallback, stops: readonly TokenType[] = []) {
    if (this.RECORDING_PHASE) return parse();
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
      this.skipTo((token) => stops.includes(token.tokenType));
      return fallback;
    }
  }

  /** Skips what stands before the `)` of the list being read; the next token then is that `)`. */
  protected closeParenthesis(expected: string): void {
    this.ACTION(() => {
      if (this.LA(1).tokenType === tokens.RightParenthesis) return;
      this.unexpected(expected);
      this.skipTo(() => false);
    });
  }

  /** Skips as `skipTo` does what begins with `first`, which has been consumed and may be an opening bracket. */
  protected skipEntry(first: IToken, stops: (token: IToken) => boolean = () => false): void {
    this.skipTo(stops, closingType(first) === undefined ? 0 : 1);
  }

  /**
   * Skips to a token that `stops`, to the end of the entry, or to the bracket that closes what encloses this place,
   * which is `depth` brackets further out.
   */
  protected skipTo(stops: (token: IToken) => boolean, depth = 0): void {
    for (let token = this.LA(1); token.tokenType !== tokens.EndOfFile; token = this.LA(1)) {
      if (depth === 0 && (token.tokenType === tokens.EntryEnd || isClosingBracket(token) || stops(token))) return;
      if (closingType(token) !== undefined) depth++;
      else if (isClosingBracket(token)) depth--;
      this.SKIP_TOKEN();
    }
  }

  /** Consumes what must stand here; where it does not, says so and goes on as if it did. */
  protected expectHere(type: TokenType, expected: string): void {
    this.OPTION9({
      GATE: () => this.expectedIsNext(type, expected),
      DEF: () => this.CONSUME9(type),
    });
  }

  private expectedIsNext(type: TokenType, expected: string): boolean {
    if (this.LA(1).tokenType === type) return true;
    this.unexpected(expected);
    return false;
  }

  // ---- ends of entries

  /** The end of an entry; what stands between is reported and skipped. */
  protected readonly entryEnd: Rule<void, [string?]> = this.RULE("entryEnd", (entry = "this") => {
    this.OPTION({
      GATE: () => this.reachEntryEnd(entry),
      DEF: () => this.CONSUME(tokens.EntryEnd),
    });
  });

  /** Skips to the end of the entry. False where a comma stood for it, which takes no token. */
  private reachEntryEnd(entry: string): boolean {
    const token = this.LA(1);
    if (token.tokenType === tokens.EntryEnd) return true;
    if (token.tokenType === tokens.Comma && this.source.continuations.has(this.LA(2).startOffset)) {
      this.report(diagnostic("S1022", this.spanOf(token)));
      this.SKIP_TOKEN();
      return false;
    }
    this.report(diagnostic("S1003", this.spanOf(token), entry, describeToken(token)));
    this.skipTo(() => false);
    return true;
  }

  /** What cannot begin an option of a block. */
  protected readonly junkOption: Rule<void> = this.RULE("junkOption", () => {
    this.ACTION(() => this.unexpected("an option"));
    const token = this.CONSUME(tokens.NotOption);
    this.ACTION(() => this.skipEntry(token));
  });

  // ---- diagnostics

  protected report(problem: Diagnostic): void {
    this.problems.push(problem);
  }

  protected unexpected(expected: string, help = adviceForToken(this.LA(1), this.LA(2))): void {
    const token = this.LA(1);
    this.report(diagnostic("S1001", { span: this.spanOf(token), help }, expected, describeToken(token)));
  }

  /** Reports a clause that `entry` has given before. */
  protected once(earlier: unknown, first: IToken, entry: string, clause: string): void {
    if (earlier !== undefined) this.report(diagnostic("S2017", this.spanFrom(first), entry, clause));
  }
}
