// The marks by which `sql/` knows what the ORM hands it. A symbol cannot come from JSON, so no object that a user sent
// can pass for a mapped class or a relationship.

/** On a mapper: it implements `MappedEntity`. */
export const ENTITY: unique symbol = Symbol("athanor.entity");

/** On a relationship attribute: a method that tells which joins it stands for. */
export const RELATIONSHIP: unique symbol = Symbol("athanor.relationship");
