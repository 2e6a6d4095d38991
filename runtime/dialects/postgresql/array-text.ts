// PostgreSQL's text of arrays: `{1,NULL,"a \"b\""}`, and arrays inside arrays. Written from values as the codecs give
// them, read into the elements' text.
import { DataError, InvalidValueError } from "../../errors/errors.js";
import { wireValue } from "./wire-values.js";

/** A list of encoded values, lists among them, as an array. Throws `InvalidValueError` for lists of unlike lengths. */
export function arrayText(list: readonly unknown[]): string {
  const lists = list.filter((element) => Array.isArray(element));
  if (lists.length > 0) {
    const [first] = lists;
    if (lists.length < list.length || lists.some((each) => each.length !== first?.length)) {
      throw new InvalidValueError("The arrays inside a PostgreSQL array have one length, and none is NULL.");
    }
    if (first?.length === 0) throw new InvalidValueError("PostgreSQL keeps no empty arrays inside an array.");
  }
  return `{${list.map(elementText).join(",")}}`;
}

function elementText(value: unknown): string {
  if (Array.isArray(value)) return arrayText(value);
  const wire = wireValue(value);
  if (wire === null) return "NULL";
  if (typeof wire !== "string") return `"\\\\x${wire.toString("hex")}"`;
  return typeof value === "string" ? `"${wire.replaceAll(/["\\]/g, String.raw`\$&`)}"` : wire;
}

/** An element as the server wrote it: its text, null for NULL, or an array's elements. */
export type ArrayElement = string | null | readonly ArrayElement[];

/**
 * The elements of an array's text. Throws `DataError` where it is none, or where its subscripts do not begin with 1,
 * which no list here can say.
 */
export function parseArray(text: string): readonly ArrayElement[] {
  const bounds = /^\[(-?\d+):/.exec(text);
  if (bounds !== null) {
    throw new DataError(`The database holds an array whose subscripts do not all begin with 1, ${shorten(text)}.`, {
      help: "Read the column as text with a cast.",
    });
  }
  const reader = new ArrayReader(text);
  const elements = reader.array();
  reader.end();
  return elements;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

class ArrayReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  array(): ArrayElement[] {
    this.#expect("{");
    const elements: ArrayElement[] = [];
    if (this.#text[this.#at] === "}") {
      this.#at += 1;
      return elements;
    }
    for (;;) {
      elements.push(this.#element());
      if (this.#text[this.#at] === "}") {
        this.#at += 1;
        return elements;
      }
      this.#expect(",");
    }
  }

  end(): void {
    if (this.#at !== this.#text.length) this.#fail();
  }

  #element(): ArrayElement {
    const first = this.#text[this.#at];
    if (first === "{") return this.array();
    if (first === '"') return this.#quoted();
    const start = this.#at;
    while (this.#at < this.#text.length && !",{}".includes(this.#text.charAt(this.#at))) this.#at += 1;
    if (this.#at === start) this.#fail();
    const word = this.#text.slice(start, this.#at);
    return word === "NULL" ? null : word;
  }

  #quoted(): string {
    this.#at += 1;
    let element = "";
    let start = this.#at;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) this.#fail();
      if (character === '"') break;
      if (character === "\\") {
        element += this.#text.slice(start, this.#at);
        start = this.#at + 1;
        this.#at += 1;
      }
      this.#at += 1;
    }
    element += this.#text.slice(start, this.#at);
    this.#at += 1;
    return element;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) this.#fail();
    this.#at += 1;
  }

  #fail(): never {
    throw new DataError(`The database holds ${JSON.stringify(shorten(this.#text))} where an array should be.`);
  }
}
