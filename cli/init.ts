// `athanor init`: a first schema to start from, and scripts in package.json. Changes nothing that exists.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./make-folder.js";
import { failureOf } from "./paths.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";

const schemaPath = "schemas/app.schema";

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
  "schema:check": "athanor check schemas/",
  "schema:format": "athanor format schemas/",
  "schema:generate": "athanor generate schemas/ --out generated/",
};

export function runInit(terminal: Terminal): ExitCode {
  try {
    writeSample(terminal);
    addScripts(terminal);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`cannot set the project up: ${failureOf(cause)}`, exitCodes.refused);
  }
  terminal.stderr("next: npx athanor generate schemas/ --out generated/\n");
  return exitCodes.done;
}

function writeSample(terminal: Terminal): void {
  const file = join(terminal.cwd, schemaPath);
  if (existsSync(file)) {
    terminal.stderr(`${schemaPath} exists already\n`);
    return;
  }
  makeFolder(join(terminal.cwd, "schemas"), terminal.cwd);
  writeFileSync(file, sampleSchema, { flag: "wx" });
  terminal.stderr(`${schemaPath} written\n`);
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
