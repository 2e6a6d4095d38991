// Binding, fourth pass: properties, proxies and composites, of tables' classes and of the classes that share a table.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { TableMember } from "../syntax/ast.js";
import type { TableDraft } from "./resolve-members.js";
import type { Resolver } from "./resolver.js";
import type { ClassSymbol, TableSymbol } from "./symbols.js";
import type { TypeScope } from "./type-scope.js";

/** Fills them in; what is wrong with the types of properties is the result. */
export function resolveClassMembers(
  tables: readonly TableDraft[],
  classes: readonly ClassSymbol[],
  types: TypeScope,
  resolver: Resolver,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const bySymbol = new Map(tables.map((table) => [table.symbol, table]));
  const resolve = (
    table: TableSymbol,
    ownerClass: ClassSymbol | undefined,
    members: readonly TableMember[],
    draft: TableDraft | undefined,
  ): void => {
    for (const member of members) {
      if (member.kind !== "property" && member.kind !== "proxy" && member.kind !== "composite") continue;
      const path = `${ownerClass?.name ?? table.key}.${member.name.text}`;
      const place = { owner: table, ownerClass, path };
      if (member.kind === "property") {
        const type = types.resolve(member.type, path);
        diagnostics.push(...type.diagnostics);
        for (const declaration of type.value?.declarations ?? []) resolver.noteUse(member.span, declaration);
        draft?.properties.push({ ...place, member, resolved: type.value });
      } else if (member.kind === "proxy") draft?.proxies.push({ ...place, member });
      else draft?.composites.push({ ...place, member, columns: resolver.columns(member.columns, table) });
    }
  };
  for (const draft of tables) resolve(draft.symbol, resolver.classOf(draft.symbol), draft.symbol.ownMembers, draft);
  for (const subclass of classes.filter(({ inheritance }) => inheritance === "single")) {
    resolve(subclass.table, subclass, subclass.members, bySymbol.get(subclass.table));
  }
  return diagnostics;
}
