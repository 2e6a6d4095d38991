// Values that change in place: plain objects over a document, and a class over a number that says how it is copied.

/** What a device is told. */
export interface Settings {
  volume: number;
  rooms: string[];
}

export const Settings = {
  encode(this: void, value: Settings): { readonly volume: number; readonly rooms: readonly string[] } {
    return { volume: value.volume, rooms: value.rooms };
  },
  decode(this: void, stored: unknown): Settings {
    // What the column holds was written by `encode`.
    return stored as Settings;
  },
};

/** A number that goes up. */
export class Gauge {
  level: number;

  constructor(level: number) {
    this.level = level;
  }

  static encode(this: void, value: Gauge): number {
    return value.level;
  }

  static decode(this: void, stored: number): Gauge {
    return new Gauge(stored);
  }

  static copy(this: void, value: Gauge): Gauge {
    return new Gauge(value.level);
  }

  static equals(this: void, one: Gauge, other: Gauge): boolean {
    return one.level === other.level;
  }
}
