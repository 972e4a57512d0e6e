import type { BatchChoice } from '../../../../src-main/contract/batch-drawing.ts';

/** A setting of how batches are drawn that is a number, as a field shows it. */
interface BatchNumber {
  readonly key: Exclude<keyof BatchChoice, 'batches' | 'groupBy' | 'differentRate'>;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly hint: string;
}

export const batchNumbers: readonly BatchNumber[] = [
  {
    ...{ key: 'groupSize', label: 'Group size', min: 2, max: 256, step: 1 },
    hint: 'K of P × K: so many pictures of one group are in a batch',
  },
  {
    ...{ key: 'proximityCandidates', label: 'Candidates M', min: 2, max: 100_000, step: 1 },
    hint: 'pictures among which the neighbours of each are searched: fewer make them less near, and less often false negatives',
  },
  {
    ...{ key: 'proximityNeighbours', label: 'Neighbours K', min: 1, max: 10_000, step: 1 },
    hint: 'neighbours of each picture in the graph: fewer make harder batches',
  },
  {
    ...{ key: 'restartProbability', label: 'Restart α', min: 0, max: 1, step: 0.01 },
    hint: 'how likely a walk goes back to its start; it falls by 0.02 an epoch, to 0.05',
  },
  {
    ...{ key: 'graphEpochs', label: 'Graph epochs', min: 1, max: 10_000, step: 1 },
    hint: 'after so many epochs the graph is made anew of the last embeddings',
  },
  {
    ...{ key: 'randomEpochs', label: 'Random epochs', min: 0, max: 10_000, step: 1 },
    hint: 'epochs at random before the first graph',
  },
];
