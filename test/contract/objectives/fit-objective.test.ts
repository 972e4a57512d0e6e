import { describe, expect, it } from 'vitest';
import { fitObjective, negativesOf } from '../../../src-main/contract/objectives/fit-objective.ts';
import { refusal } from './refusal.ts';

const size = { batch: 64, pictures: 1000 };

describe('an objective for a batch and a library', () => {
  it('has defaults that fit', () => {
    expect(fitObjective('moco', {}, size).settings.queueSize).toBe(960);
    expect(fitObjective('moco', {}, { batch: 64, pictures: 50_000 }).settings.queueSize).toBe(4096);
    expect(fitObjective('moco', {}, { batch: 64, pictures: 64 }).settings.queueSize).toBe(64);
    expect(fitObjective('mochi', {}, size).settings.mixHardest).toBe(960);
    expect(fitObjective('ir', {}, size).settings.nceK).toBe(1000);
    expect(fitObjective('prototypes', {}, { batch: 8, pictures: 60 }).settings.prototypes).toBe(15);
  });

  it('keeps what was given', () => {
    expect(fitObjective('moco', { queueSize: 2048 }, size).settings.queueSize).toBe(2048);
    expect(fitObjective('ir', { nceK: 0 }, size).settings.nceK).toBe(0);
  });

  it.each([
    [3000, 3008, 16],
    [3000, 3008, 64],
    [10, 64, 64],
  ])(
    'refuses a queue of %i with the nearest, %i, that a batch of %i divides',
    (given, near, batch) => {
      const sentence = refusal(() =>
        fitObjective('moco', { queueSize: given }, { ...size, batch }),
      );
      expect(sentence).toContain(`the nearest queueSize is ${near}`);
    },
  );

  it('refuses more draws or prototypes than there are pictures', () => {
    expect(refusal(() => fitObjective('ir', { nceK: 4096 }, size))).toBe(
      'nceK cannot be 4096: the library has only 1000 pictures, so there are no more rows; take at most 1000.',
    );
    expect(refusal(() => fitObjective('prototypes', { prototypes: 1001 }, size))).toContain(
      'take at most 1000',
    );
  });

  it('refuses to mix more keys than the queue has', () => {
    const given = { queueSize: 512, mixHardest: 600 };
    expect(refusal(() => fitObjective('mochi', given, size))).toContain('take at most 512');
  });

  it('refuses an empty ring, with how many negatives there are and what would help', () => {
    const tight = { ringOuter: 0.01 };
    expect(refusal(() => fitObjective('ring', tight, { batch: 8, pictures: 100 }))).toBe(
      'The ring has no negative in it: of 14 negatives the outer cut keeps the 0 most similar and the inner cut leaves out 0; a larger ringOuter, a smaller ringInner or a larger batch would help.',
    );
    expect(refusal(() => fitObjective('moco-ring', tight, { batch: 8, pictures: 64 }))).toContain(
      'a larger queueSize would help',
    );
  });

  it('refuses a batch of one', () => {
    expect(refusal(() => fitObjective('simclr', {}, { batch: 1, pictures: 9 }))).toBe(
      'A batch of one has no negatives; take at least 2 pictures.',
    );
  });

  it('counts the negatives of an anchor', () => {
    const count = (name: string): number => negativesOf(fitObjective(name, {}, size), size);
    expect([count('simclr'), count('moco'), count('ir-ring'), count('prototypes')]).toEqual([
      126, 960, 999, 99,
    ]);
  });
});
