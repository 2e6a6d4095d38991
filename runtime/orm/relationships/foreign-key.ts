// Many-to-one relationships that lead to the target's primary key: the related object's key is in the instance's own
// columns, so the identity map can answer without SQL.
import { type Entity, sessionOf } from "../entity.js";
import { type Mapper, mapperOf, readField, type Relationship } from "../mapper.js";

/** The related object's key; null where a column of it is NULL, undefined where one is not loaded. */
type ForeignKey = unknown;

/** For each primary key column of the target, where it is among the pairs; null where the pairs are another key. */
const keyOrders = new WeakMap<Relationship, readonly number[] | null>();

/** True where the pairs of a many-to-one are exactly the target's primary key. */
export function leadsToPrimaryKey(relationship: Relationship): boolean {
  return keyOrder(relationship) !== null;
}

/** The key that the instance's foreign key columns hold, in the order of the target's primary key. */
function foreignKeyOf(entity: Entity, relationship: Relationship): ForeignKey {
  const order = keyOrder(relationship);
  if (order === null) return undefined;
  const columns = relationship.localColumns;
  const values: unknown[] = [];
  for (const at of order) {
    const column = columns[at];
    const value = column === undefined ? undefined : readField(entity, column.field);
    if (value === undefined || value === null) return value;
    values.push(value);
  }
  return values.length === 1 ? values[0] : values;
}

/** The related object where the identity map holds it, null for a NULL key; undefined where only SQL can tell. */
export function identityByForeignKey(entity: Entity, relationship: Relationship): Entity | null | undefined {
  const key = foreignKeyOf(entity, relationship);
  if (key === undefined || key === null) return key;
  const found = sessionOf(entity)?.identities(relationship.target).get(key);
  return found === undefined || mapperOf(found).isA(relationship.target) ? found : null;
}

function keyOrder(relationship: Relationship): readonly number[] | null {
  let order = keyOrders.get(relationship);
  if (order === undefined) keyOrders.set(relationship, (order = findKeyOrder(relationship, relationship.target)));
  return order;
}

function findKeyOrder(relationship: Relationship, target: Mapper): readonly number[] | null {
  if (relationship.direction !== "many-to-one" || relationship.hasConditions) return null;
  const order = target.primaryKey.map((column) => relationship.remoteColumns.indexOf(column));
  return order.length === relationship.remoteColumns.length && !order.includes(-1) ? order : null;
}
