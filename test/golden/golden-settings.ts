import type { BatchPreset } from '../engine/losses/eager-objective.ts';
import type { GoldenCase } from './golden-cases.ts';

/** Our preset for the objective that a golden file names. */
export const presetOfObjective: Readonly<Record<string, BatchPreset>> = {
  ntxent: 'simclr',
  debiased: 'debiased',
  hard: 'hard',
  ring_ntxent: 'ring',
};

const keyOfParameter: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  tau_plus: 'tauPlus',
  beta: 'beta',
  thres_outer: 'ringOuter',
  thres_inner: 'ringInner',
  dynamic_inner: 'ringDynamicInner',
};

/** Whether a preset computes this case, or only a switch of the official class that none of them has. */
export function isOfPreset({ params }: GoldenCase): boolean {
  return params['self_negative'] !== false && params['neighbor_views'] !== true;
}

/** Our settings by their keys, from the parameters as the file names them. */
export function settingsOf(golden: GoldenCase): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(golden.params).flatMap(([name, value]) => {
      const key = keyOfParameter[name];
      return key === undefined ? [] : [[key, value]];
    }),
  );
}
