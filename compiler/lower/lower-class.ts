// One checked class as the model has it: how it is mapped, and what its objects have beside columns.
import type { ClassModel } from "../../model/class-model.js";
import { InternalError } from "../../model/internal-error.js";
import { columnsOfClass } from "../bind/class-attributes.js";
import { columnNames } from "../bind/column-names.js";
import type { BoundSchema, ClassSymbol, CompositeSymbol, PropertySymbol, ProxySymbol } from "../bind/symbols.js";
import type { DocComment } from "../syntax/ast.js";
import { importedName } from "./lower-column.js";
import { lowerExpression } from "./lower-expression.js";
import { lowerPropertyExpression } from "./lower-property.js";
import { lowerRelationship } from "./lower-relationship.js";

export function lowerClass(symbol: ClassSymbol, schema: BoundSchema): ClassModel {
  const { declaration, identifier } = symbol;
  const table = schema.tableOf(symbol.table);
  const own = <Member extends { readonly ownerClass: ClassSymbol | undefined }>(members: readonly Member[]): Member[] =>
    members.filter(({ ownerClass }) => ownerClass === symbol);
  const properties = own(table.properties).map((property) => lowerProperty(property, schema));
  const proxies = own(table.proxies).map(lowerProxy);
  const composites = own(table.composites).map(lowerComposite);
  const { module } = declaration;
  return {
    name: symbol.name,
    table: symbol.table.name,
    ...(module === undefined ? {} : { from: importedName({ name: identifier, module }) }),
    ...lowerInheritance(symbol),
    relationships: own(table.relationships).map((relationship) => lowerRelationship(relationship, schema)),
    ...(properties.length === 0 ? {} : { properties }),
    ...(proxies.length === 0 ? {} : { proxies }),
    ...(composites.length === 0 ? {} : { composites }),
    ...(declaration.kind === "class" ? commentOf(declaration.doc) : {}),
  };
}

function lowerInheritance(symbol: ClassSymbol): Partial<ClassModel> {
  const { base, inheritance } = symbol;
  const column = symbol.polymorphicOn[0]?.column.text;
  const identity = symbol.identities[0]?.value;
  return {
    ...(base === undefined || inheritance === "root" ? {} : { inheritance: { base: base.name, kind: inheritance } }),
    ...(column === undefined ? {} : { polymorphicOn: column }),
    ...(identity === undefined
      ? {}
      : { polymorphicIdentity: identity.kind === "string" ? identity.value : identity.digits }),
    ...lowerColumns(symbol),
  };
}

/** The columns that a class of a hierarchy over one table has, where it is not all of them. */
function lowerColumns(symbol: ClassSymbol): Pick<ClassModel, "columns"> {
  const all = [...symbol.table.columns.values()];
  if (all.every(({ addedBy }) => addedBy === undefined)) return {};
  const seen = columnsOfClass(symbol);
  return { columns: all.filter((column) => seen.get(column.name) === column).map(({ name }) => name) };
}

function lowerProperty({ member, resolved, path, owner, ownerClass }: PropertySymbol, schema: BoundSchema) {
  if (resolved === undefined) throw new InternalError(`the type of ${path} is unknown after the checks`);
  return {
    name: member.name.text,
    type: resolved.type,
    nullable: member.type.nullable,
    expression:
      ownerClass === undefined
        ? lowerExpression(member.expression, owner.columns, resolved.storage)
        : lowerPropertyExpression(member.expression, ownerClass, schema, resolved.storage),
    ...commentOf(member.doc),
  };
}

function lowerProxy({ member }: ProxySymbol) {
  return {
    name: member.name.text,
    relationship: member.relationship.text,
    attribute: member.attribute.text,
    ...commentOf(member.doc),
  };
}

function lowerComposite({ member, columns }: CompositeSymbol) {
  return {
    name: member.name.text,
    class: importedName(member.value),
    columns: columnNames(columns),
    ...commentOf(member.doc),
  };
}

function commentOf(doc: DocComment | undefined): { comment?: string } {
  return doc === undefined ? {} : { comment: doc.text };
}
