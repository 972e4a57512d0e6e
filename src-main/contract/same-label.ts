import './errors/without-eval.ts';
import { z } from 'zod';

/**
 * What Review makes of two pictures that share a label and on which no verdict decides: `settled`, they
 * count as the same thing and are not asked; `asked`, a label says nothing, and they are asked like any
 * other pair.
 */
export const sameLabel = z.enum(['settled', 'asked'], {
  error: 'pairs of one label are "settled" (the same thing, not asked) or "asked".',
});
export type SameLabel = z.infer<typeof sameLabel>;

/** How it is in a library where nobody chose: what labels tell is not asked again. */
export const defaultSameLabel: SameLabel = 'settled';

export const sameLabelChoice = z.object({ sameLabel });
export type SameLabelChoice = z.infer<typeof sameLabelChoice>;
