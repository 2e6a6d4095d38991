// Token types with the labels that messages use. Every keyword is also a name wherever its place does not reserve
// it: the categories below say where, so the grammar can ask for "a name that may start a member" as one token.
import { createToken, EOF, Lexer, type TokenType } from "chevrotain";
import {
  declarationWords,
  expressionReservedWords,
  isExpressionReservedWord,
  isMemberReservedWord,
  memberReservedWords,
} from "./words.js";

function category(name: string, label: string, categories: TokenType[] = []): TokenType {
  return createToken({ name, label, pattern: Lexer.NA, categories });
}

// ---- categories: what a token may stand for

/** Any word, keyword or quoted name. */
export const Name = category("Name", "a name");
/** A name that may begin a column. */
export const MemberName = category("MemberName", "a column name");
/** A name inside an expression. */
export const ExpressionName = category("ExpressionName", "a name");
/** A word or string that an enum may hold. */
export const EnumValueText = category("EnumValueText", "a value");
/** Cannot begin a declaration, a table member, an enum value, or an option in a block. */
export const NotDeclaration = category("NotDeclaration", "a declaration");
export const NotMember = category("NotMember", "a column or table member");
export const NotEnumValue = category("NotEnumValue", "an enum value");
export const NotOption = category("NotOption", "an option");
/** Words that begin no column option, no relationship option. */
export const UnknownColumnOption = category("UnknownColumnOption", "a column option");
export const UnknownRelationshipOption = category("UnknownRelationshipOption", "a relationship option");

/** Binary operators; of them, those that bind more tightly than comparisons. */
export const BinaryOperatorToken = category("BinaryOperatorToken", "an operator");
export const ArithmeticOperatorToken = category("ArithmeticOperatorToken", "an operator", [BinaryOperatorToken]);

// ---- words

const wordCategories = [Name, MemberName, ExpressionName, EnumValueText, NotDeclaration];

// Names are ASCII; letters beyond are read too, so that one mistake is one token, and rejected by the lexer.
const otherLetters = String.raw`\u00AA-\u1FFF\u2C00-\u2FEF\u3040-\uFEFE\uFF21-\uFFDC`;

/** Words that are not keywords. */
export const Word = createToken({
  name: "Word",
  label: "a name",
  pattern: new RegExp(`[A-Za-z_${otherLetters}][A-Za-z0-9_$${otherLetters}]*`),
  categories: [...wordCategories, UnknownColumnOption, UnknownRelationshipOption],
});

// Grouped by what they belong to; the first groups begin column options, the next ones relationship options.
const constraintWords = ["primary", "unique", "check", "constraint", "references", "index", "not", "null"] as const;
const valueWords = ["identity", "serial", "autoincrement", "default", "generate", "onupdate", "as"] as const;
const columnWords = ["collate", "comment", "map", "was", "deferred", "version"] as const;
const joinWords = [
  "back_populates",
  "cascade",
  "secondary",
  "foreign_keys",
  "remote_side",
  "primaryjoin",
  "secondaryjoin",
] as const;
const collectionWords = ["order_by", "collection_class", "lazy", "viewonly"] as const;
const flushWords = ["passive_deletes", "passive_updates", "single_parent", "post_update"] as const;
const headerWords = ["with", "without", "extends", "concrete", "from", "partition", "of", "after"] as const;
const sequenceWords = ["start", "increment", "minvalue", "maxvalue", "cache", "cycle"] as const;
const referenceWords = ["key", "on", "delete", "update", "match", "full", "simple", "backref"] as const;
const actionWords = ["restrict", "action", "no", "set", "deferrable", "initially", "immediate", "conflict"] as const;
const stateWords = ["valid", "enforced", "always", "stored", "virtual", "all", "by", "composite"] as const;
const typeWords = ["unsigned", "precision", "varying", "time", "zone"] as const;
const indexWords = ["using", "include", "where", "nulls", "distinct", "ops", "prefix", "only"] as const;
const orderWords = ["first", "last", "asc", "desc"] as const;

const columnOptionWords = [...constraintWords, ...valueWords, ...columnWords] as const;
const relationshipOptionWords = [...joinWords, ...collectionWords, ...flushWords] as const;

const keywordWords = [
  ...declarationWords,
  ...memberReservedWords,
  ...expressionReservedWords,
  ...columnOptionWords,
  ...relationshipOptionWords,
  ...headerWords,
  ...sequenceWords,
  ...referenceWords,
  ...actionWords,
  ...stateWords,
  ...typeWords,
  ...indexWords,
  ...orderWords,
] as const;

export type Keyword = (typeof keywordWords)[number];

const declarationStarters: ReadonlySet<string> = new Set(declarationWords);
const columnOptionStarters: ReadonlySet<string> = new Set(columnOptionWords);
const relationshipOptionStarters: ReadonlySet<string> = new Set(relationshipOptionWords);

function keywordToken(word: string): TokenType {
  const categories = [Name, EnumValueText];
  if (!isMemberReservedWord(word)) categories.push(MemberName);
  if (!isExpressionReservedWord(word)) categories.push(ExpressionName);
  if (!declarationStarters.has(word)) categories.push(NotDeclaration);
  if (!columnOptionStarters.has(word)) categories.push(UnknownColumnOption);
  if (!relationshipOptionStarters.has(word)) categories.push(UnknownRelationshipOption);
  if (word === "and" || word === "or") categories.push(BinaryOperatorToken);
  return createToken({ name: `Keyword_${word}`, label: `\`${word}\``, pattern: Lexer.NA, categories });
}

const keywordTokens: ReadonlyMap<string, TokenType> = new Map(keywordWords.map((word) => [word, keywordToken(word)]));

/** The token type of a keyword of the grammar. */
export function keyword(word: Keyword): TokenType {
  return keywordTokens.get(word) ?? Word;
}

/** The token type of any word in a source text: its keyword's, or `Word`. */
export function wordTokenType(text: string): TokenType {
  return keywordTokens.get(text) ?? Word;
}

/** Words that may begin a column option or a relationship option: where to go on after a mistake in one. */
export const columnOptionTokens: readonly TokenType[] = columnOptionWords.map(keyword);
export const relationshipOptionTokens: readonly TokenType[] = relationshipOptionWords.map(keyword);
export const knownColumnOptions: readonly string[] = columnOptionWords;
export const knownRelationshipOptions: readonly string[] = relationshipOptionWords;

// ---- literals and punctuation

const junk = [NotDeclaration, NotMember, NotEnumValue, NotOption];
const comparisonOperator = [...junk, BinaryOperatorToken];
const arithmeticOperator = [...junk, ArithmeticOperatorToken];

function sticky(pattern: RegExp): (text: string, offset: number) => RegExpExecArray | null {
  return (text, offset) => {
    pattern.lastIndex = offset;
    return pattern.exec(text);
  };
}

export const QuotedName = createToken({
  name: "QuotedName",
  label: "a quoted name",
  pattern: /(?:U&)?"[^"\r\n]*(?:""[^"\r\n]*)*"/,
  categories: [Name, MemberName, ExpressionName, NotDeclaration, NotEnumValue, NotOption],
});
export const StringText = createToken({
  name: "StringText",
  label: "a string in single quotes",
  pattern: /(?:U&)?'[^'\r\n]*(?:''[^'\r\n]*)*'/,
  categories: [EnumValueText, NotDeclaration, NotMember, NotOption],
});
export const NumberText = createToken({
  name: "NumberText",
  label: "a number",
  pattern: /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/,
  categories: junk,
});
/** `sql'…'`, `sql$tag$…$tag$`, with `:dialect` after `sql`. */
export const RawFence = createToken({
  name: "RawFence",
  label: "raw SQL",
  pattern: sticky(/sql(?::[A-Za-z_]\w*)?(?:'[^'\r\n]*(?:''[^'\r\n]*)*'|\$(\w*)\$[\s\S]*?\$\1\$)/y),
  start_chars_hint: ["s"],
  line_breaks: true,
  categories: [NotDeclaration, NotEnumValue],
});

// What a recovering reader takes an open quote, comment or fence to be: the rest of its line, or all up to a line that
// closes a block or starts a declaration.
const blockStart = "(?:table|enum|class|view|mixin|dialect|import)";
const restOfBlock = String.raw`[\s\S]*?(?=[\r\n][ \t]*(?:\}|${blockStart}[ \t])|$(?![\s\S]))`;

export const UnterminatedFence = createToken({
  name: "UnterminatedFence",
  label: "raw SQL",
  pattern: sticky(new RegExp(String.raw`sql(?::[A-Za-z_]\w*)?(?:'[^\r\n]*|\$\w*\$${restOfBlock})`, "y")),
  start_chars_hint: ["s"],
  line_breaks: true,
  categories: [NotDeclaration, NotEnumValue],
});
export const UnterminatedString = createToken({
  name: "UnterminatedString",
  label: "a string",
  pattern: /'[^\r\n]*/,
});
export const UnterminatedName = createToken({
  name: "UnterminatedName",
  label: "a quoted name",
  pattern: /"[^\r\n]*/,
});

function punctuation(name: string, text: string, categories: TokenType[] = junk): TokenType {
  return createToken({ name, label: `\`${text}\``, pattern: text, categories });
}

export const LeftParenthesis = punctuation("LeftParenthesis", "(");
export const RightParenthesis = punctuation("RightParenthesis", ")");
export const LeftBracket = punctuation("LeftBracket", "[");
export const RightBracket = punctuation("RightBracket", "]");
export const LeftBrace = punctuation("LeftBrace", "{");
export const RightBrace = punctuation("RightBrace", "}", []);
export const Comma = punctuation("Comma", ",", [NotDeclaration, NotMember, NotOption]);
export const Dot = punctuation("Dot", ".");
export const QuestionMark = punctuation("QuestionMark", "?");
export const Colon = punctuation("Colon", ":");
export const Plus = punctuation("Plus", "+", arithmeticOperator);
export const Minus = punctuation("Minus", "-", arithmeticOperator);
export const Star = punctuation("Star", "*", arithmeticOperator);
export const Slash = punctuation("Slash", "/", arithmeticOperator);
export const Percent = punctuation("Percent", "%", arithmeticOperator);
export const Concatenation = punctuation("Concatenation", "||", arithmeticOperator);
export const LessOrEqual = punctuation("LessOrEqual", "<=", comparisonOperator);
export const GreaterOrEqual = punctuation("GreaterOrEqual", ">=", comparisonOperator);
export const NotEqual = createToken({
  name: "NotEqual",
  label: "`<>`",
  pattern: /<>|!=/,
  categories: comparisonOperator,
});
export const Less = punctuation("Less", "<", comparisonOperator);
export const Greater = punctuation("Greater", ">", comparisonOperator);
export const Equal = punctuation("Equal", "=", comparisonOperator);

/** Ends an entry: a run of line ends and semicolons, or nothing at all before `}` and the end of the file. */
export const EntryEnd = createToken({
  name: "EntryEnd",
  label: "the end of the line",
  pattern: /[\r\n;]+/,
  line_breaks: true,
});

export const EndOfFile = EOF;

// ---- what the parser never sees

export const DocLine = createToken({ name: "DocLine", pattern: /\/\/\/(?!\/)[^\r\n]*/ });
export const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\r\n]*/ });
export const BlockComment = createToken({ name: "BlockComment", pattern: /\/\*[\s\S]*?\*\//, line_breaks: true });
export const UnterminatedComment = createToken({
  name: "UnterminatedComment",
  pattern: sticky(new RegExp(String.raw`\/\*${restOfBlock}`, "y")),
  start_chars_hint: ["/"],
  line_breaks: true,
});
const Blank = createToken({ name: "Blank", pattern: /[ \t\f\v]+/, group: Lexer.SKIPPED });

const triviaTokens = [Blank, EntryEnd, DocLine, LineComment, BlockComment, UnterminatedComment];
// `U&"…"` and `U&'…'` begin like a word, so they are tried before it.
const wordTokens = [RawFence, UnterminatedFence, QuotedName, StringText, Word, UnterminatedName];
const literalTokens = [UnterminatedString, NumberText];
const bracketTokens = [LeftParenthesis, RightParenthesis, LeftBracket, RightBracket, LeftBrace, RightBrace];
const markTokens = [Comma, Dot, QuestionMark, Colon, Plus, Minus, Star, Slash, Percent, Concatenation];
const comparisonTokens = [LessOrEqual, GreaterOrEqual, NotEqual, Less, Greater, Equal];

/** In the order the lexer tries them. */
export const lexedTokens: readonly TokenType[] = [
  ...triviaTokens,
  ...wordTokens,
  ...literalTokens,
  ...bracketTokens,
  ...markTokens,
  ...comparisonTokens,
];

const nameCategories = [Name, MemberName, ExpressionName, EnumValueText, UnknownColumnOption];
const otherCategories = [UnknownRelationshipOption, BinaryOperatorToken, ArithmeticOperatorToken];

/** Everything the grammar may name. */
export const vocabulary: TokenType[] = [
  ...nameCategories,
  ...otherCategories,
  ...junk,
  ...lexedTokens,
  ...keywordTokens.values(),
];
