// How code breaks into lines: the few shapes that generated code has, as prettier breaks them. What does not fit even
// so stays on a line that is too long, by which the printer knows that prettier itself has to lay it out.

const lineWidth = 120;
const indentation = "  ";

/** Code that is one call: its function, its arguments, and whether the last of them is an object of options. */
export interface CallCode {
  readonly callee: string;
  readonly arguments: readonly string[];
  /** `name: value` pairs of the object that is the last argument. */
  readonly options?: readonly (readonly [name: string, code: string])[];
}

/** True where `line` fits behind `depth` steps of indentation, however wide its characters are: two columns at most. */
function fits(line: string, depth: number): boolean {
  const room = lineWidth - indentation.length * depth;
  if (line.length * 2 <= room) return true;
  return line.length <= room && line.length + line.replace(/[ -~]/g, "").length <= room;
}

/** True where `line` fits in no case: characters beyond ASCII may have no width of their own. */
function overflows(line: string, depth: number): boolean {
  const room = lineWidth - indentation.length * depth;
  return line.length > room && line.replace(/[^ -~]/g, "").length > room;
}

/** `head`, the items, `tail` on one line; where that is too long, each item on a line of its own. */
export function listCode(head: string, items: readonly string[], tail: string, depth: number): string {
  const line = `${head}${items.join(", ")}${tail}`;
  return overflows(line, depth) && items.length > 0 ? brokenList(head, items, tail) : line;
}

/** Each item on a line of its own. */
export function brokenList(head: string, items: readonly string[], tail: string): string {
  return [head, ...items.map((item) => `${indentLines(item, 1)},`), tail].join("\n");
}

/** A call on one line. */
export function callLine({ callee, arguments: given, options = [] }: CallCode): string {
  return `${callee}(${[...given, ...optionsObject(options)].join(", ")})`;
}

/** A call on one line; else its options one a line; else its arguments one a line. */
export function callText(call: CallCode, depth: number): string {
  const { callee, arguments: given, options = [] } = call;
  const line = callLine(call);
  // One character more, for the comma after it.
  if (!overflows(`${line},`, depth) || options.length === 0) return line;
  const head = `${callee}(${[...given, "{"].join(", ")}`;
  if (fits(head, depth)) {
    return brokenList(
      head,
      options.map(([name, code]) => `${name}: ${code}`),
      "})",
    );
  }
  return overflows(head, depth) ? brokenList(`${callee}(`, [...given, ...optionsObject(options)], ")") : line;
}

function optionsObject(options: NonNullable<CallCode["options"]>): string[] {
  const entries = options.map(([name, code]) => `${name}: ${code}`);
  return entries.length === 0 ? [] : [`{ ${entries.join(", ")} }`];
}

/** `first.a().b()` on one line; where that is too long, each call on a line of its own. */
export function chainText(head: string, calls: readonly string[], depth: number): string {
  const line = [head, ...calls].join(".");
  // Prettier breaks no chain as short as one call, and has ideas of its own about calls without arguments.
  const isBreakable = calls.length >= 2 && calls.some((call) => call.includes(", "));
  if (!isBreakable || !overflows(`${line},`, depth)) return line;
  return [head, ...calls.map((call) => `${indentation}.${call}`)].join("\n");
}

/** `return (a) | (b);` of conditional bits, on one line or with a bit a line. */
export function returnedUnion(bits: readonly string[], depth: number): string[] {
  if (bits.length === 1) return [`return ${bits.join("")};`];
  const operands = bits.map((bit) => `(${bit})`);
  const line = `return ${operands.join(" | ")};`;
  if (!overflows(line, depth)) return [line];
  return ["return (", ...operands.map((operand, at) => (at < operands.length - 1 ? `${operand} |` : operand)), ");"];
}

/**
 * Lines of code with the indentation that the brackets at their ends ask for. A text of several lines is indented
 * within itself already.
 */
export function nestedLines(texts: readonly string[], depth: number): string[] {
  let level = depth;
  return texts.map((text) => {
    if (text.includes("\n")) return indentLines(text, level);
    if (/^ *[)\]}]/.test(text)) level -= 1;
    const indented = indentation.repeat(level) + text;
    if (/[([{]$/.test(text)) level += 1;
    return indented;
  });
}

/** `text` with every line `depth` steps further in. */
export function indentLines(text: string, depth: number): string {
  return text.replace(/^(?=.)/gm, indentation.repeat(depth));
}

/** True where a line of code in `text` is too long to be sure that prettier would leave it so; comments never break. */
export function needsFormatter(text: string): boolean {
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    if ((end - start) * 2 <= lineWidth) continue;
    const line = text.slice(start, end);
    if (!fits(line, 0) && !/^ *(\/\*\*|\*|\/\/)/.test(line)) return true;
  }
  return false;
}
