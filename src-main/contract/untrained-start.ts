import { takesFeatures } from './encoder-kinds.ts';
import { formatPercent } from './percent.ts';
import type { RunHistory, RunSummary } from './runs.ts';

/** The epoch under which the scores of the encoder before its first step are recorded. */
export const untrainedEpoch = 0;

/**
 * That the kNN accuracy of the last scored epoch is below that before the first step, on the same
 * pictures: "below the untrained encoder's 28.4 %"; empty where it is not, or one of them is not known.
 */
export function belowUntrainedWords(
  { encoder }: Pick<RunSummary, 'encoder'>,
  { epochMetrics }: Pick<RunHistory, 'epochMetrics'>,
): string {
  const scored = epochMetrics.filter(({ name }) => name === 'knn');
  const start = scored.find(({ epoch }) => epoch === untrainedEpoch);
  const end = scored.reduce((last, row) => (row.epoch > last.epoch ? row : last), {
    ...{ epoch: untrainedEpoch, value: Infinity },
  });
  if (start === undefined || end.value >= start.value) return '';
  const percent = formatPercent(start.value);
  // What a head or an adapter is put on was trained before.
  return takesFeatures(encoder)
    ? `below the ${percent} before the training`
    : `below the untrained encoder’s ${percent}`;
}
