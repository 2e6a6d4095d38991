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
}
