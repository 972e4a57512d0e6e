import type { BinName } from '../../src-main/contract/bins.ts';

/** A candidate of an anchor; what is left out is 0, and its bin easy. */
export interface MadeUpNegative {
  readonly id: number;
  readonly bin?: BinName;
  readonly similarity?: number;
  readonly weight?: number;
  readonly share?: number;
  /** 0 inside the ring's inner cut, 1 in the ring, 2 outside. */
  readonly zone?: number;
  readonly evidence?: number;
  readonly posterior?: number;
}

/** A number of each candidate, in their order. */
export function columnOf(
  negatives: readonly MadeUpNegative[],
  key: Exclude<keyof MadeUpNegative, 'bin'>,
): number[] {
  return negatives.map((negative) => negative[key] ?? 0);
}
