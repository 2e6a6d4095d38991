// Rules about what the language keeps as SQL: what it stands after exists, and the dialects that have it are known.
import { dialects as knownDialects, findCapabilities } from "../../model/capabilities.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { qualifiedName } from "../bind/qualified-path.js";
import type { BoundSchema, BoundTable } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Identifier, ObjectDeclaration, RawExpression } from "../syntax/ast.js";
import type { Findings, Rule } from "./rule.js";

/** S2019: an object stands after something that is declared. */
export const objectsStandAfterSomething: Rule<BoundSchema> = function* (schema) {
  const { tables, objects, enums, domains, sequences } = schema;
  const inTables = tables.flatMap((table) => table.objects);
  const names = new Set([
    ...[...tables.map(({ symbol }) => symbol), ...enums, ...domains, ...sequences].map(({ key }) => key),
    ...[...objects, ...inTables].map(({ name }) => qualifiedKey(qualifiedName(name))),
  ]);
  for (const name of [...objects, ...inTables].flatMap((object) => object.after)) {
    const key = qualifiedKey(qualifiedName(name));
    if (!names.has(key)) yield diagnostic("S2019", { span: name.span, help: didYouMean(key, names) }, key);
  }
};

/** S2008: the dialects of raw SQL, options and `only` are known. */
export const namedDialectsAreKnown: Rule<BoundTable> = function* (table) {
  for (const { dialect } of table.options) yield* dialectIsKnown(dialect);
  for (const { clauses } of table.indexes) for (const name of clauses.only ?? []) yield* dialectIsKnown(name);
  for (const { sql } of [...table.rawElements, ...table.objects]) yield* variantsAreKnown(sql);
  for (const sql of table.definitions) yield* variantsAreKnown(sql);
};

/** S2008: so are those of objects outside tables. */
export const objectDialectsAreKnown: Rule<ObjectDeclaration> = function* ({ sql }) {
  yield* variantsAreKnown(sql);
};

function* dialectIsKnown({ text, span }: Identifier): Findings {
  if (findCapabilities(text) !== undefined) return;
  const names = knownDialects.map(({ name }) => name);
  const right = knownDialects.find(({ aliases }) => aliases.includes(text.toLowerCase()));
  const place = { span, help: right === undefined ? didYouMean(text, names) : `write \`${right.name}\`` };
  yield diagnostic("S2008", place, text, names.map((known) => `\`${known}\``).join(", "));
}

function* variantsAreKnown({ variants }: RawExpression): Findings {
  for (const { dialect, span } of variants) {
    if (dialect !== undefined) yield* dialectIsKnown({ text: dialect, span });
  }
}
