/** What a verdict or else the labels say of a pair, as a number in columns. */
export const truths = { unknown: 0, same: 1, different: 2 } as const;
