// What a sequence counts: shared by declared sequences, identity columns and serial columns.

/** Numbers keep their digits, so they are strings; absent parts are the database's defaults. */
export interface SequenceOptions {
  readonly start?: string;
  readonly increment?: string;
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly cache?: string;
  readonly cycle?: true;
}
