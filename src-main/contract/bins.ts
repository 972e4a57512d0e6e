/** The four bins, in the order of the numbers in the column `bin` of an explanation. */
export const binNames = ['hard', 'false', 'ring', 'easy'] as const;
export type BinName = (typeof binNames)[number];

/** The share of the total push within which a negative, in order of falling push, has a top share. */
export const topShareOfPush = 0.05;

/** The k of the mutual k nearest neighbours that make a negative suspect. */
export const mutualNeighbourCount = 15;

interface BinRule {
  /** The content of the bin in words. */
  readonly sentence: string;
  /** The same in the papers' symbols: r rank from 0, γ signed share, y label. */
  readonly formula: string;
}

/**
 * The rules of the bins. Every candidate is in exactly one: false is decided first, then ring, then
 * hard; the rest is easy.
 */
export const binRules = {
  hard: {
    sentence: `Different, and more similar than the ring's upper cut w_u; or outside the ring with a top share: one of those that take the first ${100 * topShareOfPush} % of the push.`,
    formula: `r < inner, or r ≥ outer and Σ max(γ, 0) of the more pushed < ${topShareOfPush} Σ max(γ, 0)`,
  },
  false: {
    sentence:
      'The same label as the anchor, or judged the same. Where a label is missing, one of each other’s nearest neighbours is suspected false.',
    formula: 'judged same, or y_i = y_j, or (y unknown and j ∈ kNN(i) and i ∈ kNN(j))',
  },
  ring: {
    sentence: 'Different, and between the ring’s cuts w_l and w_u.',
    formula: 'inner ≤ r < outer',
  },
  easy: {
    sentence: 'Different, and less similar than the ring’s lower cut w_l.',
    formula: 'r ≥ outer, and no top share',
  },
} as const satisfies Record<BinName, BinRule>;

/** The zones of the ring, by the numbers in columns of zones. */
export const zoneNames = ['too-hard', 'ring', 'too-easy'] as const;
