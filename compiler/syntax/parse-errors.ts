// Chevrotain's exceptions in plain words. Token class names never reach the user; labels do.
import type { IParserErrorMessageProvider, IRecognitionException, IToken, TokenType } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { tokenEnd } from "./lexer.js";
import * as tokens from "./tokens.js";
import { isExpressionReservedWord } from "./words.js";

/** At most this many alternatives are named before a message says "something else". */
const namedAlternatives = 6;

/** The message of an exception is what was expected there; the rest is added when it becomes a diagnostic. */
export const messageProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => label(expected),
  buildNotAllInputParsedMessage: () => "the end of the file",
  buildNoViableAltMessage: ({ expectedPathsPerAlt, customUserDescription }) =>
    customUserDescription ?? alternatives(expectedPathsPerAlt.flat()),
  buildEarlyExitMessage: ({ expectedIterationPaths, customUserDescription }) =>
    customUserDescription ?? alternatives(expectedIterationPaths),
};

/** A token as a message names it. */
export function describeToken(token: IToken): string {
  if (token.tokenType === tokens.EndOfFile) return "the end of the file";
  if (token.tokenType === tokens.EntryEnd) return token.image.startsWith(";") ? "`;`" : "the end of the line";
  if (token.image === "") return "the end of the line";
  const [line = ""] = token.image.split(/[\r\n]/);
  return `\`${line.length > 40 ? `${line.slice(0, 40)}…` : line}\``;
}

/** The diagnostic for an exception; `endOfFile` is the offset used where the file ended too early. */
export function parseErrorDiagnostic(error: IRecognitionException, file: string, endOfFile: number): Diagnostic {
  const { token } = error;
  const atEnd = token.tokenType === tokens.EndOfFile;
  const start = atEnd ? endOfFile : token.startOffset;
  const end = atEnd || token.tokenType === tokens.EntryEnd ? start : tokenEnd(token);
  return diagnostic(
    "S1001",
    { span: { file, start, end }, help: adviceFor(error) },
    error.message,
    describeToken(token),
  );
}

function label(type: TokenType): string {
  return type.LABEL ?? type.name;
}

function alternatives(paths: readonly (readonly TokenType[])[]): string {
  const labels = [...new Set(paths.flatMap((path) => (path[0] === undefined ? [] : [label(path[0])])))];
  if (labels.length > namedAlternatives) return `${labels.slice(0, namedAlternatives).join(", ")} or another word`;
  const last = labels.pop() ?? "something else";
  return labels.length === 0 ? last : `${labels.join(", ")} or ${last}`;
}

/** What a token that fits nowhere was probably meant to be. */
export function adviceForToken(token: IToken, next: IToken | undefined): string | undefined {
  if (token.tokenType === tokens.Minus && next?.tokenType === tokens.Minus) return "comments start with `//`";
  return undefined;
}

/** What SQL and TypeScript write in other words. */
function foreignForm(token: IToken, expected: string, rules: readonly string[]): string | undefined {
  const isIn = (rule: string): boolean => rules.includes(rule);
  if (token.image === ":" && isIn("column")) return "a relationship begins with its word: `relationship posts: Post[]`";
  if (expected === "a type" && token.tokenType === tokens.StringText)
    return "a column is a name and its type: `kind text`";
  if (token.image === "=" && isIn("expression")) return "one `=` compares";
  if (token.image === "{" && isIn("importDeclaration"))
    return "`import './other.schema'` brings all that a file declares";
  if (token.image === "on" && isIn("indexMember")) return "leave `on` out: `index name (a, b)`";
  if (token.image === "(" && isIn("classDeclaration")) return "write `class Manager extends Employee { … }`";
  return expected === "`(`" && (isIn("checkClause") || isIn("generatedOption"))
    ? "the expression stands in parentheses"
    : undefined;
}

function adviceFor({ token, message, context }: IRecognitionException): string | undefined {
  if (token.tokenType === tokens.QuotedName && message === label(tokens.StringText)) {
    return "strings take single quotes; double quotes are for names";
  }
  const foreign = foreignForm(token, message, context.ruleStack);
  if (foreign !== undefined) return foreign;
  if (isExpressionReservedWord(token.image) && context.ruleStack.includes("expression")) {
    return `a column of that name is written \`"${token.image}"\` in an expression`;
  }
  return adviceForToken(token, undefined);
}
