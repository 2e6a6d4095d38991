// One cause, one diagnostic: what looks wrong only because something near it could not be read is not reported.
import type { DiagnosticCode } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Identifier, NamePath, SourceUnit } from "../syntax/ast.js";
import type { Span } from "../text/span.js";

/** Codes that say something is missing from a table, which may be the part of it that could not be read. */
const missingFromTable: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "S2002",
  "S2019",
  "S2024",
  "S3001",
  "S3002",
  "S3025",
  "S4002",
  "S4004",
  "S4010",
  "S4012",
  "S4013",
  "S4014",
  "S4018",
  "S4023",
  "S5003",
  "S5006",
  "S5010",
  "S5011",
  "S5014",
  "S5016",
  "S5017",
  "S5018",
  "S5040",
  "S5041",
  "S5044",
  "S5050",
  "S5051",
  "S5052",
  "S5056",
  "S5057",
  "S6005",
]);

/** Codes that say a declaration is missing, which a file or a line that could not be read may hold. */
const missingFromSchema: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "S2001",
  "S2003",
  "S2004",
  "S2009",
  "S2019",
  "S2036",
]);

/** Codes that say how a relationship joins, which may be what could not be read of it. */
const joinOfRelationship: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "S5003",
  "S5004",
  "S5005",
  "S5006",
  "S5012",
  "S5014",
  "S5016",
  "S5017",
  "S5018",
  "S5034",
]);

/** `found` without what may follow from the errors of reading and importing in `syntax`. */
export function withoutConsequences(
  found: readonly Diagnostic[],
  syntax: readonly Diagnostic[],
  units: readonly SourceUnit[],
): Diagnostic[] {
  const errors = syntax.filter(({ severity }) => severity === "error").map(({ primary }) => primary.span);
  const declarations = units.flatMap((unit) => unit.declarations.filter(({ kind }) => kind !== "import"));
  const spoiled = declarations.filter(({ span }) => errors.some((error) => isInside(error, span)));
  const relationships = spoiled
    .flatMap((declaration) => ("members" in declaration ? declaration.members : []))
    .filter(({ kind, span }) => kind === "relationship" && errors.some((error) => isInside(error, span)));
  const isCut = syntax.some(({ code }) => code === "S1025" || code === "S1026");
  const isNameless = spoiled.some((declaration) => "name" in declaration && nameText(declaration.name) === "");
  const isOutside = errors.some((error) => !declarations.some(({ span }) => isInside(error, span)));
  const isDeclarationLost = isCut || isNameless || isOutside;
  return found.filter(({ code, primary, related }) => {
    // An empty span stands for a name that the source lacks, which the parser has reported.
    if (missingFromSchema.has(code)) return !isDeclarationLost && primary.span.start < primary.span.end;
    const touches = (nodes: readonly { readonly span: Span }[]): boolean =>
      [primary, ...related].some((label) => nodes.some(({ span }) => isInside(label.span, span)));
    if (joinOfRelationship.has(code) && touches(relationships)) return false;
    return !missingFromTable.has(code) || !touches(spoiled);
  });
}

function nameText(name: NamePath | Identifier): string {
  return "text" in name ? name.text : name.name.text;
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.start <= outer.end;
}
