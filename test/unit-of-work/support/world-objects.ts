// The objects of the random tests by their labels, and the naive model beside them: picking, loading, comparing.
import { type AsyncSession, type Entity, inspect, type Session, text } from "athanor";
import type * as models from "../models/index.js";
import { dumpSql, Facts, type Kind } from "./facts.js";

interface Objects {
  node: models.Node;
  parent: models.Parent;
  child: models.Child;
  tag: models.Tag;
  widget: models.Widget;
  entry: models.Entry;
  account: models.Account;
  login: models.Login;
  region: models.Region;
  town: models.Town;
  street: models.Street;
  driver: models.Driver;
  licence: models.Licence;
  engine: models.Engine;
  plate: models.Plate;
  album: models.Album;
  track: models.Track;
  document: models.Document;
}

type Attribute = Parameters<Session["load"]>[1];

export class WorldObjects {
  readonly session: Session | AsyncSession;
  facts = new Facts();
  protected readonly objects = new Map<string, Entity>();
  /** Numbers the labels. */
  count: number;

  constructor(session: Session | AsyncSession, firstNumber: number) {
    this.session = session;
    this.count = firstNumber;
  }

  protected pick<K extends Kind>(kind: K, pick: number): { label: string; object: Objects[K] } | null {
    const labels = this.facts.labels(kind);
    const label = labels[pick % Math.max(1, labels.length)];
    if (label === undefined) return null;
    // Labels are kept by kind, so that what is under one is of its class.
    return { label, object: this.objects.get(label) as Objects[K] };
  }

  protected pickNamed<K extends Kind>(_kind: K, label: string): Objects[K] {
    // As in `pick`.
    return this.objects.get(label) as Objects[K];
  }

  /** Loads what an asynchronous session cannot load by access. */
  protected async ready(object: Entity, ...attributes: Attribute[]): Promise<void> {
    if (!inspect(object).persistent) return;
    for (const attribute of attributes) await this.session.load(object, attribute);
  }

  protected label(prefix: string): string {
    return `${prefix}${this.count++}`;
  }

  protected keep(kind: Kind, label: string, object: Entity, fact: Record<string, string | null> = {}): void {
    this.objects.set(label, object);
    this.facts.of(kind).set(label, fact);
  }

  // ---- what the database says

  async lines(): Promise<string[]> {
    const lines: string[] = [];
    for (const [kind, statement] of dumpSql) {
      const result = await this.session.execute(text(statement));
      for (const row of result.tuples()) {
        const values: readonly unknown[] = row;
        lines.push([kind, ...values.map((value) => (value === null ? "-" : String(value)))].join(" "));
      }
    }
    return lines.toSorted();
  }

  // ---- what the objects say

  /** Where objects in memory do not say what the model does, one line each. */
  async disagreements(): Promise<string[]> {
    const labels = new Map([...this.objects].map(([label, object]) => [object, label]));
    const found: string[] = [];
    const compare = async (kind: Kind, property: string, expected: (label: string) => string[]): Promise<void> => {
      const held = this.facts.labels(kind).map((label) => [label, this.pickNamed(kind, label)] as const);
      const [first] = held;
      if (first === undefined) return;
      // A class has its relationships as statics.
      const attribute: unknown = Reflect.get(first[1].constructor, property);
      await this.session.load(
        held.map(([, object]) => object),
        attribute as Attribute,
      );
      for (const [label, object] of held) {
        const known = relatedOf(object, property).map((each) => labels.get(each) ?? "?");
        // Objects that are gone stay in collections until these are read anew.
        const said = known.filter((each) => this.facts.has(each)).toSorted();
        const wanted = expected(label).toSorted();
        if (said.join() !== wanted.join()) found.push(`${label}.${property} is ${said.join()}, not ${wanted.join()}`);
      }
    };
    for (const [child, up, parent, down] of bothSides) {
      await compare(child, up, (label) => [this.facts.get(child, label)[up] ?? []].flat());
      await compare(parent, down, (label) => this.facts.having(child, up, label));
    }
    await compare("widget", "favorite", (label) => [this.facts.get("widget", label)["favorite"] ?? []].flat());
    const linked = (label: string): string[] =>
      [...this.facts.links].flatMap((link) => {
        const pair = link.split("|");
        return pair.includes(label) ? pair.filter((each) => each !== label) : [];
      });
    await compare("parent", "tags", linked);
    await compare("tag", "parents", linked);
    return found;
  }
}

/** Each relationship to one object, and the one back to it. */
const bothSides: readonly (readonly [child: Kind, up: string, parent: Kind, down: string])[] = [
  ["node", "parent", "node", "children"],
  ["child", "parent", "parent", "children"],
  ["entry", "widget", "widget", "entries"],
  ["login", "account", "account", "logins"],
  ["town", "region", "region", "towns"],
  ["street", "town", "town", "streets"],
  ["licence", "driver", "driver", "licence"],
  ["plate", "engine", "engine", "plate"],
  ["track", "album", "album", "tracks"],
];

function relatedOf(object: Entity, property: string): Entity[] {
  const value: unknown = Reflect.get(object, property);
  if (value === null) return [];
  // A relationship holds nothing but objects.
  if (value instanceof Map) return [...value.values()] as Entity[];
  return Array.isArray(value) ? ([...value] as Entity[]) : [value as Entity];
}
