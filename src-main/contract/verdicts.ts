import { z } from 'zod';
import { anchorReference } from './negatives.ts';
import { passOn } from './pass-on.ts';
import { runReference } from './runs.ts';

/** A person's verdict on a pair of pictures: whether they show the same thing. */
export const verdictKind = z.enum(['same', 'different', 'unsure']);
export type VerdictKind = z.infer<typeof verdictKind>;

/** A picture by content hash; `path` is null where it has no file any more. */
export const judgedPicture = z.object({ hash: z.string(), path: z.string().nullable() });
export type JudgedPicture = z.infer<typeof judgedPicture>;

/** Two pictures; those named by their whole content hash need not be in the library. */
export const pairReference = z.tuple([anchorReference, anchorReference]);
const pictures = z.array(judgedPicture);

export const setVerdictInput = z.object({
  pair: pairReference,
  verdict: verdictKind,
  note: z.string().max(2000).default(''),
  /** The run that suggested the pair. */
  run: runReference.optional(),
  /** When the verdict was given; now where left out. */
  time: z.iso.datetime().optional(),
});
/** Many changes, saved together or not at all; null takes the verdict on a pair back. */
export const changeVerdictsInput = z.object({
  changes: z
    .array(setVerdictInput.extend({ verdict: verdictKind.nullable() }))
    .min(1)
    .max(10_000),
});
export const removeVerdictInput = z.object({ pair: pairReference });

/** A verdict. Its pair is in the order of the hashes, so that each pair has one verdict. */
export const verdict = z.object({
  pair: z.tuple([judgedPicture, judgedPicture]),
  verdict: verdictKind,
  note: z.string(),
  time: z.string(),
  run: z.number().int().nullable(),
});
export type Verdict = z.infer<typeof verdict>;

/** A stored verdict, with the pictures of the two large groups that it joins, if it joins any. */
export const storedVerdict = verdict.extend({ joins: z.tuple([pictures, pictures]).optional() });

/**
 * Groups of pictures that are connected by "same" verdicts; those within which verdicts pass on, which
 * are none where judged pairs alone count; and, where a "different" verdict contradicts them, the chain
 * of pictures from one of its pair to the other. A contradiction that `bars` is within such a group:
 * no training takes verdicts until it is resolved.
 */
export const verdictGroups = z.object({
  passOn,
  groups: z.array(pictures),
  passing: z.array(pictures),
  conflicts: z.array(z.object({ chain: pictures, sentence: z.string(), bars: z.boolean() })),
});
export type VerdictGroups = z.infer<typeof verdictGroups>;
