import type { QueueOrder } from '../../../../src-main/contract/verdict-queue.ts';

/** The orders of the review queue as they are offered, each with what it is for. */
export const queueOrders: readonly {
  readonly value: QueueOrder;
  readonly label: string;
  readonly hint: string;
}[] = [
  {
    value: 'matter',
    label: 'What it would change',
    hint: 'Share of the gradient × suspicion: where a verdict matters most',
  },
  {
    value: 'agreement',
    label: 'Agreement of runs',
    hint: 'Pairs first that most runs have among each other’s nearest',
  },
  {
    value: 'disagreement',
    label: 'Disagreement of runs',
    hint: 'Pairs first that half of the runs have among each other’s nearest, and half do not',
  },
  {
    value: 'label-errors',
    label: 'Likely label errors',
    hint: 'Pictures whose nearest vote for another label, with the nearest picture of that label',
  },
  { value: 'random', label: 'Random', hint: 'Every pair as likely: gives the estimated rate' },
  {
    value: 'push',
    label: 'Drawn by push',
    hint: 'As likely as their share of the push: gives the share of it that is false',
  },
  {
    value: 'links',
    label: 'Weakest links',
    hint: 'Judged the same, and alone in holding a group together: one that is wrong does most harm',
  },
];
