// The emitter itself: plans the output, and makes the text of each part of it that an earlier run has not made already.
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";
import type {
  EmitMemory,
  EmitOptions,
  EmittedFile,
  EmittedPart,
  FormatSettings,
  ImportRecord,
} from "./emitted-file.js";
import { headerLines } from "./header.js";
import { ImportCollector } from "./imports.js";
import { type EmitPlan, planOutput } from "./plan.js";
import { type FilePart, type OutputFile, outputFiles } from "./output-files.js";
import { printStatement } from "./print-statement.js";

/** Remembers nothing. */
const noMemory: EmitMemory = { digest: () => "", file: () => undefined, part: () => undefined };

export async function emitFiles(model: SchemaModel, options: EmitOptions): Promise<EmittedFile[]> {
  const plan = planOutput(model, options);
  const memory = options.memory ?? noMemory;
  return Promise.all(
    outputFiles(plan, memory.digest).map(async (file) => {
      const header = headerLines(options.version, sourcesOf(file, options));
      const emitted = await emitFile(file, header, plan, memory);
      return plan.formatting === undefined || emitted.isEarlier ? emitted.file : layOut(emitted.file, plan.formatting);
    }),
  );
}

/** The schema files that a header names. */
function sourcesOf({ declares }: OutputFile, { sources, origins }: EmitOptions): readonly string[] {
  if (origins === undefined) return sources;
  const { classes, enums, hasTables } = declares;
  const files = [
    ...enums.map(({ model }) => origins.enums.get(qualifiedKey(model))),
    ...(hasTables ? origins.tables : []),
    ...classes.map(({ model }) => origins.classes.get(model.name)),
  ];
  const known = [...new Set(files.filter((file) => file !== undefined))];
  return known.length === 0 ? sources : known;
}

/** By a project's own rules. The parts are elsewhere in the text then, so that only whole files are remembered. */
async function layOut(file: EmittedFile, settings: FormatSettings): Promise<EmittedFile> {
  const { formatModule } = await import("./format-statement.js");
  return { ...file, text: await formatModule(file.text, settings), parts: [] };
}

async function emitFile(
  file: OutputFile,
  header: readonly string[],
  plan: EmitPlan,
  memory: EmitMemory,
): Promise<{ readonly file: EmittedFile; readonly isEarlier: boolean }> {
  const { path, parts } = file;
  const head = [...header, ...file.header].map((line) => `// ${line}\n`).join("");
  const digest = memory.digest([head, ...parts.map((part) => part.digest)].join("\n"));
  const earlier = memory.file(path, digest);
  if (earlier !== undefined) return { file: earlier, isEarlier: true };
  const imports = new ImportCollector(plan, path);
  const printed = await Promise.all(parts.map((part) => printPart(part, path, plan, memory)));
  imports.addRecord(unionOf(printed.map((part) => part.imports)));
  const importLines = await Promise.all(imports.structures().map(printStatement));
  let text = [head, ...importLines.map((line) => `${line}\n`)].join("");
  const placed: EmittedPart[] = [];
  for (const part of printed) {
    const start = text.length;
    text += part.text;
    placed.push({ digest: part.digest, start, end: text.length, imports: part.imports });
  }
  return { file: { path, text, digest, parts: placed.length > 1 ? placed : [] }, isEarlier: false };
}

interface PrintedPart {
  readonly digest: string;
  readonly text: string;
  readonly imports: ImportRecord;
}

/** All records in one, each name once: tables by the thousand import the same few. */
function unionOf(records: readonly ImportRecord[]): ImportRecord {
  const union = new Map<string, Set<string>>();
  for (const record of records) {
    for (const [module, names] of Object.entries(record)) {
      const known = union.get(module) ?? new Set();
      union.set(module, known);
      for (const name of names) known.add(name);
    }
  }
  return Object.fromEntries([...union].map(([module, names]) => [module, [...names]]));
}

async function printPart(part: FilePart, path: string, plan: EmitPlan, memory: EmitMemory): Promise<PrintedPart> {
  const earlier = memory.part(path, part.digest);
  if (earlier !== undefined) return { digest: part.digest, ...earlier };
  const imports = new ImportCollector(plan, path);
  const statements = part.statements(imports);
  const texts = await Promise.all(statements.map(printStatement));
  // Statements of one line stand together.
  const blocks = statements.map(({ kind }, index) => {
    return `${kind === "exportAll" || (kind === "code" && index > 0) ? "" : "\n"}${texts[index] ?? ""}\n`;
  });
  return { digest: part.digest, text: blocks.join(""), imports: imports.record() };
}
