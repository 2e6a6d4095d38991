// The example dialect: its collaborators in one record. Importing this file makes `bracketlite://` URLs work.
import { type Dialect, registerDialect } from "athanor";
import { BracketliteDdl } from "./ddl.js";
import { connectSync } from "./driver.js";
import { translateError } from "./errors.js";
import { sql } from "./sql.js";

export const bracketlite: Dialect = {
  name: "bracketlite",
  sql,
  ddl: new BracketliteDdl(sql),
  connectSync,
  transactions: {
    isolationLevels: ["SERIALIZABLE", "AUTOCOMMIT"],
    waitsForWrite: () => false,
    begin: () => ["BEGIN"],
    end: () => [],
    oneWriter: true,
  },
  insertMany: "each",
  maxParameters: 32_766,
  isInMemory: (url) => url.database === null,
  translateError,
};

registerDialect(bracketlite, { driver: "better_sqlite3" });
