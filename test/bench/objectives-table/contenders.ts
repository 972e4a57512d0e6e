import type { SettingValues } from '../../../src-main/contract/runs.ts';

/** An objective with the settings that it is measured at; what is left out is the paper's. */
export interface Contender {
  readonly name: string;
  readonly objective: string;
  readonly settings: SettingValues;
}

/** The objectives whose order the papers claim, as HCL's and Ring's tables have them. */
export function contenders(epochs: number): readonly Contender[] {
  const hard = (beta: number): Contender => ({
    name: `hard-${beta}`,
    objective: 'hard',
    settings: { beta },
  });
  return [
    { name: 'simclr', objective: 'simclr', settings: {} },
    { name: 'debiased', objective: 'debiased', settings: {} },
    hard(0.5),
    hard(1),
    hard(2),
    { name: 'ring', objective: 'ring', settings: {} },
    {
      name: 'ring-annealed',
      objective: 'ring',
      settings: { ringAnneal: 'linear', ringAnnealEpochs: Math.max(1, Math.floor(epochs / 2)) },
    },
    // Ring's own temperature is a tenth of the others': what is its doing, and what is the ring's?
    { name: 'simclr-0.07', objective: 'simclr', settings: { temperature: 0.07 } },
  ];
}
