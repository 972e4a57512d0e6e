import { defaultHardShare } from './bins.ts';
import type { NumberSetting } from './objectives/setting.ts';

/** The part of the push that the hard negatives take together, as a knob and an option. */
export const hardShareSetting: NumberSetting = {
  kind: 'number',
  symbol: 'Σγ',
  label: 'Hard share',
  sentence:
    'How much of all that is pushed the hard negatives take together, most pushed first; it moves bins and nothing of the loss.',
  default: defaultHardShare,
  ...{ min: 0.05, max: 0.95, step: 0.05 },
  valid: { atLeast: 0, atMost: 1 },
};
