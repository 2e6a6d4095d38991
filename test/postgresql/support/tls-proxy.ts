// A server that speaks TLS to the client, as PostgreSQL negotiates it, and passes everything on in clear.
import { connect, createServer, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { CERTIFICATE, KEY } from "./localhost-certificate.js";

export interface TlsProxy extends AsyncDisposable {
  readonly port: number;
}

/** Listens on a port of its own until it is disposed of. */
export async function startTlsProxy(host: string, port: number): Promise<TlsProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(port, host);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    // The first message asks for TLS; the answer is one letter in clear.
    client.once("data", () => {
      client.write("S");
      const secure = new TLSSocket(client, { isServer: true, cert: CERTIFICATE, key: KEY });
      secure.on("error", () => database.destroy());
      secure.pipe(database).pipe(secure);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("the proxy listens on a port");
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
