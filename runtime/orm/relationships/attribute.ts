// A relationship as an attribute of its class in SQL: `User.addresses` in joins, conditions and loader options.
import { ArgumentError, InvalidRequestError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { Integer } from "../../types/types.js";
import { RELATIONSHIP } from "../../sql/ast/brand.js";
import { binaryNode, bindNode, existsNode, NULL, rawNode } from "../../sql/ast/expressions.js";
import type {
  ColumnNode,
  EntitySource,
  ExpressionNode,
  JoinableRelationship,
  MappedEntity,
  NamedFromNode,
  RelationshipJoin,
} from "../../sql/ast/nodes.js";
import { namedFroms } from "../../sql/ast/froms.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { aliasNode } from "../../sql/ast/tables.js";
import { conditionNode, mappedEntityOf } from "../../sql/build/coerce.js";
import { ConditionElement } from "../../sql/build/expression.js";
import type { Condition, EntityClass } from "../../sql/typing.js";
import { adaptColumns, type Standing, standingAdapter } from "../adapt-columns.js";
import { AliasedEntity } from "../aliased-entity.js";
import { classCriterion } from "../class-rows.js";
import type { Entity } from "../entity.js";
import { mapperBehind } from "../mapped-class.js";
import { mappedClasses, type Mapper, type Relationship, type Slot } from "../mapper.js";
import { checkRelated } from "./both-sides.js";
import { allEqual, conjunction, joinSteps, linkTable, columnsOfSlots, withCriteria } from "./join-conditions.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const ONE = rawNode("1", Integer().type);

/** What `mapClass` puts on a class for each of its relationships, inherited ones too. */
export function createRelationshipAttribute(relationship: Relationship, owner: Mapper): RelationshipAttribute {
  return new RelationshipAttribute(relationship, owner, null);
}

/** A relationship of a class, or of an alias of one. */
export class RelationshipAttribute implements JoinableRelationship {
  readonly kind = "relationship";
  readonly key: string;
  /** The target class's name. */
  readonly target: string;
  readonly relationship: Relationship;
  /** The class or alias whose relationship it is. */
  readonly owner: MappedEntity;
  /** The alias that it leads to, where `ofType` said so. */
  readonly toward: MappedEntity | null;
  /** Further conditions on the related rows, over the target's own table. */
  readonly criteria: readonly ExpressionNode[];
  #join: RelationshipJoin | null = null;
  /** How many classes there were when `#join` was made. */
  #classes = 0;

  constructor(
    relationship: Relationship,
    owner: MappedEntity,
    toward: MappedEntity | null,
    criteria: readonly ExpressionNode[] = [],
  ) {
    this.relationship = relationship;
    this.owner = owner;
    this.toward = toward;
    this.criteria = criteria;
    this.key = relationship.name;
    this.target = toward === null ? relationship.definition.target : toward.name;
  }

  /**
   * The same relationship, leading to an alias of its target or to a class that extends it:
   * `select(Node).join(Node.children.ofType(child))`.
   */
  ofType(alias: EntityClass): RelationshipAttribute {
    const entity = mappedEntityOf(alias);
    if (entity !== null && mapperBehind(entity).isA(this.relationship.target)) {
      return new RelationshipAttribute(this.relationship, this.owner, entity, this.criteria);
    }
    throw new ArgumentError(
      `${String(this)}.ofType() takes an alias of ${this.target} or a class that extends it, ` +
        `got ${describeValue(alias)}`,
    );
  }

  /**
   * The same relationship, to those related objects alone that meet the condition: in the ON of a join, in what
   * `any()` and `has()` look for, and in loader options, where the collection then holds only these.
   */
  and(condition: Condition): RelationshipAttribute {
    const node = conditionNode(condition, `${String(this)}.and()`);
    return new RelationshipAttribute(this.relationship, this.owner, this.toward, [...this.criteria, node]);
  }

  /** True for objects with a related one that meets the condition: `EXISTS (…)`. */
  any(condition?: Condition): ConditionElement {
    if (!this.relationship.collection) {
      throw new InvalidRequestError(`${String(this)} leads to one object: ask has(), any() is for collections`);
    }
    return this.#exists(condition, "any()");
  }

  /** True for objects whose related one is there and meets the condition: `EXISTS (…)`. */
  has(condition?: Condition): ConditionElement {
    if (this.relationship.collection) {
      throw new InvalidRequestError(`${String(this)} is a collection: ask any(), has() is for to-one relationships`);
    }
    return this.#exists(condition, "has()");
  }

  /** True for objects whose collection holds this one. */
  contains(item: Entity): ConditionElement {
    if (!this.relationship.collection) {
      throw new InvalidRequestError(
        `${String(this)} leads to one object: compare it with eq(), contains() is for collections`,
      );
    }
    checkRelated(this.relationship, item);
    if (linkTable(this.relationship) === null && !this.relationship.hasConditions) return this.#comesFrom(item);
    return this.#leadsTo(item, "contains()");
  }

  /** True for objects whose related one this is; with null, for those that have none. */
  eq(item: Entity | null): ConditionElement {
    const { relationship } = this;
    if (relationship.collection) {
      throw new InvalidRequestError(
        `${String(this)} is a collection: ask contains(), eq() is for to-one relationships`,
      );
    }
    if (item !== null) {
      checkRelated(relationship, item);
      if (relationship.hasConditions) return this.#leadsTo(item, "eq()");
      if (relationship.direction === "one-to-many") return this.#comesFrom(item);
      const values = this.#values(item, relationship.remoteColumns, "eq()");
      return new ConditionElement(allEqual(values, columnsOfSlots(relationship.localColumns, this.owner.columns)));
    }
    if (relationship.direction === "one-to-many" || relationship.hasConditions) {
      return this.#exists(undefined, "eq()").not();
    }
    const columns = columnsOfSlots(relationship.localColumns, this.owner.columns);
    return new ConditionElement(conjunction(columns.map((column) => binaryNode("is", column, NULL))));
  }

  /** The opposite of `eq`: with null, true for objects that have a related one. */
  ne(item: Entity | null): ConditionElement {
    const { relationship } = this;
    const isAsked = relationship.direction === "one-to-many" || relationship.hasConditions;
    if (item === null || isAsked) return this.eq(item).not();
    checkRelated(relationship, item);
    const values = this.#values(item, relationship.remoteColumns, "ne()");
    const columns = columnsOfSlots(relationship.localColumns, this.owner.columns);
    const differs = columns.flatMap((column, index) => {
      const value = values[index];
      return value === undefined ? [] : [new ConditionElement(binaryNode("ne", column, value))];
    });
    const isNull = columns.map((column) => new ConditionElement(binaryNode("is", column, NULL)));
    const [first, ...rest] = [...differs, ...isNull];
    if (first === undefined) throw new InvalidRequestError(`${String(this)} joins no columns`);
    return first.or(...rest);
  }

  /**
   * For the builders: the joins that the relationship stands for. The same object each time, until another class is
   * mapped, which may belong to its target.
   */
  [RELATIONSHIP](): RelationshipJoin {
    if (this.#join === null || this.#classes !== mappedClasses()) {
      this.#join = this.#findJoin();
      this.#classes = mappedClasses();
    }
    return this.#join;
  }

  #findJoin(): RelationshipJoin {
    const link = linkTable(this.relationship);
    const target = this.toward ?? this.relationship.target;
    const linkAlias = link === null ? null : aliasNode(link, `${link.name}_1`);
    const steps = joinSteps(this.relationship, this.owner.columns, target, linkAlias);
    return {
      source: this.owner.from,
      steps: withCriteria(steps, this.criteriaOn(target)),
      sourceCriteria: this.owner.criteria ?? [],
      targetCriteria: classCriterion(this.#targetClass, target),
    };
  }

  /** The criteria, over what stands for the target. */
  criteriaOn(target: Standing): ExpressionNode[] {
    const adapter = standingAdapter(this.relationship.target, target);
    const own = this.criteria.map((node) => adaptColumns(node, adapter));
    return [...own, ...classCriterion(this.#targetClass, target)];
  }

  /** The target's class, or the one that `ofType` narrowed it to. */
  get #targetClass(): Mapper {
    return this.toward === null ? this.relationship.target : mapperBehind(this.toward);
  }

  toString(): string {
    return `${this.owner.name}.${this.key}`;
  }

  [INSPECT](): string {
    return `${String(this)} → ${this.target}${this.relationship.collection ? "[]" : ""}`;
  }

  /** `EXISTS (SELECT 1 FROM target WHERE the join AND the condition)`; correlated to the owner's table. */
  #exists(
    condition: Condition | undefined,
    method: string,
    further?: (target: Standing) => ExpressionNode,
  ): ConditionElement {
    const { relationship } = this;
    const related = relationship.target;
    // A class related to itself stands in both selects: the inner one goes by another name.
    const other = (): Standing => new AliasedEntity(related, `${related.from.name}_1`);
    const target = this.toward ?? (sharesTable(this.owner.from, related.from) ? other() : related);
    const link = linkTable(relationship);
    const where = joinSteps(relationship, this.owner.columns, target, link).map((step) => step.on);
    if (further !== undefined) where.push(further(target));
    where.push(...this.criteriaOn(target));
    if (condition !== undefined) {
      where.push(adaptColumns(conditionNode(condition, `${String(this)}.${method}`), standingAdapter(related, target)));
    }
    const froms = link === null ? [target.from] : [target.from, link];
    const flat = where.flatMap((node) =>
      node.kind === "junction" && node.operator === "and" ? node.operands : [node],
    );
    const select = bareSelect([ONE]);
    return new ConditionElement(existsNode(selectNode({ ...select, items: [ONE], froms, where: flat })));
  }

  /** There is a related object, and it has the item's key. */
  #leadsTo(item: Entity, method: string): ConditionElement {
    const { primaryKey } = this.relationship.target;
    const key = this.#values(item, primaryKey, method);
    return this.#exists(undefined, method, (target) => allEqual(columnsOfSlots(primaryKey, target.columns), key));
  }

  /** The foreign key is the item's: the owner is the one that it refers to. */
  #comesFrom(item: Entity): ConditionElement {
    const values = this.#values(item, this.relationship.remoteColumns, "contains()");
    return new ConditionElement(allEqual(columnsOfSlots(this.relationship.localColumns, this.owner.columns), values));
  }

  #values(item: Entity, slots: readonly Slot[], method: string): ExpressionNode[] {
    return slots.map(({ property, column }) => {
      // The generated property loads what is expired.
      const value: unknown = Reflect.get(item, property);
      if (value !== undefined) return valueNode(column, value);
      throw new InvalidRequestError(
        `${String(this)}.${method} was given a new object whose '${property}' is not set yet: flush it first`,
      );
    });
  }
}

function valueNode(column: ColumnNode, value: unknown): ExpressionNode {
  return value === null ? NULL : bindNode("param", column.type, value);
}

/** True where the same table stands in both, under whatever name. */
function sharesTable(first: EntitySource, second: EntitySource): boolean {
  const tables = new Set(namedFroms(first).map(tableBehind));
  return namedFroms(second).some((each) => tables.has(tableBehind(each)));
}

function tableBehind(source: NamedFromNode): object {
  return source.kind === "alias" ? source.element : source;
}
