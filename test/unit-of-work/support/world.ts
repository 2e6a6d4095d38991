// Random work of a session: objects of every shape that a flush has to order, changed by scripts of numbers. What the
// rows should say is kept beside it in the naive model.
import { inspect } from "athanor";
import {
  Account,
  Album,
  Child,
  Document,
  Driver,
  Engine,
  Entry,
  Licence,
  Login,
  Node,
  Parent,
  Plate,
  Region,
  Street,
  Tag,
  Town,
  Track,
  Widget,
} from "../models/index.js";
import type { Kind } from "./facts.js";
import { WorldObjects } from "./world-objects.js";

/** One step: which operation, and what it picks. */
export type Step = readonly [operation: number, first: number, second: number, third: number];

export class World extends WorldObjects {
  #committed = this.facts.copy();
  /** Usernames of accounts that were deleted and may come again. */
  #free: string[] = [];

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.#step(step);
    await this.commit();
  }

  async commit(): Promise<void> {
    await this.session.commit();
    this.#committed = this.facts.copy();
    this.#free = [];
  }

  async #step([operation, first, second, third]: Step): Promise<void> {
    const operations: readonly (() => Promise<void>)[] = [
      () => this.#newTree(first),
      () => this.#moveNode(first, second, third),
      () => this.#newFamily(first),
      () => this.#moveChild(first, second, third),
      () => this.#toggleTag(first, second, third),
      () => this.#newWidget(first),
      () => this.#setFavorite(first, second),
      () => this.#moveEntry(first, second),
      () => this.#newAccount(first, second),
      () => this.#moveLogin(first, second),
      () => this.#renameAccount(first),
      () => this.#newRegion(first),
      () => this.#changeRegion(first, second),
      () => this.#changeTown(first, second, third),
      () => this.#renameStreet(first),
      () => this.#newLicence(first, second),
      () => this.#moveLicence(first, second, third),
      () => this.#newPlate(first),
      () => this.#newAlbum(first),
      () => this.#moveTrack(first, second),
      () => this.#dropOrphan(first, second),
      () => this.#document(first),
      () => this.#delete(first, second),
      () => this.#delete(first, second),
      () => this.flush(),
      () => this.flush(),
      () => this.commit(),
      () => this.#rollback(),
      () => this.#nested(first, second, third),
    ];
    await operations[operation % operations.length]?.();
  }

  // ---- transactions

  /** Flushes; a second flush finds nothing. */
  async flush(): Promise<void> {
    await this.session.flush();
    this.#free = [];
    const left = await this.session.explainFlush();
    if (left !== "Nothing to flush") throw new Error(`the flush left something to do: ${left}`);
  }

  async #rollback(): Promise<void> {
    await this.session.rollback();
    this.facts = this.#committed.copy();
    this.#free = [];
  }

  async #nested(...picks: readonly [number, number, number]): Promise<void> {
    await this.flush();
    const before = this.facts.copy();
    const savepoint = await this.session.beginNested();
    const [first, second, third] = picks;
    // Everything but the end of a transaction.
    for (const pick of picks) await this.#step([pick % 26, first + pick, second, third]);
    if (first % 2 === 0) await savepoint.commit();
    else {
      await savepoint.rollback();
      this.facts = before;
      this.#free = [];
    }
  }

  /** Who was taken from a parent goes with it all the same, where the parent is deleted before the next flush. */
  async #detached(): Promise<void> {
    await this.flush();
  }

  // ---- a tree

  async #newTree(pick: number): Promise<void> {
    const above = pick % 3 === 0 ? null : this.pick("node", pick);
    const [label, below] = [this.label("n"), this.label("n")];
    const node = new Node({ name: label });
    if (above !== null) {
      await this.ready(above.object, Node.children);
      above.object.children.push(node);
    }
    const child = new Node({ name: below, parent: node });
    this.session.addAll([node, child]);
    this.keep("node", label, node, { parent: above?.label ?? null });
    this.keep("node", below, child, { parent: label });
  }

  async #moveNode(first: number, second: number, third: number): Promise<void> {
    const [node, other] = [this.pick("node", first), this.pick("node", second)];
    if (node === null || other === null) return;
    const target = third % 4 === 0 || this.facts.isBelow(other.label, node.label) ? null : other;
    await this.ready(node.object, Node.parent);
    if (target === null) node.object.parent = null;
    else if (third % 2 === 0) node.object.parent = target.object;
    else {
      await this.ready(target.object, Node.children);
      if (!target.object.children.includes(node.object)) target.object.children.unshift(node.object);
    }
    this.facts.get("node", node.label)["parent"] = target?.label ?? null;
    if (target === null) await this.#detached();
  }

  // ---- parents, children, tags

  #newFamily(pick: number): Promise<void> {
    const [label, tag] = [this.label("p"), this.label("t")];
    const children = Array.from({ length: pick % 4 }, () => this.label("c"));
    const parent = new Parent({ name: label, children: children.map((name) => new Child({ name })) });
    if (pick % 2 === 0) parent.tags.push(new Tag({ name: tag }));
    this.session.add(parent);
    this.keep("parent", label, parent);
    for (const child of parent.children) this.keep("child", child.name, child, { parent: label });
    for (const each of parent.tags) this.keep("tag", tag, each);
    if (pick % 2 === 0) this.facts.links.add(`${label}|${tag}`);
    return Promise.resolve();
  }

  async #moveChild(first: number, second: number, third: number): Promise<void> {
    const [child, parent] = [this.pick("child", first), this.pick("parent", second)];
    if (child === null || parent === null) return;
    await this.ready(child.object, Child.parent);
    if (third % 4 === 0) child.object.parent = null;
    else if (third % 4 === 1) child.object.parent = parent.object;
    else {
      await this.ready(parent.object, Parent.children);
      const { children } = parent.object;
      if (!children.includes(child.object)) {
        // By a method, which the other side sees at once, or by an index, which the flush finds.
        if (third % 4 === 2) children.push(child.object);
        else children[children.length] = child.object;
      }
    }
    if (third % 4 === 3) await this.session.flush();
    this.facts.get("child", child.label)["parent"] = third % 4 === 0 ? null : parent.label;
    if (third % 4 === 0) await this.#detached();
  }

  async #toggleTag(first: number, second: number, third: number): Promise<void> {
    const [parent, tag] = [this.pick("parent", first), this.pick("tag", second)];
    if (parent === null || tag === null) return;
    await this.ready(parent.object, Parent.tags);
    await this.ready(tag.object, Tag.parents);
    const link = `${parent.label}|${tag.label}`;
    if (this.facts.links.delete(link)) {
      if (third % 2 === 0) parent.object.tags.remove(tag.object);
      else tag.object.parents.remove(parent.object);
    } else {
      this.facts.links.add(link);
      if (third % 2 === 0) parent.object.tags.push(tag.object);
      else tag.object.parents.push(parent.object);
    }
  }

  // ---- rows that refer to each other

  #newWidget(pick: number): Promise<void> {
    const label = this.label("w");
    const entries = Array.from({ length: pick % 3 }, () => this.label("e"));
    const widget = new Widget({ name: label, entries: entries.map((name) => new Entry({ name })) });
    const favorite = entries.at(-1) ?? null;
    widget.favorite = widget.entries.at(-1) ?? null;
    this.session.add(widget);
    this.keep("widget", label, widget, { favorite });
    for (const entry of widget.entries) this.keep("entry", entry.name, entry, { widget: label });
    return Promise.resolve();
  }

  async #setFavorite(first: number, second: number): Promise<void> {
    const widget = this.pick("widget", first);
    const entry = second % 4 === 0 ? null : this.pick("entry", second);
    if (widget === null) return;
    await this.ready(widget.object, Widget.favorite);
    widget.object.favorite = entry?.object ?? null;
    this.facts.get("widget", widget.label)["favorite"] = entry?.label ?? null;
  }

  async #moveEntry(first: number, second: number): Promise<void> {
    const entry = this.pick("entry", first);
    const widget = second % 4 === 0 ? null : this.pick("widget", second);
    if (entry === null) return;
    await this.ready(entry.object, Entry.widget);
    entry.object.widget = widget?.object ?? null;
    this.facts.get("entry", entry.label)["widget"] = widget?.label ?? null;
    if (widget === null) await this.#detached();
  }

  // ---- natural keys

  #newAccount(first: number, second: number): Promise<void> {
    const label = this.label("a");
    // The key of a deleted account, whose row the new one takes over; or a key of its own.
    const username = (first % 2 === 0 ? this.#free.pop() : undefined) ?? `u${label}`;
    const logins = Array.from({ length: second % 3 }, () => this.label("l"));
    const account = new Account({ username, note: label, logins: logins.map((device) => new Login({ device })) });
    this.session.add(account);
    this.keep("account", label, account, { username });
    for (const login of account.logins) this.keep("login", login.device, login, { account: label });
    return Promise.resolve();
  }

  async #moveLogin(first: number, second: number): Promise<void> {
    const login = this.pick("login", first);
    const account = second % 4 === 0 ? null : this.pick("account", second);
    if (login === null) return;
    await this.ready(login.object, Login.account);
    login.object.account = account?.object ?? null;
    this.facts.get("login", login.label)["account"] = account?.label ?? null;
  }

  #renameAccount(pick: number): Promise<void> {
    const account = this.pick("account", pick);
    if (account !== null) {
      const username = this.label("u");
      account.object.username = username;
      this.facts.get("account", account.label)["username"] = username;
    }
    return Promise.resolve();
  }

  // ---- keys within keys

  #newRegion(pick: number): Promise<void> {
    const label = this.label("r");
    const towns = Array.from({ length: pick % 3 }, () => {
      const size = this.count++;
      const streets = Array.from({ length: size % 3 }, () => this.label("s"));
      const town = new Town({ name: `t${size}`, size, streets: streets.map((name) => new Street({ name })) });
      this.keep("town", String(size), town, { region: label, name: `t${size}` });
      for (const street of town.streets)
        this.keep("street", street.name, street, { town: String(size), name: street.name });
      return town;
    });
    const region = new Region({ code: `k${label}`, name: label, towns });
    this.session.add(region);
    this.keep("region", label, region, { code: `k${label}` });
    return Promise.resolve();
  }

  #changeRegion(first: number, second: number): Promise<void> {
    const region = this.pick("region", first);
    if (region !== null) {
      const code = `k${this.count++}`;
      region.object.code = code;
      if (second % 2 === 0) region.object.name = region.label;
      this.facts.get("region", region.label)["code"] = code;
    }
    return Promise.resolve();
  }

  async #changeTown(first: number, second: number, third: number): Promise<void> {
    const [town, region] = [this.pick("town", first), this.pick("region", second)];
    if (town === null || region === null) return;
    const fact = this.facts.get("town", town.label);
    if (third % 2 === 0) {
      fact["name"] = `t${this.count++}`;
      town.object.name = fact["name"];
      return;
    }
    await this.ready(town.object, Town.region);
    town.object.region = region.object;
    fact["region"] = region.label;
  }

  #renameStreet(pick: number): Promise<void> {
    const street = this.pick("street", pick);
    if (street !== null) {
      const name = this.label("s");
      street.object.name = name;
      this.facts.get("street", street.label)["name"] = name;
    }
    return Promise.resolve();
  }

  // ---- one to one

  async #newLicence(first: number, second: number): Promise<void> {
    const [label, name] = [this.label("i"), this.label("d")];
    if (first % 2 === 0) {
      const driver = new Driver({ name });
      this.session.add(driver);
      this.keep("driver", name, driver);
    }
    const driver = second % 3 === 0 ? null : this.pick("driver", second);
    if (driver !== null) await this.ready(driver.object, Driver.licence);
    const licence = new Licence({ code: label, driver: driver?.object ?? null });
    this.session.add(licence);
    if (driver !== null) this.#freeDriver(driver.label);
    this.keep("licence", label, licence, { driver: driver?.label ?? null });
  }

  async #moveLicence(first: number, second: number, third: number): Promise<void> {
    const [licence, driver] = [this.pick("licence", first), this.pick("driver", second)];
    if (licence === null || driver === null) return;
    await this.ready(licence.object, Licence.driver);
    await this.ready(driver.object, Driver.licence);
    const fact = this.facts.get("licence", licence.label);
    if (third % 4 === 0) licence.object.driver = null;
    else if (third % 2 === 0) licence.object.driver = driver.object;
    else driver.object.licence = licence.object;
    if (third % 4 !== 0) this.#freeDriver(driver.label);
    fact["driver"] = third % 4 === 0 ? null : driver.label;
  }

  /** Whoever held the driver's place has none any more. */
  #freeDriver(driver: string): void {
    for (const other of this.facts.having("licence", "driver", driver))
      this.facts.get("licence", other)["driver"] = null;
  }

  async #newPlate(pick: number): Promise<void> {
    const engine = this.pick("engine", pick);
    const plate = this.label("q");
    if (engine === null || pick % 4 === 0) {
      const label = this.label("g");
      const made = new Engine({ code: label, plate: new Plate({ code: plate }) });
      this.session.add(made);
      this.keep("engine", label, made);
      if (made.plate !== null) this.keep("plate", plate, made.plate, { engine: label });
      return;
    }
    // The former plate is an orphan, whose place under the unique key the new one takes.
    await this.ready(engine.object, Engine.plate);
    for (const former of this.facts.having("plate", "engine", engine.label)) this.facts.delete("plate", former);
    const made = new Plate({ code: plate });
    engine.object.plate = made;
    this.keep("plate", plate, made, { engine: engine.label });
  }

  // ---- a map whose orphans go

  #newAlbum(pick: number): Promise<void> {
    const label = this.label("b");
    const tracks = Array.from({ length: pick % 4 }, () => this.label("x"));
    const album = new Album({ title: label, tracks: tracks.map((title) => new Track({ title })) });
    this.session.add(album);
    this.keep("album", label, album);
    for (const track of album.tracks.values()) this.keep("track", track.title, track, { album: label });
    return Promise.resolve();
  }

  async #moveTrack(first: number, second: number): Promise<void> {
    const [track, album] = [this.pick("track", first), this.pick("album", second)];
    if (track === null || album === null) return;
    await this.ready(track.object, Track.album, Track.title);
    await this.ready(album.object, Album.tracks);
    if (second % 2 === 0) track.object.album = album.object;
    else album.object.tracks.add(track.object);
    this.facts.get("track", track.label)["album"] = album.label;
  }

  async #dropOrphan(first: number, second: number): Promise<void> {
    const [town, album] = [this.pick("town", first), this.pick("album", first)];
    if (second % 2 === 0 && town !== null) {
      const region = this.objects.get(this.facts.get("town", town.label)["region"] ?? "");
      if (!(region instanceof Region)) return;
      await this.ready(region, Region.towns);
      region.towns.remove(town.object);
      this.facts.delete("town", town.label);
    } else if (album !== null) {
      await this.ready(album.object, Album.tracks);
      album.object.tracks.clear();
      for (const track of this.facts.having("track", "album", album.label)) this.facts.delete("track", track);
    }
  }

  #document(pick: number): Promise<void> {
    const document = this.pick("document", pick);
    const label = this.label("o");
    if (document === null || pick % 3 === 0) {
      const made = new Document({ title: label });
      this.session.add(made);
      this.keep("document", label, made);
    } else document.object.body = label;
    return Promise.resolve();
  }

  // ---- deleting

  async #delete(first: number, second: number): Promise<void> {
    const kinds: readonly Kind[] =
      "node parent child tag widget entry account login region town street driver licence engine plate album track document"
        .split(" ")
        .filter((each): each is Kind => this.facts.labels(each as Kind).length > 0);
    const kind = kinds[first % Math.max(1, kinds.length)];
    const picked = kind === undefined ? null : this.pick(kind, second);
    if (kind === undefined || picked === null) return;
    if (!inspect(picked.object).persistent) await this.flush();
    const username = kind === "account" ? this.facts.get("account", picked.label)["username"] : null;
    const after = this.facts.copy();
    after.delete(kind, picked.label);
    // Nobody but the program can know that a favorite goes: the relationship leads one way.
    for (const [label, { favorite }] of after.of("widget")) {
      const widget = this.pickNamed("widget", label);
      if (favorite === this.facts.get("widget", label)["favorite"]) continue;
      await this.ready(widget, Widget.favorite);
      widget.favorite = null;
    }
    await this.session.delete(picked.object);
    this.facts = after;
    if (username !== null && username !== undefined) this.#free.push(username);
  }
}
