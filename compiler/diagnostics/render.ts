// Diagnostics to text for people: one code frame each. Pure; colours come in as a painter.
import { showSafely } from "../text/display-width.js";
import { positionAt, type SourceFile } from "../text/source-file.js";
import { markLines, type MarkedLine } from "./code-frame.js";
import type { Diagnostic, Label } from "./diagnostic.js";
import { sortDiagnostics } from "./sort-diagnostics.js";

/** What a piece of the text is, so that a painter can choose its colour. */
export type TextRole = "error" | "warning" | "message" | "gutter" | "related" | "help";
export type Painter = (role: TextRole, text: string) => string;

interface RenderOptions {
  readonly paint?: Painter;
  /** How many diagnostics to show before "and N more". */
  readonly limit?: number;
}

const defaultLimit = 20;

/** Renders in order of file and place, one blank line between; ends with a line end unless there is nothing to say. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Iterable<SourceFile>,
  options: RenderOptions = {},
): string {
  const paint = options.paint ?? ((_role, text) => text);
  const limit = options.limit ?? defaultLimit;
  const byName = new Map([...sources].map((source) => [source.name, source]));
  const sorted = sortDiagnostics(diagnostics);
  const blocks = sorted.slice(0, limit).map((problem) => renderOne(problem, byName, paint));
  if (sorted.length > limit) blocks.push(`and ${sorted.length - limit} more\n`);
  return blocks.join("\n");
}

function renderOne(problem: Diagnostic, sources: ReadonlyMap<string, SourceFile>, paint: Painter): string {
  const heading = paint(problem.severity, `${problem.severity}[${problem.code}]`);
  const message = paint("message", `: ${showSafely(problem.message)}`);
  const labels = [problem.primary, ...problem.related];
  const frames = labels.map((label, index) => frameOf(label, index === 0, sources));
  const width = Math.max(1, ...frames.flatMap((frame) => frame.lines.map((line) => String(line.number).length)));
  const lines = [heading + message];
  for (const [index, frame] of frames.entries()) {
    lines.push(...renderFrame(frame, frames[index - 1], problem.severity, width, paint));
  }
  if (problem.help !== undefined) {
    lines.push(`${" ".repeat(width + 1)}${paint("gutter", "=")} ${paint("help", "help")}: ${showSafely(problem.help)}`);
  }
  return `${lines.join("\n")}\n`;
}

interface Frame {
  readonly file: string;
  readonly location: string;
  readonly lines: readonly MarkedLine[];
  readonly label: string;
  readonly primary: boolean;
}

function frameOf(label: Label, primary: boolean, sources: ReadonlyMap<string, SourceFile>): Frame {
  const { span, text } = label;
  const source = sources.get(span.file);
  const shared = { file: span.file, label: showSafely(text), primary };
  if (source === undefined) return { ...shared, location: span.file, lines: [] };
  const { line, column } = positionAt(source, span.start);
  const location = `${span.file}:${line}:${column}`;
  return { ...shared, location, lines: markLines(source, span, primary ? "^" : "-") };
}

function renderFrame(
  frame: Frame,
  previous: Frame | undefined,
  severity: Diagnostic["severity"],
  width: number,
  paint: Painter,
): string[] {
  const gutter = (number: string) => paint("gutter", `${number.padStart(width)} |`);
  const lines: string[] = [];
  if (previous === undefined)
    lines.push(`${" ".repeat(width)} ${paint("gutter", "-->")} ${showSafely(frame.location)}`);
  else if (previous.file !== frame.file) {
    lines.push(`${" ".repeat(width)} ${paint("gutter", ":::")} ${showSafely(frame.location)}`);
  }
  if (frame.lines.length > 0) lines.push(gutter(""));
  for (const [index, line] of frame.lines.entries()) {
    const before = frame.lines[index - 1];
    if (before !== undefined && line.number > before.number + 1) lines.push(paint("gutter", "..."));
    const label = index === frame.lines.length - 1 && frame.label !== "" ? ` ${frame.label}` : "";
    const indent = line.mark.length - line.mark.trimStart().length;
    const mark = paint(frame.primary ? severity : "related", line.mark.slice(indent) + label);
    lines.push(`${gutter(String(line.number))} ${line.text}`.trimEnd(), `${gutter("")} ${" ".repeat(indent)}${mark}`);
  }
  return lines;
}
