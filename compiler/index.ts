// The public entry of "athanor/compiler": schema text to schema model, generated files, canonical text and diagnostics.
export { canonicalModel } from "../model/canonical.js";
export type * from "../model/column-type.js";
export type * from "../model/expression.js";
export type * from "../model/schema-model.js";
export { type CompiledSchema, type CompileInput, compileSchema } from "./compile.js";
export type { DiagnosticCode } from "./diagnostics/catalog.js";
export type { Diagnostic, Label, Staged } from "./diagnostics/diagnostic.js";
export { renderDiagnostics } from "./diagnostics/render.js";
export { renderDiagnosticsJson } from "./diagnostics/render-json.js";
export { emitSchema } from "./emit/emit-schema.js";
export type { EmitOptions, EmittedFile } from "./emit/emitted-file.js";
export { formatSchema } from "./print/format-schema.js";
export { parse, type ParsedFile } from "./syntax/parse.js";
export { createSourceFile, type SourceFile } from "./text/source-file.js";
