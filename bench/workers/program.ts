// The program of a contender's process: `--on` a database, `--contender` by its name, at `--url`.
import { parseArgs } from "node:util";
import { databases } from "../databases/databases.js";
import { serveContender } from "./worker.js";

const { values } = parseArgs({
  options: {
    on: { type: "string", default: "" },
    contender: { type: "string", default: "" },
    url: { type: "string", default: "" },
  },
});
const database = databases[values.on];
if (database === undefined) throw new RangeError(`unknown database ${values.on}`);
await serveContender(database, values.contender, values.url);
