// Printed entries to the lines of a block: comments in their places, at most one empty line between entries, comments
// behind neighbouring entries in one column.

export interface CommentLine {
  readonly text: string;
  /** Whether an empty line stands before it. */
  readonly blankBefore: boolean;
}

export interface PrintedEntry {
  /** Without indentation; may hold line ends, whose lines are indented already. */
  readonly text: string;
  readonly leading: readonly CommentLine[];
  readonly blankBefore: boolean;
  readonly trailing: readonly string[];
}

/** The lines of a block, each ending in a line end. */
export function blockLines(entries: readonly PrintedEntry[], closing: readonly CommentLine[], indent: string): string {
  const lines: string[] = [];
  const gap = (blank: boolean): void => {
    if (blank && lines.length > 0) lines.push("");
  };
  const addComments = (comments: readonly CommentLine[]): void => {
    for (const comment of comments) {
      gap(comment.blankBefore);
      lines.push(indent + comment.text);
    }
  };
  const columns = commentColumns(entries);
  for (const [index, entry] of entries.entries()) {
    addComments(entry.leading);
    gap(entry.blankBefore);
    const comments = entry.trailing.join(" ");
    const text = comments === "" ? entry.text : `${entry.text.padEnd(columns[index] ?? 0)}  ${comments}`;
    lines.push(indent + text);
  }
  addComments(closing);
  return lines.map((line) => `${line}\n`).join("");
}

/** A whole block: the line `head`, which ends in `{`, with the comments behind it; `body`; and `}` at `indent`. */
export function closeBlock(head: string, opening: readonly string[], body: string, indent = ""): string {
  if (opening.length === 0 && body === "") return `${head}}`;
  const comments = opening.length === 0 ? "" : `  ${opening.join(" ")}`;
  return `${head}${comments}\n${body}${indent}}`;
}

/** For each entry the column of its trailing comment: shared by runs of lines that each have one. */
function commentColumns(entries: readonly PrintedEntry[]): number[] {
  const columns: number[] = [];
  let run: number[] = [];
  const closeRun = (): void => {
    const widest = Math.max(0, ...run.map((index) => entries[index]?.text.length ?? 0));
    for (const index of run) columns[index] = widest;
    run = [];
  };
  for (const [index, entry] of entries.entries()) {
    const joins = entry.leading.length === 0 && !entry.blankBefore;
    if (!joins) closeRun();
    if (entry.trailing.length > 0 && !entry.text.includes("\n")) run.push(index);
    else closeRun();
  }
  closeRun();
  return columns;
}
