// TypeScript to JavaScript, for configurations on a Node that takes no types: by the compiler that ts-morph brings.
import { ts } from "ts-morph";

/** One module, its types left out and not looked at. */
export function transpile(text: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
