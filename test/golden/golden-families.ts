import { bankLosses } from './bank-losses.ts';
import { fncQueueLosses } from './fnc-queue-losses.ts';
import { furtherLosses } from './further-losses.ts';
import type { GoldenFamily } from './golden-loss.ts';
import { otherLosses } from './other-losses.ts';
import { queueLosses } from './queue-losses.ts';
import { supervisedLoss } from './supervised-loss.ts';
import { twoViewLosses } from './two-view-losses.ts';

/** How each objective that a golden file can name is computed. */
export const goldenFamilies: Readonly<Record<string, GoldenFamily>> = {
  ...twoViewLosses,
  ...queueLosses,
  ...bankLosses,
  ...otherLosses,
  ...fncQueueLosses,
  ...supervisedLoss,
  ...furtherLosses,
};
