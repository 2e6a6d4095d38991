// Names of automapped classes and relationships that a program would rather give itself.
import type { ClassModel, RelationshipModel } from "../../model/class-model.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";

export interface AutomapNames {
  /** The name of a table's class; `proposed` is what it would be called. */
  readonly nameClass?: (table: QualifiedName, proposed: string) => string;
  /** The name of a relationship of the class `source`. */
  readonly nameRelationship?: (source: string, proposed: string, relationship: RelationshipModel) => string;
}

/** One key for a relationship of a class. */
function keyOf(source: string, name: string): string {
  return JSON.stringify([source, name]);
}

/** The model with the names that the hooks give. */
export function renamed(model: SchemaModel, names: AutomapNames): SchemaModel {
  const { nameClass = (_table, proposed) => proposed, nameRelationship = (_source, proposed) => proposed } = names;
  const classNames = new Map(model.classes.map((one) => [one.name, nameClass(one.table, one.name)]));
  const newClass = (name: string): string => classNames.get(name) ?? name;
  const relationshipNames = new Map<string, string>();
  for (const { name, relationships } of model.classes) {
    for (const one of relationships) {
      relationshipNames.set(keyOf(name, one.name), nameRelationship(newClass(name), one.name, one));
    }
  }
  const newRelationship = (source: string, name: string): string => relationshipNames.get(keyOf(source, name)) ?? name;
  const rename = (source: string, one: RelationshipModel): RelationshipModel => ({
    ...one,
    name: newRelationship(source, one.name),
    target: newClass(one.target),
    ...(one.backPopulates === undefined ? {} : { backPopulates: newRelationship(one.target, one.backPopulates) }),
  });
  const classes = model.classes.map((one): ClassModel =>
    Object.assign({}, one, {
      name: newClass(one.name),
      relationships: one.relationships.map((relationship) => rename(one.name, relationship)),
    }),
  );
  return { ...model, classes };
}
