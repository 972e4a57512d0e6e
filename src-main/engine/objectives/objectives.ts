import type { ObjectivePreset } from '../../contract/objective-settings.ts';
import { debiased } from './debiased.ts';
import { hard } from './hard.ts';
import { ntXent } from './nt-xent.ts';
import type { Objective } from './objective.ts';
import { ring } from './ring.ts';

/** The loss of each preset. */
export const objectives: Readonly<Record<ObjectivePreset, Objective>> = {
  simclr: ntXent,
  debiased,
  hard,
  ring,
};
