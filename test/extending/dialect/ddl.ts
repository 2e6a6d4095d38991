// How the example dialect asks whether a table is there; all else about tables is as in the standard.
import { DdlCompiler } from "athanor";

export class BracketliteDdl extends DdlCompiler {
  override existenceProbes(table: { readonly name: string }): readonly string[] {
    return [`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ${this.sql.quoteLiteral(table.name)}`];
  }
}
