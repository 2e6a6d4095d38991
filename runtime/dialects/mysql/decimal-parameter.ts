// A decimal number on its way to the driver. As text, the server would compare it through a double in some places; the
// driver sends this as the protocol's decimal.

export class DecimalParameter {
  readonly digits: string;

  private constructor(digits: string) {
    this.digits = digits;
  }

  static #last = new DecimalParameter("0");

  /** The same object for the same digits in a row, so that a value compared with its former self is found equal. */
  static of(digits: string): DecimalParameter {
    if (DecimalParameter.#last.digits !== digits) DecimalParameter.#last = new DecimalParameter(digits);
    return DecimalParameter.#last;
  }

  toString(): string {
    return this.digits;
  }

  toJSON(): string {
    return this.digits;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `'${this.digits}'`;
  }
}
