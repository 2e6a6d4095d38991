// The naive model of the random tests: what the rows should say, as plain maps by label. Deletes follow the cascades of
// the schema by hand; a snapshot is a copy.

export type Kind =
  | "node"
  | "parent"
  | "child"
  | "tag"
  | "widget"
  | "entry"
  | "account"
  | "login"
  | "region"
  | "town"
  | "street"
  | "driver"
  | "licence"
  | "engine"
  | "plate"
  | "album"
  | "track"
  | "document";

/** A row's facts: other rows by label, values as text. */
export type Fact = Record<string, string | null>;

/** Which facts name a parent: its rows go with it, or lose the name. */
const parents: Partial<
  Record<Kind, readonly { readonly kind: Kind; readonly fact: string; readonly goes: boolean }[]>
> = {
  node: [{ kind: "node", fact: "parent", goes: true }],
  parent: [{ kind: "child", fact: "parent", goes: true }],
  widget: [{ kind: "entry", fact: "widget", goes: true }],
  entry: [{ kind: "widget", fact: "favorite", goes: false }],
  account: [{ kind: "login", fact: "account", goes: false }],
  region: [{ kind: "town", fact: "region", goes: true }],
  town: [{ kind: "street", fact: "town", goes: true }],
  driver: [{ kind: "licence", fact: "driver", goes: false }],
  engine: [{ kind: "plate", fact: "engine", goes: true }],
  album: [{ kind: "track", fact: "album", goes: true }],
};

export class Facts {
  readonly rows = new Map<Kind, Map<string, Fact>>();
  /** Rows of the link table, `parent|tag`. */
  readonly links = new Set<string>();

  of(kind: Kind): Map<string, Fact> {
    let rows = this.rows.get(kind);
    if (rows === undefined) this.rows.set(kind, (rows = new Map()));
    return rows;
  }

  get(kind: Kind, label: string): Fact {
    const fact = this.of(kind).get(label);
    if (fact === undefined) throw new Error(`no ${kind} ${label}`);
    return fact;
  }

  has(label: string): boolean {
    return [...this.rows.values()].some((rows) => rows.has(label));
  }

  labels(kind: Kind): string[] {
    return [...this.of(kind).keys()];
  }

  /** Those whose fact is this value. */
  having(kind: Kind, fact: string, value: string): string[] {
    return [...this.of(kind)].flatMap(([label, row]) => (row[fact] === value ? [label] : []));
  }

  /** Deletes a row and what goes with it; returns the labels of all that is gone. */
  delete(kind: Kind, label: string): string[] {
    this.of(kind).delete(label);
    for (const link of this.links) if (link.split("|").includes(label)) this.links.delete(link);
    const gone = [label];
    for (const { kind: child, fact, goes } of parents[kind] ?? []) {
      for (const each of this.having(child, fact, label)) {
        if (goes) gone.push(...this.delete(child, each));
        else this.get(child, each)[fact] = null;
      }
    }
    return gone;
  }

  /** True where `label` is `other` or below it. */
  isBelow(label: string, other: string): boolean {
    for (let at: string | null = label; at !== null; at = this.get("node", at)["parent"] ?? null) {
      if (at === other) return true;
    }
    return false;
  }

  copy(): Facts {
    const copied = new Facts();
    for (const [kind, rows] of this.rows) {
      for (const [label, fact] of rows) copied.of(kind).set(label, { ...fact });
    }
    for (const link of this.links) copied.links.add(link);
    return copied;
  }

  /** One line a row, as `dumpSql` has the database say it. */
  lines(): string[] {
    const lines: string[] = [];
    const say = (kind: Kind, tell: (label: string, fact: Fact) => readonly (string | null | undefined)[]): void => {
      for (const [label, fact] of this.of(kind))
        lines.push([kind, ...tell(label, fact).map((each) => each ?? "-")].join(" "));
    };
    const key = (account: string | null | undefined): string | null =>
      account === null || account === undefined ? null : (this.get("account", account)["username"] ?? null);
    say("node", (label, { parent }) => [label, parent]);
    say("parent", (label) => [label]);
    say("child", (label, { parent }) => [label, parent]);
    say("tag", (label) => [label]);
    say("widget", (label, { favorite }) => [label, favorite]);
    say("entry", (label, { widget }) => [label, widget]);
    say("account", (label, { username }) => [label, username]);
    say("login", (label, { account }) => [label, key(account)]);
    say("region", (label, { code }) => [label, code]);
    say("town", (label, { region, name }) => [label, this.get("region", region ?? "")["code"], name]);
    say("street", (_, { town, name }) => {
      const { region, name: townName } = this.get("town", town ?? "");
      return [this.get("region", region ?? "")["code"], townName, name];
    });
    say("driver", (label) => [label]);
    say("licence", (label, { driver }) => [label, driver]);
    say("engine", (label) => [label]);
    say("plate", (label, { engine }) => [label, engine]);
    say("album", (label) => [label]);
    say("track", (label, { album }) => [label, album]);
    say("document", (label) => [label]);
    for (const link of this.links) lines.push(`link ${link.replace("|", " ")}`);
    return lines.toSorted();
  }
}

/** What asks a database for the same lines: the kind, and a SELECT of what its lines hold. */
export const dumpSql: readonly (readonly [kind: string, sql: string])[] = [
  ["node", "SELECT n.name, p.name AS p FROM node n LEFT JOIN node p ON p.id = n.parent_id"],
  ["parent", "SELECT name FROM parent"],
  ["child", "SELECT c.name, p.name AS p FROM child c LEFT JOIN parent p ON p.id = c.parent_id"],
  ["tag", "SELECT name FROM tag"],
  [
    "link",
    "SELECT p.name, t.name AS t FROM parent_tag l JOIN parent p ON p.id = l.parent_id JOIN tag t ON t.id = l.tag_id",
  ],
  ["widget", "SELECT w.name, e.name AS e FROM widget w LEFT JOIN entry e ON e.id = w.favorite_id"],
  ["entry", "SELECT e.name, w.name AS w FROM entry e LEFT JOIN widget w ON w.id = e.widget_id"],
  ["account", "SELECT note, username FROM account"],
  ["login", "SELECT device, username FROM login"],
  ["region", "SELECT name, code FROM region"],
  ["town", "SELECT size, region_code, name FROM town"],
  ["street", "SELECT region_code, town_name, name FROM street"],
  ["driver", "SELECT name FROM driver"],
  ["licence", "SELECT l.code, d.name AS d FROM licence l LEFT JOIN driver d ON d.id = l.driver_id"],
  ["engine", "SELECT code FROM engine"],
  ["plate", "SELECT p.code, e.code AS e FROM plate p JOIN engine e ON e.id = p.engine_id"],
  ["album", "SELECT title FROM album"],
  ["track", "SELECT t.title, a.title AS a FROM track t JOIN album a ON a.id = t.album_id"],
  ["document", "SELECT title FROM document"],
];

/** Empties the tables, children first. */
export const emptySql: readonly string[] = [
  "UPDATE widget SET favorite_id = NULL",
  "UPDATE node SET parent_id = NULL",
  ..."parent_tag child tag parent entry widget login account street town region licence driver plate engine track album"
    .split(" ")
    .map((table) => `DELETE FROM ${table}`),
  "DELETE FROM page",
  "DELETE FROM document",
  "DELETE FROM node",
];
