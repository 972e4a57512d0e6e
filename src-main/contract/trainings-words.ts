import type { Comparison } from './comparison.ts';
import type { TrainingsComparison } from './trainings-comparison.ts';

/** Fewest seeds of each of two trainings with which an exact test can give p below 5 %. */
const seedsForExactTest = 4;

/** What the numbers of a comparison are about, and by what they are tested, in sentences. */
export function trainingsWords({ trainings }: Pick<Comparison, 'trainings'>): string[] {
  const { a, b } = trainings;
  const isWhole = a.isWhole || b.isWhole;
  const about = isWhole
    ? `Intervals and p are about the trainings, over their seeds. Shown are ${a.shown} and ${b.shown}, one seed of each.`
    : 'Intervals are about these two networks on these pictures. They do not say what another seed would give.';
  return [about, methodWords(trainings), exactWords(trainings)].filter((text) => text !== '');
}

function methodWords({ method, a, b, spreadOf }: TrainingsComparison): string {
  switch (method) {
    case 'seeds':
      return `p is about the trainings: ${seedsOf(a)} against ${seedsOf(b)}, by the t test.`;
    case 'one-run':
      return `p is about the trainings: ${seedsOf(a)} against ${seedsOf(b)}; the single run is given the spread of the other side’s seeds (t test).`;
    case 'borrowed':
      return `p is about the trainings: one run each, with the spread between the seeds of ${spreadOf}, of the same encoder and pictures (t test).`;
    case 'same-training':
      return 'Both runs differ by their seed alone: what differs between them is chance, so there is no p.';
    case 'unknown':
      return 'What another seed alone would change is unknown, so there is no p. Train each with 3 seeds to know.';
  }
}

function exactWords({ scores, a, b }: TrainingsComparison): string {
  const exact = scores.find((score) => score.exact !== null)?.exact;
  if (!exact || exact.smallest <= 0.05) return '';
  const least = exact.smallest.toFixed(2).replace(/^0/, '');
  return `An exact permutation test of ${a.runs.length} against ${b.runs.length} cannot go below p = ${least}; it takes ${seedsForExactTest} seeds of each.`;
}

function seedsOf({ name, runs }: TrainingsComparison['a']): string {
  return runs.length === 1 ? name : `${runs.length} seeds of ${name}`;
}

/** What two seeds of a training have in common, beside what two runs have. */
export function seedOverlapWords({ trainings }: Pick<Comparison, 'trainings'>): string {
  const { overlap, a, b } = trainings;
  if (overlap === null) return '';
  const isSameSeed = a.seed !== null && a.seed === b.seed;
  const alike = isSameSeed
    ? ` ${a.shown} and ${b.shown} have the same seed and begin alike, so they may overlap more.`
    : '';
  return `Between two seeds of ${overlap.of}: overlap ${overlap.neighbourOverlap.toFixed(3)}, rank-biased overlap ${overlap.rankBiasedOverlap.toFixed(3)}.${alike}`;
}

/** What a list of what changed says of other seeds. */
export function seedNullWords({ trainings }: Pick<Comparison, 'trainings'>): string {
  return trainings.overlap === null
    ? 'What another seed alone would change here is unknown.'
    : `Marked: changed more than between two seeds of ${trainings.overlap.of}, at a false discovery rate of 5 %.`;
}

/** Whether something changed more than another seed changes it, at a false discovery rate of 5 %. */
export function isBeyondSeeds({ q }: { readonly q: number | null }): boolean {
  return q !== null && q < 0.05;
}
