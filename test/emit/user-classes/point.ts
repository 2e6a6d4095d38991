// A value over two columns.

export class Point {
  readonly x: number;
  readonly y: number;

  constructor(x: number | null, y: number | null) {
    this.x = x ?? 0;
    this.y = y ?? 0;
  }

  compositeValues(): [number, number] {
    return [this.x, this.y];
  }
}
