import { z } from 'zod';

/** What a comparison depends on beside the weights of its two runs. */
export const comparedFact = z.enum(['pictures', 'labels', 'verdicts', 'leftOut', 'losses']);
export type ComparedFact = z.infer<typeof comparedFact>;

/**
 * What changed since two runs were last compared, as the difference to the newest stored comparison;
 * without any fact the stored one was measured by an older version. Null where there is none.
 */
export const outdatedComparison = z.object({ changed: z.array(comparedFact) }).nullable();
export type OutdatedComparison = z.infer<typeof outdatedComparison>;

const list = new Intl.ListFormat('en-GB');

const factWords: Readonly<Record<ComparedFact, string>> = {
  pictures: 'the pictures that both have',
  labels: 'labels',
  // Labels of single pictures are stored with what verdicts say of pairs.
  verdicts: 'verdicts (or labels of pictures)',
  leftOut: 'what is left out of voting',
  losses: 'the losses by which negatives are explained',
};

/** Since when a comparison is out of date, as a sentence. */
export function outdatedSentence({ changed }: NonNullable<OutdatedComparison>): string {
  if (changed.length === 0) return 'An older version compared them: it measured other things.';
  const listed = list.format(changed.map((fact) => factWords[fact]));
  return `These were compared before; since then, ${listed} changed.`;
}
