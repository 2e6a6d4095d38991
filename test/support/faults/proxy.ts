// A TCP proxy between an engine and its server, which does to the wire what networks do: stalls, half-closes, resets,
// cuts at a byte, swallows a reply, delays. It knows nothing of what it carries.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** `up` is from the client to the server. */
type Direction = "up" | "down";

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** What was held back while a direction was stalled. */
  readonly held: Record<Direction, Buffer[]>;
  /** Bytes that went through, both ways. */
  passed: number;
  /** True where nothing goes through until `heal()`. */
  isHeld: boolean;
  /** Set once a watched-for request went up: its reply ends the link. */
  doomed: boolean;
}

export class FaultProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  readonly #stalled = new Set<Direction>();
  #cutAfter = Infinity;
  #swallow: { readonly request: string; readonly deliver: boolean } | null = null;
  #latency = 0;
  #accepting = true;
  #holdsNew = false;

  private constructor(url: string, server: Server) {
    this.url = url;
    this.#server = server;
  }

  /** A proxy in front of the server that the URL names; `proxy.url` is the same URL by way of it. */
  static async open(url: string): Promise<FaultProxy> {
    const target = new URL(url);
    const server = createServer({ allowHalfOpen: true, noDelay: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const through = new URL(url);
    through.hostname = "127.0.0.1";
    through.port = address === null || typeof address === "string" ? "" : String(address.port);
    const proxy = new FaultProxy(through.href, server);
    server.on("connection", (client) => proxy.#link(client, Number(target.port), target.hostname));
    return proxy;
  }

  /** Connections that go through at this moment. */
  get size(): number {
    return this.#links.size;
  }

  /** Holds back what comes from now on; nobody is told. */
  stall(...directions: readonly Direction[]): void {
    for (const direction of directions) this.#stalled.add(direction);
  }

  /** Ends every fault and lets what was held back go. */
  heal(): void {
    this.#stalled.clear();
    this.#cutAfter = Infinity;
    this.#swallow = null;
    this.#latency = 0;
    this.#accepting = true;
    this.#holdsNew = false;
    for (const link of this.#links) {
      link.isHeld = false;
      for (const direction of ["up", "down"] as const) {
        for (const chunk of link.held[direction].splice(0)) this.#forward(link, direction, chunk);
      }
    }
  }

  /** Resets every connection, both ways. */
  reset(): void {
    for (const link of this.#links) this.#cut(link);
  }

  /** Says goodbye to the clients, as a server that is closing does, and goes on listening to them. */
  halfClose(): void {
    for (const { client } of this.#links) client.end();
  }

  /** Resets each connection after so many bytes, both ways together, counted from when it was made. */
  cutAfter(bytes: number): void {
    this.#cutAfter = bytes;
  }

  /** Resets a connection in place of passing on the reply to a request that holds `request`. */
  loseReply(request: string): void {
    this.#swallow = { request, deliver: true };
  }

  /** Resets a connection in place of passing on a request that holds `request`. */
  loseRequest(request: string): void {
    this.#swallow = { request, deliver: false };
  }

  /** Delays every chunk, each way. */
  delay(milliseconds: number): void {
    this.#latency = milliseconds;
  }

  /** Takes connections from now on, but lets nothing through them. */
  holdNew(): void {
    this.#holdsNew = true;
  }

  /** Resets connections as soon as they are made. */
  refuse(): void {
    this.#accepting = false;
  }

  async close(): Promise<void> {
    this.reset();
    this.#server.close();
    await once(this.#server, "close");
  }

  #link(client: Socket, port: number, host: string): void {
    if (!this.#accepting) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port, host, allowHalfOpen: true, noDelay: true });
    const held = { up: [], down: [] };
    const link: Link = { client, server, held, passed: 0, isHeld: this.#holdsNew, doomed: false };
    this.#links.add(link);
    for (const socket of [client, server]) {
      socket.on("error", () => this.#cut(link));
      socket.on("close", () => this.#cut(link));
    }
    client.on("data", (chunk: Buffer) => this.#receive(link, "up", chunk));
    server.on("data", (chunk: Buffer) => this.#receive(link, "down", chunk));
    client.on("end", () => server.end());
    server.on("end", () => {
      if (!this.#stalled.has("down")) client.end();
    });
  }

  #receive(link: Link, direction: Direction, chunk: Buffer): void {
    if (link.isHeld || this.#stalled.has(direction)) link.held[direction].push(chunk);
    else if (this.#latency > 0) setTimeout(() => this.#forward(link, direction, chunk), this.#latency);
    else this.#forward(link, direction, chunk);
  }

  #forward(link: Link, direction: Direction, chunk: Buffer): void {
    const room = this.#cutAfter - link.passed;
    link.passed += chunk.length;
    if (direction === "down" && link.doomed) {
      this.#cut(link);
      return;
    }
    if (direction === "up" && this.#swallow !== null && chunk.includes(this.#swallow.request)) {
      link.doomed = true;
      if (!this.#swallow.deliver) {
        this.#cut(link);
        return;
      }
    }
    const [source, target] = direction === "up" ? [link.client, link.server] : [link.server, link.client];
    if (chunk.length <= room) {
      if (target.write(chunk) || source.isPaused()) return;
      // No more is taken in than goes out, so that a stall holds back what the reader has not asked for yet.
      source.pause();
      target.once("drain", () => source.resume());
      return;
    }
    // What fits still arrives: a reset would overtake it.
    target.write(chunk.subarray(0, Math.max(0, room)), () => this.#cut(link));
  }

  #cut(link: Link): void {
    if (!this.#links.delete(link)) return;
    link.client.resetAndDestroy();
    link.server.destroy();
  }
}
