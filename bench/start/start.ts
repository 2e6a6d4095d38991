// What a process's start is: told by the process itself, and the best of several.

export interface Start {
  /** Milliseconds that loading the library takes; some load the driver later. */
  readonly loading: number;
  /** Milliseconds from the process's own start until it has its first row. */
  readonly firstRow: number;
  /** Milliseconds of processor time, of every thread, until then. */
  readonly processor: number;
  readonly residentBytes: number;
}

/** The least of each figure: what else the machine does only adds. */
export function bestStart(starts: readonly Start[]): Start {
  const least = (figure: (start: Start) => number): number => Math.min(...starts.map(figure));
  return {
    loading: least(({ loading }) => loading),
    firstRow: least(({ firstRow }) => firstRow),
    processor: least(({ processor }) => processor),
    residentBytes: least(({ residentBytes }) => residentBytes),
  };
}
