import { describe, expect, it } from 'vitest';
import {
  augmentationPresets,
  augmentationTable,
  resolveAugmentation,
} from '../../src-main/contract/augmentations.ts';
import type { AugmentationKey, AugmentationPreset } from '../../src-main/contract/augmentations.ts';

const presets = Object.keys(augmentationPresets) as AugmentationPreset[];

describe('the numbers of an augmentation', () => {
  it.each(presets)('are in range in the preset %s', (preset) => {
    const { settings } = augmentationPresets[preset];
    expect(resolveAugmentation(preset, settings)).toEqual(settings);
  });

  it('can all be set one by one, and nothing else changes', () => {
    for (const key of Object.keys(augmentationTable) as AugmentationKey[]) {
      const value = key === 'cropScaleMax' || key === 'cropRatioMax' ? 1 : 0.15;
      const expected = { ...augmentationPresets.hcl.settings, [key]: value };
      expect(resolveAugmentation('hcl', { [key]: value })).toEqual(expected);
    }
  });

  it.each<[Record<string, number>, RegExp]>([
    [{ brightnes: 0.1 }, /no number "brightnes".*did you mean "brightness"/],
    [{ hue: 0.6 }, /hue must be a number at least 0 and at most 0\.5/],
    [{ cropScaleMin: 0 }, /cropScaleMin must be a number greater than 0/],
    [{ flipProbability: 1.5 }, /flipProbability/],
    [{ contrast: Number.NaN }, /contrast/],
    [{ cropScaleMin: 0.9, cropScaleMax: 0.5 }, /cropScaleMin is 0\.9, more than cropScaleMax/],
    [{ blurSigmaMin: 3 }, /blurSigmaMin is 3, more than blurSigmaMax, which is 2/],
  ])('are refused when they cannot be: %j', (overrides, sentence) => {
    expect(() => resolveAugmentation('simclr', overrides)).toThrow(sentence);
  });

  it("are the papers'", () => {
    expect(augmentationPresets.simclr.settings).toMatchObject({
      cropScaleMin: 0.08,
      brightness: 0.4,
      hue: 0.1,
      jitterProbability: 0.8,
      blurProbability: 0,
    });
    expect(augmentationPresets['moco-v1'].settings).toMatchObject({
      cropScaleMin: 0.2,
      jitterProbability: 1,
      hue: 0.4,
      grayscaleProbability: 0.2,
      blurProbability: 0,
    });
    expect(augmentationPresets['ir-cifar'].settings.flipProbability).toBe(0);
    expect(augmentationPresets.hcl.settings.blurProbability).toBe(0.5);
  });
});
