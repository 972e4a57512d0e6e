import './errors/without-eval.ts';
import { z } from 'zod';

/**
 * How verdicts pass on to pairs that nobody judged: `pairs`, not at all; `groups`, within firm groups
 * (`firmGroups`), where two chains of "same" without a common verdict lead from one picture to the other.
 */
export const passOn = z.enum(['pairs', 'groups'], {
  error: 'verdicts pass on by "pairs" (judged pairs only) or by "groups" (firm groups).',
});
export type PassOn = z.infer<typeof passOn>;

/** How they pass on in a library where nobody chose. */
export const defaultPassOn: PassOn = 'pairs';

export const passOnInput = z.object({ passOn });

/** `isChosen` is false where nobody chose, and the default holds. */
export const passOnChoice = z.object({ passOn, isChosen: z.boolean() });
export type PassOnChoice = z.infer<typeof passOnChoice>;
