// What the type checker needs for a program: counted by the compiler itself.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface TypeCost {
  readonly instantiations: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const root = process.cwd();
/** How often a program is checked; the best counts. */
const CHECKS = 3;

/** Checks `text` as a file of the project in `folder`, whose `node_modules` has what it imports; Athanor is as it is published. */
export function typeCheck(folder: string, text: string): TypeCost {
  const file = join(folder, "program.mts");
  writeFileSync(file, text);
  const compilerOptions = {
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: "ES2022",
    lib: ["ES2023", "ESNext.Disposable"],
    module: "NodeNext",
    moduleResolution: "NodeNext",
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    paths: { athanor: [join(root, "dist/types/runtime/index.d.ts")] },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.mts"] }));
  const costs = Array.from({ length: CHECKS }, () => check(folder));
  const seconds = Math.min(...costs.map((cost) => cost.seconds));
  const megabytes = Math.min(...costs.map((cost) => cost.megabytes));
  return { instantiations: costs[0]?.instantiations ?? 0, seconds, megabytes };
}

function check(folder: string): TypeCost {
  const tsc = join(root, "node_modules/.bin/tsc");
  const { stdout, status } = spawnSync(tsc, ["-p", "tsconfig.json", "--extendedDiagnostics"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the program does not compile:\n${stdout}`);
  const figure = (label: string): number => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1] ?? "0");
  return {
    instantiations: figure("Instantiations"),
    seconds: figure("Total time"),
    megabytes: figure("Memory used") / 1024,
  };
}
