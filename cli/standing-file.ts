// A file as it stands in the output folder: bytes, of which the text is made only where somebody reads it. A run that
// changes little looks at digests alone, and decoding thousands of files would be most of its work.
import { hash } from "node:crypto";
import { isGeneratedText } from "../compiler/emit/header.js";

/** More than the mark of generated files is long. */
const startLength = 64;

export class StandingFile {
  readonly #bytes: Buffer;
  #text: string | undefined;
  #digest: string | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get text(): string {
    return (this.#text ??= this.#bytes.toString("utf8"));
  }

  get digest(): string {
    return (this.#digest ??= digestOf(this.#bytes));
  }

  get isGenerated(): boolean {
    return isGeneratedText(this.#bytes.toString("utf8", 0, startLength));
  }
}

/** Equal for equal bytes alone; text counts as its UTF-8. */
export function digestOf(data: string | Buffer): string {
  return hash("sha256", data, "base64url").slice(0, 32);
}
