// The other libraries that compete, by the names of the tables.
import type { Contender, CreateContender, LoadContender } from "../contender.js";
import { hasPeerProgram, loadPeerProgram } from "../peer-programs.js";

export type DatabaseName = "sqlite" | "postgresql";

/** What a program of `peers/` exports as `contenders`. */
export type PeerContenders = Readonly<Record<string, (database: DatabaseName, url: string) => Promise<Contender>>>;

/** The program of each peer. */
const PROGRAMS: Readonly<Record<string, string>> = {
  kysely: "kysely",
  drizzle: "drizzle",
  "drizzle prepared": "drizzle",
  MikroORM: "mikro-orm",
  TypeORM: "typeorm",
  Prisma: "prisma",
};

/** The peers that are installed, on a database. */
export function installedPeers(database: DatabaseName): Readonly<Record<string, LoadContender>> {
  const installed = Object.entries(PROGRAMS).filter(([, program]) => hasPeerProgram("contenders", program));
  return Object.fromEntries(installed.map(([name, program]) => [name, () => loadPeer(name, program, database)]));
}

/** The peers whose packages are not there. */
export function missingPeers(): string[] {
  return Object.keys(PROGRAMS).filter((name) => !hasPeerProgram("contenders", PROGRAMS[name] ?? ""));
}

async function loadPeer(name: string, program: string, database: DatabaseName): Promise<CreateContender> {
  const { contenders } = await loadPeerProgram<{ readonly contenders: PeerContenders }>("contenders", program);
  const create = contenders[name];
  if (create === undefined) throw new RangeError(`peers/${program}.ts has no contender ${name}`);
  return (url) => create(database, url);
}
