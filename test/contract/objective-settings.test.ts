import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src-main/contract/errors.ts';
import {
  objectivePresets,
  parseObjectivePreset,
  parseObjectiveSettings,
  settingFlag,
} from '../../src-main/contract/objective-settings.ts';
import type {
  ObjectiveDescription,
  ObjectivePreset,
} from '../../src-main/contract/objective-settings.ts';

function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'bad-argument') return error.message;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

const presets = Object.entries(objectivePresets) as [ObjectivePreset, ObjectiveDescription][];

describe('objective settings', () => {
  it("fill in the papers' defaults", () => {
    expect(parseObjectiveSettings('simclr', {})).toEqual({ temperature: 0.5 });
    expect(parseObjectiveSettings('debiased', {})).toEqual({ temperature: 0.5, tauPlus: 0.1 });
    expect(parseObjectiveSettings('hard', { beta: 2 })).toEqual({
      temperature: 0.5,
      tauPlus: 0.1,
      beta: 2,
    });
    expect(parseObjectiveSettings('ring', {})).toEqual({
      temperature: 0.07,
      ringOuter: 0.5,
      ringInner: 0.1,
      ringDynamicInner: true,
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
    expect(foreign).toContain('simclr has no setting "beta"');
  });

  it.each(presets)('of %s accept their own defaults and the ends of their sliders', (preset) => {
    for (const setting of objectivePresets[preset].settings) {
      if (setting.kind === 'switch') continue;
      for (const value of [setting.default, setting.min, setting.max]) {
        const parsed = parseObjectiveSettings(preset, { [setting.key]: value });
        expect(parsed[setting.key]).toBe(value);
      }
    }
  });

  it('are options on a command line', () => {
    expect(settingFlag('temperature')).toBe('temperature');
    expect(settingFlag('ringDynamicInner')).toBe('ring-dynamic-inner');
  });
});
