// `athanor init`: a configuration and a first schema to start from, and scripts in package.json. Changes nothing that
// exists.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "./make-folder.js";
import { failureOf } from "./paths.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";

const schemaPath = "schemas/app.schema";
const configPath = "athanor.config.ts";

const sampleConfig = `import type { Config } from "athanor/config";

export default {
  schemas: "schemas/",
  out: "generated/",
  // \`dialects\` lists the databases that the schema is checked against; a schema may list its own.
} satisfies Config;
`;

const sampleSchema = `// What the database holds and how objects see it. A type that ends in \`?\` takes NULL.
// \`npm run schema:check\` reads this file, \`npm run schema:generate\` compiles it to TypeScript in generated/.

/// Three slashes document what follows.
table user_account as User {
  id        integer       primary key identity
  name      varchar(30)
  fullname  text?
  email     varchar(255)  unique

  relationship addresses: Address[]  back_populates user  cascade all, delete-orphan
}

table address as Address {
  id             integer  primary key identity
  email_address  text
  user_id        integer  references user_account on delete cascade
  relationship user: User  back_populates addresses
  index (user_id)
}
`;

const scripts: Readonly<Record<string, string>> = {
  "schema:check": "athanor check",
  "schema:format": "athanor format",
  "schema:generate": "athanor generate",
};

export function runInit(terminal: Terminal): ExitCode {
  try {
    writeNew(configPath, sampleConfig, terminal);
    writeNew(schemaPath, sampleSchema, terminal);
    addScripts(terminal);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`cannot set the project up: ${failureOf(cause)}`, exitCodes.refused);
  }
  terminal.stderr("next: npx athanor generate\n");
  return exitCodes.done;
}

function writeNew(path: string, text: string, terminal: Terminal): void {
  const file = join(terminal.cwd, path);
  if (existsSync(file)) {
    terminal.stderr(`${path} exists already\n`);
    return;
  }
  makeFolder(dirname(file), terminal.cwd);
  writeFileSync(file, text, { flag: "wx" });
  terminal.stderr(`${path} written\n`);
}

function addScripts(terminal: Terminal): void {
  const file = join(terminal.cwd, "package.json");
  if (!existsSync(file)) {
    terminal.stderr("no package.json here, so no scripts are added\n");
    return;
  }
  const text = readFileSync(file, "utf8");
  const content = parsePackage(text);
  const present = isRecord(content["scripts"]) ? content["scripts"] : {};
  const missing = Object.entries(scripts).filter(([name]) => !Object.hasOwn(present, name));
  if (missing.length === 0) {
    terminal.stderr("package.json has the scripts already\n");
    return;
  }
  const extended = { ...content, scripts: { ...present, ...Object.fromEntries(missing) } };
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? "  ";
  writeFileSync(file, `${JSON.stringify(extended, null, indent)}\n`);
  terminal.stderr(`package.json: added ${missing.map(([name]) => name).join(", ")}\n`);
}

function parsePackage(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isRecord(parsed)) return parsed;
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new CommandError("package.json is not a JSON object", exitCodes.refused, "repair it, then run init again");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
