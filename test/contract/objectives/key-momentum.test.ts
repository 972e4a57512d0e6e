import { describe, expect, it } from 'vitest';
import { fitObjective } from '../../../src-main/contract/objectives/fit-objective.ts';
import {
  defaultBankMomentum,
  defaultKeyMomentum,
} from '../../../src-main/contract/objectives/key-momentum.ts';

describe('the default momentum of the key encoder', () => {
  it.each([170, 510, 1000, 5000])(
    'leaves 5 %% of the first weights after half of %i steps',
    (steps) => {
      expect(defaultKeyMomentum(steps) ** (steps / 2)).toBeCloseTo(0.05, 2);
    },
  );

  it("is at most MoCo's 0.999, and never below 0", () => {
    expect(defaultKeyMomentum(1_000_000)).toBe(0.999);
    expect(defaultKeyMomentum(Infinity)).toBe(0.999);
    expect(defaultKeyMomentum(1)).toBe(0.05);
    expect(defaultKeyMomentum(0)).toBe(0.05);
  });

  it('follows the steps of a training, and a given value is kept', () => {
    // 30 epochs of 17 steps: 0.05^(2 / 510) = 0.98832.
    const size = { batch: 64, pictures: 1118, epochs: 30 };
    expect(fitObjective('moco', {}, size).settings.keyMomentum).toBe(0.9883);
    const given = { keyMomentum: 0.999 };
    expect(fitObjective('moco', given, size).settings.keyMomentum).toBe(0.999);
  });
});

describe('the default momentum of a memory bank', () => {
  it('moves a row in an epoch as a key encoder would, within the bounds', () => {
    // 10 epochs of 17 steps: (0.05^(2 / 170))^17 = 0.05^(1 / 5) = 0.549.
    expect(defaultBankMomentum(17, 10)).toBe(0.55);
    // 30 epochs: 0.05^(1 / 15) = 0.819.
    expect(defaultBankMomentum(17, 30)).toBe(0.8);
    // 0.999^390 = 0.677: CIFAR in batches of 128, where 0.999 is the most.
    expect(defaultBankMomentum(390, 200)).toBe(0.68);
    expect(defaultBankMomentum(5000, 200)).toBe(0.5);
    expect(defaultBankMomentum(Infinity, 30)).toBe(0.5);
  });

  it('is that of IR and CMC, and a given value is kept', () => {
    const size = { batch: 64, pictures: 1118, epochs: 30 };
    expect(fitObjective('ir', {}, size).settings.bankMomentum).toBe(0.8);
    expect(fitObjective('cmc-ring', {}, size).settings.bankMomentum).toBe(0.8);
    expect(fitObjective('ir', { bankMomentum: 0.5 }, size).settings.bankMomentum).toBe(0.5);
  });
});
