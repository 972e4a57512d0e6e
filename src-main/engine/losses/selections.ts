import type { SelectionName } from '../../contract/objectives/parts.ts';
import { allNegatives } from './all-negatives.ts';
import { debiased } from './debiased.ts';
import { hard } from './hard.ts';
import { ball, cave, ring } from './ring.ts';
import type { Selection } from './selection.ts';

/** The selections that need no more than the similarities. */
export const selections = {
  all: allNegatives,
  debiased,
  hard,
  ring,
  ball,
  cave,
} as const satisfies Partial<Record<SelectionName, Selection>>;
