// Every rule of the language, by what it is about. A rule is named as the fact that must hold; its comment names the
// codes it gives. To add one: write it in the file of its subject, list it here, give its code a message and a page.
import type { BoundSchema, BoundTable, EnumSymbol } from "../bind/symbols.js";
import * as cascades from "./cascades.js";
import * as columns from "./columns.js";
import * as conditions from "./conditions.js";
import * as dialects from "./dialects.js";
import * as foreignKeys from "./foreign-keys.js";
import * as keys from "./keys.js";
import * as names from "./names.js";
import * as relationships from "./relationships.js";
import type { ColumnSubject, ForeignKeySubject, IndexSubject, RelationshipSubject, Rule } from "./rule.js";

export const schemaRules: readonly Rule<BoundSchema>[] = [
  names.classNamesDifferByMoreThanCase,
  names.typeNamesAreUnique,
  names.writtenNamesAreUnique,
  dialects.tablesDifferByMoreThanCase,
];

export const enumRules: readonly Rule<EnumSymbol>[] = [
  names.enumNameIsNoType,
  names.enumTypeNameIsUsable,
  names.enumValuesAreUnique,
  names.enumHasValues,
];

export const tableRules: readonly Rule<BoundTable>[] = [
  names.classNameIsUsable,
  names.propertiesAreUnique,
  names.propertyIsFree,
  names.propertyIsIdentifier,
  keys.tableHasColumns,
  keys.primaryKeyIsUnique,
  keys.mappedTableHasPrimaryKey,
  keys.primaryKeyIsNotNull,
  keys.integerKeyIsGenerated,
  keys.keyColumnsAreUnique,
  columns.identityIsUnique,
  conditions.checksAreConditions,
  dialects.namesFitLimits,
  dialects.columnsDifferByMoreThanCase,
  dialects.identityCanBeNumbered,
  dialects.rawSqlHasVariants,
  dialects.clockIsReadable,
];

export const columnRules: readonly Rule<ColumnSubject>[] = [
  columns.columnOptionsAreUnique,
  columns.defaultFitsColumn,
  columns.identityIsWholeNumber,
  columns.identityHasNoDefault,
  columns.identityIsNotNull,
  dialects.typeExists,
  dialects.numberIsStoredAsNumber,
];

export const foreignKeyRules: readonly Rule<ForeignKeySubject>[] = [
  foreignKeys.referencedTableHasPrimaryKey,
  foreignKeys.foreignKeyCountFits,
  foreignKeys.foreignKeyTypesFit,
  foreignKeys.referencedColumnsAreUnique,
  foreignKeys.referenceActionsCanWork,
  foreignKeys.foreignKeyHasIndex,
];

export const indexRules: readonly Rule<IndexSubject>[] = [conditions.indexIsSound, conditions.indexColumnsAreUnique];

export const relationshipRules: readonly Rule<RelationshipSubject>[] = [
  relationships.relationshipEndsAreClasses,
  relationships.relationshipOptionsAreUnique,
  relationships.shortFormSaysNoJoin,
  relationships.joinOptionsNameColumns,
  relationships.secondaryIsCollection,
  relationships.optionalityFitsForeignKey,
  relationships.backwardScalarIsOptional,
  relationships.backPopulatesPointsBack,
  relationships.sidesAreOneRelationship,
  relationships.orderByTakesTargetColumns,
  cascades.cascadesAreKnown,
  cascades.noneStandsAlone,
  cascades.orphanHasSingleParent,
  cascades.orphanIsDeletedWithParent,
  cascades.viewonlyDoesNotWrite,
  cascades.loadStrategyIsKnown,
];
