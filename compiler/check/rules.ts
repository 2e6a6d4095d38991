// Every rule of the language, by what it is about. A rule is named as the fact that must hold; its comment names the
// codes it gives. To add one: write it in the file of its subject, list it here, give its code a message and a page.
import type {
  AliasSymbol,
  BoundSchema,
  BoundTable,
  ClassSymbol,
  CompositeSymbol,
  DomainSymbol,
  EnumSymbol,
  MixinSymbol,
  PropertySymbol,
  ProxySymbol,
  SequenceSymbol,
} from "../bind/symbols.js";
import type { ObjectDeclaration } from "../syntax/ast.js";
import * as cascades from "./cascades.js";
import * as classMembers from "./class-members.js";
import * as columns from "./columns.js";
import * as conditions from "./conditions.js";
import * as constraints from "./constraints.js";
import * as defaults from "./defaults.js";
import * as features from "./dialect-features.js";
import * as dialects from "./dialects.js";
import * as domains from "./domains.js";
import * as foreignKeys from "./foreign-keys.js";
import * as inheritance from "./inheritance.js";
import * as joins from "./joins.js";
import * as keys from "./keys.js";
import * as names from "./names.js";
import * as objects from "./objects.js";
import * as renames from "./renames.js";
import * as sources from "./value-sources.js";
import * as relationships from "./relationships.js";
import type { ColumnSubject, ForeignKeySubject, IndexSubject, RelationshipSubject, Rule } from "./rule.js";

export const schemaRules: readonly Rule<BoundSchema>[] = [
  names.classNamesDifferByMoreThanCase,
  names.typeNamesAreUnique,
  names.typeNamesAreFree,
  names.writtenNamesAreUnique,
  inheritance.identitiesAreUnique,
  inheritance.sharedTableIsKnown,
  renames.renamedDeclarationsAreGone,
  objects.objectsStandAfterSomething,
  dialects.tablesDifferByMoreThanCase,
  dialects.declaredNamesFitLimits,
];

export const enumRules: readonly Rule<EnumSymbol>[] = [
  names.enumTypeNameIsUsable,
  names.enumValuesAreUnique,
  names.enumHasValues,
  renames.renamedValuesAreGone,
];

export const aliasRules: readonly Rule<AliasSymbol>[] = [domains.converterIsImportable];

export const domainRules: readonly Rule<DomainSymbol>[] = [
  domains.domainOptionsAreUnique,
  domains.domainChecksAreConditions,
  domains.domainDefaultFits,
];

export const sequenceRules: readonly Rule<SequenceSymbol>[] = [
  sources.declaredSequenceIsSound,
  features.sequencesExist,
];

export const mixinRules: readonly Rule<MixinSymbol>[] = [constraints.mixinNamesNothing, constraints.mixinIsUsed];

export const objectRules: readonly Rule<ObjectDeclaration>[] = [objects.objectDialectsAreKnown];

export const classRules: readonly Rule<ClassSymbol>[] = [
  names.classNameIsUsable,
  names.propertiesAreNotInherited,
  classMembers.classModuleIsImportable,
  inheritance.baseIsNoView,
  inheritance.joinedKeyRefersToBase,
  inheritance.polymorphicOnIsOfRoot,
  inheritance.polymorphicColumnExists,
  inheritance.identityFitsHierarchy,
  inheritance.subclassColumnsMayBeEmpty,
];

export const propertyRules: readonly Rule<PropertySymbol>[] = [
  classMembers.propertyIsComputed,
  classMembers.propertyReadsWhatIsLoaded,
];

export const proxyRules: readonly Rule<ProxySymbol>[] = [classMembers.proxyLeadsSomewhere];

export const compositeRules: readonly Rule<CompositeSymbol>[] = [classMembers.compositeIsMadeOfColumns];

export const tableRules: readonly Rule<BoundTable>[] = [
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
  sources.versionIsUnique,
  sources.keyIsNotDeferred,
  conditions.checksAreConditions,
  constraints.constraintAttributesFit,
  constraints.prefixIsLength,
  constraints.viewsAreDefined,
  constraints.viewMembersFit,
  classMembers.memberHasClass,
  renames.renamedColumnsAreGone,
  objects.namedDialectsAreKnown,
  features.constraintAttributesExist,
  features.tableKindExists,
  dialects.namesFitLimits,
  dialects.columnsDifferByMoreThanCase,
  dialects.identityCanBeNumbered,
  dialects.rawSqlHasVariants,
  dialects.clockIsReadable,
];

export const columnRules: readonly Rule<ColumnSubject>[] = [
  columns.columnOptionsAreUnique,
  defaults.defaultFitsColumn,
  defaults.onUpdateFitsColumn,
  columns.identityIsWholeNumber,
  columns.identityHasNoDefault,
  columns.identityIsNotNull,
  sources.generatedColumnHasOneSource,
  sources.generatedExpressionFits,
  sources.generatorIsKnown,
  sources.versionCounts,
  sources.columnSequenceIsSound,
  dialects.typeExists,
  dialects.numberIsStoredAsNumber,
];

export const foreignKeyRules: readonly Rule<ForeignKeySubject>[] = [
  foreignKeys.foreignKeyRefersToTable,
  foreignKeys.actionsAreUnique,
  foreignKeys.actionColumnsAreOwn,
  features.foreignKeyFeaturesExist,
  foreignKeys.referencedTableHasPrimaryKey,
  foreignKeys.foreignKeyCountFits,
  foreignKeys.foreignKeyTypesFit,
  foreignKeys.referencedColumnsAreUnique,
  foreignKeys.referenceActionsCanWork,
  foreignKeys.foreignKeyHasIndex,
];

export const indexRules: readonly Rule<IndexSubject>[] = [
  conditions.indexIsSound,
  conditions.indexColumnsAreUnique,
  features.indexFeaturesExist,
];

export const relationshipRules: readonly Rule<RelationshipSubject>[] = [
  relationships.relationshipEndsAreClasses,
  relationships.relationshipOptionsAreUnique,
  relationships.shortFormSaysNoJoin,
  relationships.joinOptionsNameColumns,
  joins.joinsAreConditions,
  joins.secondaryjoinHasSecondary,
  joins.collectionClassIsKnown,
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
