// A value of one's own over whole cents in the database, and a function that makes values for new rows.

export class Money {
  readonly cents: number;

  constructor(cents: number) {
    this.cents = cents;
  }

  static encode(this: void, value: Money): number {
    return value.cents;
  }

  static decode(this: void, stored: number): Money {
    return new Money(stored);
  }
}

let made = 0;

export function makeCode(): string {
  made += 1;
  return `code ${made}`;
}
