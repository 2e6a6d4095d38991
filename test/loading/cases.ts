// Ways to load the shop's objects, each with what to look at afterwards: run on one database for their exact statements
// and on all of them for their graphs.
import {
  aliased,
  containsEager,
  defaultload,
  defer,
  type Executable,
  immediateload,
  joinedload,
  load,
  loadOnly,
  noload,
  raiseload,
  select,
  selectinload,
  subqueryload,
  withLoaderCriteria,
} from "athanor";
import { Address, Group, Node, User } from "../relationships/models/index.js";

export interface LoadingCase {
  readonly name: string;
  readonly query: Executable<unknown, object>;
  /** The loaded graph, as plain data; loads nothing. */
  readonly look: (objects: readonly object[]) => unknown;
}

function loads<E extends object>(
  name: string,
  query: Executable<unknown, E>,
  look: (objects: readonly E[]) => unknown,
): LoadingCase {
  // Sound: what `query` gives is what `look` takes.
  return { name, query, look: look as LoadingCase["look"] };
}

const mails = (users: readonly User[]): unknown => users.map((user) => user.addresses.map((each) => each.emailAddress));
const groups = (users: readonly User[]): unknown =>
  users.map((user) => user.groups.map((group) => [group.title, group.members.map((member) => member.name)]));
const profiles = (users: readonly User[]): unknown => users.map((user) => user.profile?.bio ?? null);
const json = (objects: readonly object[]): unknown => objects.map((each) => JSON.stringify(each));
const tree = (nodes: readonly Node[], depth: number): unknown =>
  nodes.map((node) => (depth === 0 ? node.id : [node.id, tree(node.children, depth - 1)]));

const users = select(User).orderBy(User.id);
const roots = select(Node).where(Node.parentId.isNull());
const firstAddress = Address.emailAddress.eq("a1");
const otherAddresses = withLoaderCriteria(Address, Address.emailAddress.ne("a1"));
const a2 = aliased(Address, "a2");

export const loadingCases: readonly LoadingCase[] = [
  loads("joined, with what it leads to", users.options(joinedload(User.groups).joinedload(Group.members)), groups),
  loads("joined by an inner join", select(Address).options(joinedload(Address.user, { innerJoin: true })), (found) =>
    found.map((each) => each.user?.name),
  ),
  loads("joined to a limited query", users.limit(1).options(joinedload(User.addresses)), mails),
  loads(
    "selectin, with what it leads to",
    users.options(selectinload(User.groups).selectinload(Group.members)),
    groups,
  ),
  loads("selectin, then joined", users.options(selectinload(User.groups).joinedload(Group.members)), groups),
  loads("selectin of a to-one", users.options(selectinload(User.profile)), profiles),
  loads(
    "selectin, all levels of a tree",
    roots.options(selectinload(Node.children, { recursionDepth: Infinity })),
    (found) => tree(found, 3),
  ),
  loads("selectin, two levels of a tree", roots.options(selectinload(Node.children, { recursionDepth: 2 })), (found) =>
    tree(found, 2),
  ),
  loads(
    "immediate, two levels of a tree",
    roots.options(immediateload(Node.children, { recursionDepth: 2 })),
    (found) => tree(found, 2),
  ),
  loads("selectin, one for each parent", users.options(selectinload(User.addresses, { limitPerParent: 1 })), mails),
  loads(
    "selectin through a link table, one for each parent",
    users.options(selectinload(User.groups, { limitPerParent: 1 })),
    (found) => found.map((user) => user.groups.map((group) => group.title)),
  ),
  loads(
    "subquery, with what it leads to",
    users.where(User.name.eq("ann")).options(subqueryload(User.groups).subqueryload(Group.members)),
    groups,
  ),
  loads("subquery of a limited query", users.limit(1).options(subqueryload(User.addresses)), mails),
  loads("immediate", users.options(immediateload(User.addresses)), mails),
  loads("noload", users.options(noload(User.addresses), noload(User.profile)), (found) => [
    mails(found),
    profiles(found),
  ]),
  loads(
    "contained in the statement's own join",
    users.join(User.addresses).where(Address.emailAddress.eq("a2")).options(containsEager(User.addresses)),
    mails,
  ),
  loads(
    "contained in a join to an alias",
    users
      .join(User.addresses.ofType(a2))
      .where(a2.emailAddress.eq("a2"))
      .options(containsEager(User.addresses.ofType(a2))),
    mails,
  ),
  loads("those that meet a condition, selectin", users.options(selectinload(User.addresses.and(firstAddress))), mails),
  loads("those that meet a condition, joined", users.options(joinedload(User.addresses.and(firstAddress))), mails),
  loads("those that meet a condition, subquery", users.options(subqueryload(User.addresses.and(firstAddress))), mails),
  loads("criteria of a class, selectin", users.options(otherAddresses, selectinload(User.addresses)), mails),
  loads(
    "criteria of a class, in a subquery and joined",
    users.where(User.addresses.any()).options(otherAddresses, joinedload(User.addresses)),
    mails,
  ),
  loads(
    "criteria of a class, in the statement's join",
    select(User).outerJoin(User.addresses).orderBy(User.id).options(otherAddresses, selectinload(User.addresses)),
    mails,
  ),
  loads("loadOnly", select(Address).options(loadOnly(Address.emailAddress)), json),
  loads(
    "loadOnly of what is joined",
    users.options(joinedload(User.addresses).loadOnly(Address.emailAddress), load(User).loadOnly(User.id)),
    json,
  ),
  loads(
    "loadOnly of what selectin loads, which needs the foreign key",
    users.options(selectinload(User.addresses).loadOnly(Address.emailAddress)),
    json,
  ),
  loads("defer", users.options(defer(User.name)), json),
  loads(
    "default, and what it leads to",
    users.options(selectinload(User.groups), defaultload(User.groups).selectinload(Group.members)),
    groups,
  ),
  loads("what nothing names raises", users.options(selectinload(User.addresses), raiseload("*")), mails),
];
