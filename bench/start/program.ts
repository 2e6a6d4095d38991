// A process that starts, loads a contender's library, connects and gets its first row; then it says how long all that
// took since the process began, and how much memory it takes up.
import { parseArgs } from "node:util";
import { postgresqlContenders, sqliteContenders } from "../contenders/own.js";
import { installedPeers } from "../contenders/peers.js";
import type { Start } from "./start.js";

const { values } = parseArgs({
  options: {
    on: { type: "string", default: "" },
    contender: { type: "string", default: "" },
    url: { type: "string", default: "" },
  },
});
const contenders =
  values.on === "sqlite"
    ? { ...sqliteContenders, ...installedPeers("sqlite") }
    : { ...postgresqlContenders, ...installedPeers("postgresql") };
const load = contenders[values.contender];
if (load === undefined) throw new RangeError(`unknown contender ${values.contender}`);
const begun = performance.now();
const create = await load();
const loaded = performance.now();
const contender = await create(values.url);
await contender.workloads.W1.run();
const { user, system } = process.cpuUsage();
const start: Start = {
  loading: loaded - begun,
  firstRow: performance.now(),
  processor: (user + system) / 1_000,
  residentBytes: process.memoryUsage().rss,
};
await contender.close();
process.stdout.write(JSON.stringify(start));
