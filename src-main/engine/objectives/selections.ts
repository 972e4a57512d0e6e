import type { ObjectivePreset } from '../../contract/objective-settings.ts';
import { allNegatives } from './all-negatives.ts';
import { debiased } from './debiased.ts';
import { hard } from './hard.ts';
import { ring } from './ring.ts';
import type { Selection } from './selection.ts';

/** The selection of each preset. */
export const selections: Readonly<Record<ObjectivePreset, Selection>> = {
  simclr: allNegatives,
  debiased,
  hard,
  ring,
};
