// The messages of one write, as the protocol has them, gathered in one buffer: a write to the socket costs more than
// all the rest of a short statement, and many small buffers cost more than one.

const CLOSE = 0x43; // C
const BIND = 0x42; // B
const DESCRIBE = 0x44; // D
const EXECUTE = 0x45; // E
const PARSE = 0x50; // P
const SYNC = 0x53; // S
const PORTAL = 0x50; // P
const STATEMENT = 0x53; // S

const USUAL_SIZE = 4096;

/** A parameter as it goes over the wire: text, bytes or NULL. */
export type WireValue = string | Buffer | null;

export class WireMessages {
  #buffer = Buffer.allocUnsafeSlow(USUAL_SIZE);
  #end = 0;

  /** What was written since the last call. */
  take(): Buffer {
    const end = this.#end;
    this.#end = 0;
    if (this.#buffer.length > USUAL_SIZE) {
      const taken = this.#buffer.subarray(0, end);
      this.#buffer = Buffer.allocUnsafeSlow(USUAL_SIZE);
      return taken;
    }
    const copy = Buffer.allocUnsafe(end);
    this.#buffer.copy(copy, 0, 0, end);
    return copy;
  }

  /** Begins anew, whatever an error has left half-written. */
  clear(): void {
    this.#end = 0;
  }

  parse(statement: string, text: string): void {
    const start = this.#begin(PARSE);
    this.#zeroEnded(statement);
    this.#zeroEnded(text);
    this.#int16(0);
    this.#finish(start);
  }

  /** Values in the form that their kind says; the result's columns come as text. */
  bind(portal: string, statement: string, values: readonly WireValue[]): void {
    const start = this.#begin(BIND);
    this.#zeroEnded(portal);
    this.#zeroEnded(statement);
    this.#int16(values.length);
    for (const value of values) this.#int16(typeof value === "object" && value !== null ? 1 : 0);
    this.#int16(values.length);
    for (const value of values) this.#value(value);
    this.#int16(0);
    this.#finish(start);
  }

  describe(portal: string): void {
    const start = this.#begin(DESCRIBE);
    this.#byte(PORTAL);
    this.#zeroEnded(portal);
    this.#finish(start);
  }

  /** `rows`: how many at most; 0 for all. */
  execute(portal: string, rows: number): void {
    const start = this.#begin(EXECUTE);
    this.#zeroEnded(portal);
    this.#int32(rows);
    this.#finish(start);
  }

  closePortal(portal: string): void {
    this.#close(PORTAL, portal);
  }

  closeStatement(statement: string): void {
    this.#close(STATEMENT, statement);
  }

  /** A statement without parameters and rows. */
  command(text: string): void {
    this.parse("", text);
    this.bind("", "", []);
    this.execute("", 0);
  }

  sync(): void {
    this.#finish(this.#begin(SYNC));
  }

  #close(kind: number, name: string): void {
    const start = this.#begin(CLOSE);
    this.#byte(kind);
    this.#zeroEnded(name);
    this.#finish(start);
  }

  #begin(kind: number): number {
    this.#byte(kind);
    const start = this.#end;
    this.#int32(0);
    return start;
  }

  /** A message's length counts itself, not the kind before it. */
  #finish(start: number): void {
    this.#buffer.writeInt32BE(this.#end - start, start);
  }

  #value(value: WireValue): void {
    if (value === null) {
      this.#int32(-1);
      return;
    }
    if (typeof value === "string") {
      const start = this.#end;
      this.#int32(0);
      this.#text(value);
      this.#buffer.writeInt32BE(this.#end - start - 4, start);
      return;
    }
    this.#int32(value.length);
    this.#reserve(value.length);
    value.copy(this.#buffer, this.#end);
    this.#end += value.length;
  }

  #zeroEnded(text: string): void {
    this.#text(text);
    this.#byte(0);
  }

  #text(text: string): void {
    // A UTF-16 unit takes three bytes at most.
    this.#reserve(text.length * 3);
    this.#end += this.#buffer.write(text, this.#end);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#end++] = value;
  }

  #int16(value: number): void {
    this.#reserve(2);
    this.#end = this.#buffer.writeUInt16BE(value, this.#end);
  }

  #int32(value: number): void {
    this.#reserve(4);
    this.#end = this.#buffer.writeInt32BE(value, this.#end);
  }

  #reserve(size: number): void {
    if (this.#end + size <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#end + size));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}
