// Whatever the graph and whichever strategies a query names, its objects are those that lazy loading gives, and nothing
// is left to load.
import {
  defaultload,
  immediateload,
  joinedload,
  type LoaderOption,
  select,
  selectinload,
  type Session,
  subqueryload,
} from "athanor";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Address, Group, Note, Profile, User } from "../relationships/models/index.js";
import { openShop } from "../relationships/shop.js";

const strategies = ["selectin", "joined", "subquery", "immediate"] as const;
type Strategy = (typeof strategies)[number];

const loads = { selectin: selectinload, joined: joinedload, subquery: subqueryload, immediate: immediateload };

/** Users by what they have; groups by number, so that several users share them. */
const users = fc.array(
  fc.record({
    addresses: fc.nat(3),
    notes: fc.nat(2),
    groups: fc.uniqueArray(fc.nat(3), { maxLength: 4 }),
    profile: fc.boolean(),
  }),
  { maxLength: 6 },
);
const strategy = fc.constantFrom(...strategies);
const query = fc.record({
  addresses: strategy,
  notes: strategy,
  profile: strategy,
  groups: strategy,
  members: strategy,
  limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
});

function fill(
  session: Session,
  graph: readonly { addresses: number; notes: number; groups: number[]; profile: boolean }[],
): void {
  const groups = [0, 1, 2, 3].map((number) => new Group({ title: `g${number}` }));
  graph.forEach((each, at) => {
    session.add(
      new User({
        name: `u${at}`,
        addresses: Array.from(
          { length: each.addresses },
          (_, number) => new Address({ emailAddress: `a${at}${number}` }),
        ),
        notes: Array.from({ length: each.notes }, (_, number) => new Note({ body: `n${at}${number}` })),
        groups: each.groups.flatMap((number) => groups[number] ?? []),
        profile: each.profile ? new Profile({ bio: `p${at}` }) : null,
      }),
    );
  });
  session.commit();
  session.expungeAll();
}

/** What is loaded of users, as plain data; what is not is loaded. */
function look(found: readonly User[]): unknown {
  return found.map((user) => ({
    name: user.name,
    addresses: user.addresses.map((each) => [each.emailAddress, each.user?.name]),
    notes: user.notes.map((each) => each.body).toSorted(),
    profile: user.profile?.bio ?? null,
    groups: user.groups.map((group) => [group.title, group.members.map((member) => member.name).toSorted()]),
  }));
}

function then(option: LoaderOption<"Group">, strategyName: Strategy): LoaderOption<"User"> {
  switch (strategyName) {
    case "selectin":
      return option.selectinload(Group.members);
    case "joined":
      return option.joinedload(Group.members);
    case "subquery":
      return option.subqueryload(Group.members);
    case "immediate":
      return option.immediateload(Group.members);
  }
}

it("gives the same graph by every mixture of strategies", () => {
  fc.assert(
    fc.property(users, query, (graph, chosen) => {
      const { session, sent } = openShop();
      fill(session, graph);
      const base = select(User).orderBy(User.id).limit(chosen.limit);
      const expected = look(session.scalars(base).all());
      session.expungeAll();
      const options = [
        loads[chosen.addresses](User.addresses),
        defaultload(User.addresses).joinedload(Address.user),
        loads[chosen.notes](User.notes),
        loads[chosen.profile](User.profile),
        then(loads[chosen.groups](User.groups), chosen.members),
      ];
      const found = session
        .scalars(base.options(...options))
        .unique()
        .all();
      sent();
      expect(look(found)).toEqual(expected);
      expect(sent()).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
