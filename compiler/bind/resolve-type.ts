// Built-in types and types of one dialect: from the words of the schema to the model's type, with what is wrong about
// name and arguments.
import { findCapabilities } from "../../model/capabilities.js";
import { type ColumnType, type NamedKind, namedType } from "../../model/column-type.js";
import { foreignTypeNames, isTypeName, typeNames, typeParameters } from "../../model/column-type-names.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic, Staged } from "../diagnostics/diagnostic.js";
import type { NamedTypeReference } from "../syntax/ast.js";
import { didYouMean } from "./did-you-mean.js";

type ResolvedType = Staged<ColumnType | undefined>;

/** PostgreSQL's limits, the widest of the dialects. */
const longestLength = 10_485_760;
const widestPrecision = 1000;
const finestFraction = 6;

/** The type of one word or of a dialect that `reference` names; undefined where it names neither. */
export function resolveBuiltIn(reference: NamedTypeReference): ResolvedType | undefined {
  const { dialect, name } = reference;
  const qualifier = dialect ?? name.schema;
  if (qualifier !== undefined) {
    if (findCapabilities(qualifier.text) === undefined) return undefined;
    const own = qualifiedKey({
      ...(dialect === undefined || name.schema === undefined ? {} : { schema: name.schema.text }),
      name: name.name.text,
    });
    return resolveNative(qualifier.text, own, reference);
  }
  return isTypeName(name.name.text) ? resolveNamed(name.name.text, reference) : undefined;
}

/** `postgresql.hstore`, `mysql.set('a', 'b')`: arguments are the dialect's own. */
function resolveNative(dialect: string, name: string, reference: NamedTypeReference): ResolvedType {
  const list: (number | string)[] = [];
  for (const argument of reference.arguments) {
    if (argument.kind === "number") list.push(Number(argument.digits));
    else if (argument.kind === "string") list.push(argument.value);
    else return failed(diagnostic("S3032", argument.span, argument.text, dialect));
  }
  return ok({
    kind: "native",
    dialect,
    name,
    ...(list.length === 0 ? {} : { arguments: list }),
    ...(reference.unsigned ? { unsigned: true } : {}),
  });
}

const otherTypes = "declare it with `enum`, `domain` or `type`, or name its database, as in `postgresql.hstore`";

/** The diagnostic of a name that is no type; `declared` are the names that the schema declares. */
export function unknownType(name: string, reference: NamedTypeReference, declared: Iterable<string>): Diagnostic {
  const span = reference.name.span;
  const lower = name.toLowerCase();
  const right = foreignTypeNames.get(lower) ?? (isTypeName(lower) ? lower : undefined);
  if (right !== undefined) {
    const help = lower.endsWith("serial") ? `write \`${right}\` with the option \`serial\`` : undefined;
    return diagnostic("S2006", { span, help }, name, right);
  }
  const isClassLike = /^[A-Z][a-z]/.test(name) && reference.name.schema === undefined;
  const meant = isClassLike ? `an object of a class is a relationship: \`relationship name: ${name}\`` : otherTypes;
  return diagnostic("S2003", { span, help: didYouMean(name, [...typeNames, ...declared]) ?? meant }, name);
}

function resolveNamed(kind: NamedKind, reference: NamedTypeReference): ResolvedType {
  const isInteger = kind === "smallint" || kind === "integer" || kind === "bigint";
  if (reference.unsigned && !isInteger) return failed(diagnostic("S3006", reference.span, kind));
  const numbers = wholeNumbers(kind, reference);
  if (numbers.value === undefined) return failed(...numbers.diagnostics);
  if (isInteger) return ok(reference.unsigned ? { kind, unsigned: true } : { kind });
  const [first, second] = numbers.value;
  if (kind === "numeric") return resolveNumeric(reference, first, second);
  const parameters = typeParameters[kind];
  if (parameters.kind === "none" || first === undefined) return ok(namedType(kind));
  if (parameters.kind === "length") {
    if (first < 1 || first > longestLength) {
      return failed(diagnostic("S3003", reference.span, kind, "length", 1, longestLength));
    }
    return ok(namedType(kind, { length: first }));
  }
  if (first > finestFraction) {
    return failed(diagnostic("S3003", reference.span, kind, "number of fraction digits", 0, finestFraction));
  }
  return ok(namedType(kind, { precision: first }));
}

function resolveNumeric(reference: NamedTypeReference, precision?: number, scale?: number): ResolvedType {
  if (precision === undefined) return ok({ kind: "numeric" });
  if (precision < 1 || precision > widestPrecision) {
    return failed(diagnostic("S3003", reference.span, "numeric", "precision", 1, widestPrecision));
  }
  if (scale === undefined) return ok({ kind: "numeric", precision });
  if (scale > precision) {
    const help = "the first number counts all digits, the second those after the point";
    return failed(diagnostic("S3003", { span: reference.span, help }, "numeric", "scale", 0, precision));
  }
  return ok({ kind: "numeric", precision, scale });
}

/** The type's arguments as numbers, where there are as many as it takes. */
function wholeNumbers(kind: NamedKind, reference: NamedTypeReference): Staged<readonly number[] | undefined> {
  const takes = typeParameters[kind];
  const count = reference.arguments.length;
  const most = takes.kind === "none" ? 0 : takes.kind === "precision and scale" ? 2 : 1;
  const least = takes.kind === "length" && takes.required ? 1 : 0;
  if (count > most || count < least) {
    return { value: undefined, diagnostics: [diagnostic("S3001", reference.span, kind, expectedArguments(kind))] };
  }
  const numbers: number[] = [];
  for (const argument of reference.arguments) {
    const text =
      argument.kind === "number" ? argument.digits : argument.kind === "string" ? `'${argument.value}'` : argument.text;
    if (argument.kind !== "number" || !/^\d+$/.test(text)) {
      return { value: undefined, diagnostics: [diagnostic("S3002", argument.span, kind, text)] };
    }
    numbers.push(Number(text));
  }
  return { value: numbers, diagnostics: [] };
}

function expectedArguments(kind: NamedKind): string {
  const takes = typeParameters[kind];
  switch (takes.kind) {
    case "none":
      return "no arguments";
    case "length":
      return takes.required ? "a length, such as (16)" : "a length and nothing else, such as (80)";
    case "fraction digits":
      return "the number of digits of the second's fraction, such as (6)";
    case "precision and scale":
      return "a precision and a scale, such as (12,2)";
  }
}

function ok(value: ColumnType): ResolvedType {
  return { value, diagnostics: [] };
}

function failed(...diagnostics: readonly Diagnostic[]): ResolvedType {
  return { value: undefined, diagnostics };
}
