// How the benchmark prints: Markdown, which is also readable as it stands, and numbers of three figures with their unit.

/** A table whose columns are as wide as their widest cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [head, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
}

/** A time given in microseconds. */
export function duration(microseconds: number): string {
  if (microseconds < 1_000) return `${figures(microseconds)} µs`;
  return microseconds < 1_000_000 ? `${figures(microseconds / 1_000)} ms` : `${figures(microseconds / 1_000_000)} s`;
}

/** An amount of memory given in bytes. */
export function amount(bytes: number): string {
  if (Math.abs(bytes) < 1_000) return `${bytes.toFixed(0)} B`;
  return Math.abs(bytes) < 1_000_000 ? `${figures(bytes / 1_000)} kB` : `${figures(bytes / 1_000_000)} MB`;
}

/** How often as much. */
export function times(ratio: number): string {
  return `${ratio < 100 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
}

/** Three significant figures, without an exponent. */
export function figures(value: number): string {
  return Math.abs(value) < 999.5 ? value.toPrecision(3) : value.toFixed(0);
}
