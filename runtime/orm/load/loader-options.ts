// Loader options as people write them: how a query loads relationships and columns, as paths from its classes on.
import { ArgumentError } from "../../errors/errors.js";
import type { ColumnOf, EntityClass, LoadOption, Rel, RelFrom } from "../../sql/typing.js";
import { typed } from "../../sql/build/element.js";
import { mappedEntityOf } from "../../sql/build/coerce.js";
import { describeValue } from "../../types/describe-value.js";
import { LoaderPath, start } from "./loader-path.js";

/** Names every relationship that no other option names. */
type Every = "*";

/** What can be said of columns that are not loaded with their object. */
export interface DeferOptions {
  /** Access is an error instead of a SELECT. */
  readonly raise?: boolean;
}

/** What a second SELECT can be told. */
export interface SelectinOptions {
  /** For a relationship that leads back to its own class: how many levels to load, `Infinity` for all there are. */
  readonly recursionDepth?: number;
  /** At most so many for each owner, the first in the relationship's order; not through a link table's duplicates. */
  readonly limitPerParent?: number;
}

export interface JoinedOptions {
  /** JOIN instead of LEFT OUTER JOIN, where every owner is known to have a related object. */
  readonly innerJoin?: boolean;
}

export interface RaiseOptions {
  /** Access is an error only where it would take SQL. */
  readonly sqlOnly?: boolean;
}

/** A path of relationships, each with the way to load it; `O` is the class that the next step starts from. */
export interface LoaderOption<O extends string = string> extends LoadOption {
  /** A second SELECT with the keys of all objects: the way for collections. */
  selectinload<R extends string>(relationship: RelFrom<O, R>, options?: SelectinOptions): LoaderOption<R>;
  /** A LEFT OUTER JOIN in the same SELECT: the way for to-one relationships. */
  joinedload<R extends string>(relationship: RelFrom<O, R>, options?: JoinedOptions): LoaderOption<R>;
  /** A second SELECT that repeats the first one as a subquery. */
  subqueryload<R extends string>(relationship: RelFrom<O, R>): LoaderOption<R>;
  /** From a join that the statement has already: `select(User).join(User.addresses)`. */
  containsEager<R extends string>(relationship: RelFrom<O, R>): LoaderOption<R>;
  /** At access, by a SELECT for each object. */
  lazyload<R extends string>(relationship: RelFrom<O, R> | Every): LoaderOption<R>;
  /** At once, by a SELECT for each object. */
  immediateload<R extends string>(
    relationship: RelFrom<O, R>,
    options?: Pick<SelectinOptions, "recursionDepth">,
  ): LoaderOption<R>;
  /** Never: access is an error, so that no SELECT goes unnoticed. */
  raiseload<R extends string>(relationship: RelFrom<O, R> | Every, options?: RaiseOptions): LoaderOption<R>;
  /** Never: access finds nothing. */
  noload<R extends string>(relationship: RelFrom<O, R>): LoaderOption<R>;
  /** As the mapping says; for naming what is further on. */
  defaultload<R extends string>(relationship: RelFrom<O, R>): LoaderOption<R>;
  /** Only these columns and the key come with the objects; others are loaded at access. */
  loadOnly(...columns: ColumnOf<O>[]): LoaderOption<O>;
  /** This column is loaded at access. */
  defer(column: ColumnOf<O>, options?: DeferOptions): LoaderOption<O>;
  /** This column comes with the object although the mapping defers it; `"*"`: every one. */
  undefer(column: ColumnOf<O> | Every): LoaderOption<O>;
}

/** Options that start from a class: `load(User).raiseload("*")`. */
export function load<O extends string>(entityClass: EntityClass<O>): LoaderOption<O> {
  const entity = mappedEntityOf(entityClass);
  if (entity === null) throw new ArgumentError(`load() takes a mapped class, got ${describeValue(entityClass)}`);
  return typed(new LoaderPath([], entity));
}

/** Loads the relationship by a second SELECT with the keys of all objects. */
export function selectinload<R extends string>(relationship: Rel<R>, options?: SelectinOptions): LoaderOption<R> {
  return typed(start.selectinload(relationship, options));
}

/** Loads the relationship by a LEFT OUTER JOIN; results that join collections have to be read through `unique()`. */
export function joinedload<R extends string>(relationship: Rel<R>, options?: JoinedOptions): LoaderOption<R> {
  return typed(start.joinedload(relationship, options));
}

/** Loads the relationship by a second SELECT that has the first one as a subquery. */
export function subqueryload<R extends string>(relationship: Rel<R>): LoaderOption<R> {
  return typed(start.subqueryload(relationship));
}

/**
 * Fills the relationship from a join that the statement makes itself, with whatever conditions it has:
 * `select(User).join(User.addresses).where(…).options(containsEager(User.addresses))`.
 */
export function containsEager<R extends string>(relationship: Rel<R>): LoaderOption<R> {
  return typed(start.containsEager(relationship));
}

/** Loads the relationship at access, whatever the mapping says; `"*"`: every one that no option names. */
export function lazyload<R extends string>(relationship: Rel<R> | Every): LoaderOption<R> {
  return typed(start.lazyload(relationship));
}

/** Loads the relationship of each object at once, by a SELECT of its own. */
export function immediateload<R extends string>(
  relationship: Rel<R>,
  options?: Pick<SelectinOptions, "recursionDepth">,
): LoaderOption<R> {
  return typed(start.immediateload(relationship, options));
}

/** Makes access to the relationship an error, where it is not loaded otherwise; `"*"`: to every one not named. */
export function raiseload<R extends string>(relationship: Rel<R> | Every, options?: RaiseOptions): LoaderOption<R> {
  return typed(start.raiseload(relationship, options));
}

/** Leaves the relationship empty, whatever the database holds: for objects that are only looked at. */
export function noload<R extends string>(relationship: Rel<R>): LoaderOption<R> {
  return typed(start.noload(relationship));
}

/** Leaves the relationship as the mapping has it, for what follows: `defaultload(User.posts).joinedload(Post.tags)`. */
export function defaultload<R extends string>(relationship: Rel<R>): LoaderOption<R> {
  return typed(start.defaultload(relationship));
}

/** Loads only these columns and the key with the objects; others are loaded at access. */
export function loadOnly<O extends string>(first: ColumnOf<O>, ...others: ColumnOf<O>[]): LoaderOption<O> {
  return typed(start.loadOnly(first, ...others));
}

/** Loads the column at access. */
export function defer<O extends string>(column: ColumnOf<O>, options?: DeferOptions): LoaderOption<O> {
  return typed(start.defer(column, options));
}

/** Loads the column with its object, although the mapping defers it. */
export function undefer<O extends string>(column: ColumnOf<O>): LoaderOption<O> {
  return typed(start.undefer(column));
}
