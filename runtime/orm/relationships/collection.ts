// The collections of to-many relationships as programs see them: JavaScript's own array, set and map, kept in step with
// the other side of the relationship.

/**
 * The related objects of a to-many relationship, in order: an array whose methods tell the other side at once. What
 * assigns to an index or to `length` is found by the next flush.
 */
export interface Collection<T> extends Array<T> {
  /** Removes the first occurrence; false where there is none. */
  remove(item: T): boolean;
  clear(): void;
}

/** The related objects of a relationship with `collection_class set`. */
export interface SetCollection<T> extends Set<T> {
  /** Another name of `delete`, as lists have it. */
  remove(item: T): boolean;
}

/** The related objects of a relationship with `collection_class map by …`, each under the value of that attribute. */
export interface MapCollection<K, T> extends Map<K, T> {
  /** Puts the object under the value of its attribute. */
  add(item: T): this;
  /** Removes the object from wherever it is; false where it is not in the map. */
  remove(item: T): boolean;
}
