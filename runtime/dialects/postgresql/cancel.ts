// Asking a server to give up what a connection is running: over a connection of its own, as the protocol has it.
import { DisconnectError } from "../../errors/errors.js";
import type { PgClient, PgPackage } from "./pg-package.js";

/** Sends the request; settles when the server has taken it. Rejects with `DisconnectError` where that fails. */
export function sendCancel(pg: PgPackage, client: PgClient, processId: number, secretKey: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = new pg.Connection({ ssl: client.ssl });
    const send = (): void => connection.cancel(processId, secretKey);
    connection.on("connect", () => {
      if (client.ssl === false) send();
      else connection.requestSsl();
    });
    connection.on("sslconnect", send);
    // The server answers by closing.
    connection.on("end", () => {
      resolve();
    });
    connection.on("error", (cause: Error) => {
      connection.stream.destroy();
      reject(new DisconnectError(`(pg) the request to cancel could not be sent: ${cause.message}`, { cause }));
    });
    if (client.host.startsWith("/")) connection.connect(`${client.host}/.s.PGSQL.${String(client.port)}`);
    else connection.connect(client.port, client.host);
  });
}
