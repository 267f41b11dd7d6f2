// A stretch of a library's address space.

/** Addresses from `start` up to and without `end`. */
export interface AddressRange {
  readonly start: number;
  readonly end: number;
}
