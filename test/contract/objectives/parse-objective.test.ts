import { describe, expect, it } from 'vitest';
import {
  describeObjective,
  objectivePresets,
} from '../../../src-main/contract/objectives/describe-objective.ts';
import type { ObjectiveDescription } from '../../../src-main/contract/objectives/describe-objective.ts';
import {
  parseObjective,
  parseObjectiveSettings,
} from '../../../src-main/contract/objectives/parse-objective.ts';
import {
  checkParts,
  losses,
  selections,
  sources,
} from '../../../src-main/contract/objectives/parts.ts';
import type { ObjectiveParts } from '../../../src-main/contract/objectives/parts.ts';
import { parseObjectivePreset } from '../../../src-main/contract/objectives/presets.ts';
import type { ObjectivePreset } from '../../../src-main/contract/objectives/presets.ts';
import { settingFlag } from '../../../src-main/contract/objectives/setting.ts';
import { refusal } from './refusal.ts';

const presets = Object.entries(objectivePresets) as [ObjectivePreset, ObjectiveDescription][];

describe('objective settings', () => {
  it("fill in the papers' defaults", () => {
    expect(parseObjectiveSettings('simclr', {})).toEqual({ temperature: 0.5 });
    expect(parseObjectiveSettings('debiased', {})).toEqual({ temperature: 0.5, tauPlus: 0.1 });
    expect(parseObjectiveSettings('hard', { beta: 2 })).toEqual({
      temperature: 0.5,
      tauPlus: 0.1,
      beta: 2,
      betaAnneal: 'none',
    });
    expect(parseObjectiveSettings('ring', {})).toEqual({
      temperature: 0.07,
      ringOuter: 0.5,
      ringInner: 0.1,
      ringDynamicInner: true,
      ringAnneal: 'none',
      ringAnnealEpochs: 100,
    });
    expect(parseObjectiveSettings('moco-ring', {})).toEqual({
      queueSize: 4096,
      keyMomentum: 0.999,
      batchNormSplits: 8,
      temperature: 0.07,
      ringOuter: 0.1,
      ringInner: 0.1,
      ringDynamicInner: true,
      ringAnneal: 'none',
      ringAnnealEpochs: 100,
    });
  });

  it.each([
    ['simclr', { temperature: 0 }, 'temperature must be a number greater than 0.'],
    ['simclr', { temperature: NaN }, 'temperature must be a number greater than 0.'],
    ['debiased', { tauPlus: 1 }, 'tauPlus must be a number at least 0 and less than 1.'],
    ['debiased', { tauPlus: -0.1 }, 'tauPlus must be a number at least 0 and less than 1.'],
    ['hard', { beta: -1 }, 'beta must be a number at least 0.'],
    ['hard', { beta: '1' }, 'beta must be a number at least 0.'],
    ['ring', { ringOuter: 1.5 }, 'ringOuter must be a number greater than 0 and at most 1.'],
    ['ring', { ringDynamicInner: 1 }, 'ringDynamicInner must be true or false.'],
  ])('refuse for %s %o', (preset, values, sentence) => {
    expect(refusal(() => parseObjectiveSettings(preset, values))).toBe(sentence);
  });

  it('suggest the nearest name for an unknown one', () => {
    expect(refusal(() => parseObjectivePreset('debaised'))).toContain('did you mean "debiased"?');
    expect(refusal(() => parseObjectivePreset('simCLR'))).toContain('did you mean "simclr"?');
    const misspelt = refusal(() => parseObjectiveSettings('hard', { tau_plus: 0.1 }));
    expect(misspelt).toContain('hard has no setting "tau_plus"; did you mean "tauPlus"?');
    const foreign = refusal(() => parseObjectiveSettings('simclr', { beta: 1 }));
    expect(foreign).toContain('simclr has no setting "beta"; "beta" is a setting of hard.');
  });

  it.each(presets)('of %s accept their own defaults and the ends of their sliders', (preset) => {
    for (const setting of objectivePresets[preset].settings) {
      if (setting.kind !== 'number') continue;
      for (const value of [setting.default, setting.min, setting.max]) {
        const parsed = parseObjectiveSettings(preset, { [setting.key]: value });
        expect(parsed[setting.key]).toBe(value);
      }
    }
  });

  it('take the parts that are given instead of the preset’s, and their settings', () => {
    const objective = parseObjective('moco', { selection: 'hard', beta: 2 });
    expect(objective).toMatchObject({ preset: 'moco', source: 'queue', selection: 'hard' });
    expect(objective.settings).toMatchObject({ beta: 2, tauPlus: 0.1, queueSize: 4096 });
    expect(parseObjectiveSettings('simclr', { selection: 'ring' }).ringOuter).toBe(0.5);
    expect(refusal(() => parseObjective('moco', { selection: 'hard', ringOuter: 1 }))).toContain(
      'moco has no setting "ringOuter"',
    );
    expect(refusal(() => parseObjective('moco', { source: 'que' }))).toContain(
      'source cannot be "que"; did you mean "queue"?',
    );
    expect(refusal(() => parseObjective('hard', { betaAnneal: 'up' }))).toContain(
      'betaAnneal cannot be "up"',
    );
  });

  it.each([
    [{ source: 'batch', selection: 'all', loss: 'binary-nce' }, 'needs the noise draws'],
    [{ source: 'bank', selection: 'ring', loss: 'binary-nce' }, 'judges each draw by itself'],
    [{ source: 'batch', selection: 'mixing', loss: 'info-nce' }, 'choose the source queue'],
    [{ source: 'bank', selection: 'generation', loss: 'info-nce' }, 'the source batch or queue'],
    [{ source: 'batch', selection: 'generation', loss: 'sigmoid' }, 'weighed by "generation"'],
    [
      { source: 'two-banks', selection: 'cancellation', loss: 'info-nce' },
      'choose the source batch, queue or bank',
    ],
    [{ source: 'prototypes', selection: 'cancellation', loss: 'info-nce' }, 'prototypes are none'],
    [{ source: 'queue', selection: 'cancellation', loss: 'decoupled' }, 'needs the loss info-nce'],
    [{ source: 'prototypes', selection: 'ring', loss: 'info-nce' }, 'cut whole clusters off'],
    [{ source: 'queue', selection: 'all', loss: 'global' }, 'averages the denominators of a batch'],
    [{ source: 'batch', selection: 'hard', loss: 'vicreg' }, 'no negatives to choose among'],
    [{ source: 'batch', selection: 'hard', loss: 'sigmoid' }, 'judges each pair by itself'],
    [{ source: 'prototypes', selection: 'all', loss: 'sigmoid' }, 'compares pictures'],
    [{ source: 'batch', selection: 'cancellation', loss: 'decoupled' }, 'needs the loss info-nce'],
  ] as [ObjectiveParts, string][])('refuse the parts %o', (parts, sentence) => {
    expect(refusal(() => checkParts(parts))).toContain(sentence);
  });

  it('go together in as many ways as make sense', () => {
    const allowed = Object.keys(sources).flatMap((source) =>
      Object.keys(selections).flatMap((selection) =>
        Object.keys(losses).filter((loss) => {
          try {
            checkParts({ source, selection, loss } as ObjectiveParts);
            return true;
          } catch {
            return false;
          }
        }),
      ),
    );
    // InfoNCE: batch 9, queue 10, bank 8, two banks 7, prototypes 4; decoupled: none of the 3 cancellations.
    const infoNce = 9 + 10 + 8 + 7 + 4;
    // The sigmoid: all, ring and ball of four sources; binary NCE: two banks; global, SupCon and VICReg: the batch.
    expect(allowed).toHaveLength(infoNce + (infoNce - 3) + 4 * 3 + 2 + 3);
    for (const [name] of presets) expect(() => checkParts(describeObjective(name))).not.toThrow();
  });

  it('are options on a command line', () => {
    expect(settingFlag('temperature')).toBe('temperature');
    expect(settingFlag('ringDynamicInner')).toBe('ring-dynamic-inner');
  });
});
