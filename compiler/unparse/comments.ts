// Comments of the database as documentation lines, or where those would change the text as the `comment` option.
import { writeString } from "../syntax/literals.js";

interface WrittenComment {
  /** `///` lines, each with its line end; empty where there are none. */
  readonly doc: string;
  readonly option?: string;
}

/** How `comment` is written before and in what it describes. */
export function writeComment(comment: string | undefined): WrittenComment {
  if (comment === undefined) return { doc: "" };
  const lines = comment.split("\n");
  const keeps = comment !== "" && lines.every((line) => line === line.trimEnd() && !/[\r\0\u2028\u2029]/.test(line));
  if (!keeps) return { doc: "", option: `comment ${writeString(comment)}` };
  return { doc: lines.map((line) => `///${line === "" ? "" : ` ${line}`}\n`).join("") };
}
