// The generators that the runtime has, by the names that `generate` takes.
import type { ColumnType } from "../../model/column-type.js";

const generators = ["uuid", "uuid7", "now"] as const;

type GeneratorName = (typeof generators)[number];

export const generatorNames: readonly string[] = generators;

/** The generator that `name` spells; undefined where it is none. */
export function generatorName(name: string): GeneratorName | undefined {
  return generators.find((each) => each === name);
}

/** Whether what a generator makes is a value of `type`. */
export function generatorFits(name: GeneratorName, type: ColumnType): boolean {
  switch (type.kind) {
    case "uuid":
    case "char":
    case "varchar":
    case "text": {
      const isLong = !("length" in type) || type.length === undefined || type.length >= 36;
      return name !== "now" && isLong;
    }
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
      return name === "now";
    case "native":
    case "raw":
      return true;
    default:
      return false;
  }
}
