/** What the official NCECriterion adds to every denominator. */
export const officialEpsilon = 1e-7;
