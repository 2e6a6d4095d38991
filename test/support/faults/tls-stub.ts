// Servers that are asked for TLS and then do what they should not: nothing, a cut, no TLS at all. They speak no more of
// their protocol than it takes to get there, and keep what they were sent.
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** `stall`: answers no more. `cut`: resets. `clear`: speaks, but no TLS. `refuse`: says that it has none. */
export type TlsFault = "stall" | "cut" | "clear" | "refuse";
export const TLS_FAULTS: readonly TlsFault[] = ["stall", "cut", "clear", "refuse"];

export interface TlsStub extends AsyncDisposable {
  readonly port: number;
  /** All that clients sent, one after the other. */
  readonly received: () => Buffer;
  readonly open: () => number;
}

/** How a protocol comes to the first byte of TLS. */
interface Opening {
  /** Said first. */
  readonly greeting: Buffer | null;
  /** The answer to a request for TLS, where one is sent; null where the client goes on without. */
  readonly agreement: Buffer | null;
}

const TLS_BIT = 0x0800;

export const OPENINGS: Readonly<Record<"postgresql" | "mariadb", (fault: TlsFault) => Opening>> = {
  postgresql: (fault) => ({ greeting: null, agreement: Buffer.from(fault === "refuse" ? "N" : "S") }),
  mariadb: (fault) => ({ greeting: mariadbGreeting(fault !== "refuse"), agreement: null }),
};

/** Listens until it is disposed of. */
export async function startTlsStub(opening: Opening, fault: TlsFault): Promise<TlsStub> {
  const sockets = new Set<Socket>();
  const chunks: Buffer[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (opening.greeting !== null) socket.write(opening.greeting);
    let messages = 0;
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      messages += 1;
      if (messages === 1 && opening.agreement !== null) socket.write(opening.agreement);
      else act(socket, fault);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: address === null || typeof address === "string" ? 0 : address.port,
    received: () => Buffer.concat(chunks),
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function act(socket: Socket, fault: TlsFault): void {
  if (fault === "cut") socket.resetAndDestroy();
  else if (fault === "clear") socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
}

/** The first packet of a MariaDB server, which says what it can do. */
function mariadbGreeting(withTls: boolean): Buffer {
  const capabilities = 0xffff - (withTls ? 0 : TLS_BIT);
  const payload = Buffer.concat([
    Buffer.from([10]),
    Buffer.from("10.11.6-MariaDB\0"),
    Buffer.from([7, 0, 0, 0]),
    Buffer.from("12345678\0"),
    Buffer.from([capabilities & 0xff, capabilities >> 8, 45, 2, 0, 0xff, 0x81, 21]),
    Buffer.alloc(10),
    Buffer.from("123456789012\0"),
    Buffer.from("mysql_native_password\0"),
  ]);
  return Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload]);
}
