import { describe, expect, it } from 'vitest';
import { fitObjective, negativesOf } from '../../../src-main/contract/objectives/fit-objective.ts';
import type { ObjectiveSettings } from '../../../src-main/contract/objectives/settings-table.ts';
import { refusal } from './refusal.ts';

const size = { batch: 64, pictures: 1000, epochs: 30 };
const small = { batch: 8, pictures: 100, epochs: 30 };

describe('an objective for a batch and a library', () => {
  it('has sources of at most a quarter of the library, of one batch at least', () => {
    expect(fitObjective('moco', {}, size).settings.queueSize).toBe(192);
    expect(fitObjective('moco', {}, { ...size, pictures: 50_000 }).settings.queueSize).toBe(4096);
    expect(fitObjective('moco', {}, { ...size, pictures: 64 }).settings.queueSize).toBe(64);
    expect(fitObjective('ir', {}, size).settings.nceK).toBe(250);
    expect(fitObjective('ir', {}, { ...small, pictures: 3 }).settings.nceK).toBe(1);
    expect(fitObjective('prototypes', {}, { ...small, pictures: 60 }).settings.prototypes).toBe(15);
  });

  it('mixes the hardest quarter of the queue, in the proportions of the paper', () => {
    const mixed = ({ mixHardest, mixPairs, mixQueries }: ObjectiveSettings) => [
      mixHardest,
      mixPairs,
      mixQueries,
    ];
    expect(mixed(fitObjective('mochi', {}, size).settings)).toEqual([48, 24, 12]);
    const large = { ...size, pictures: 50_000 };
    expect(mixed(fitObjective('mochi', {}, large).settings)).toEqual([1024, 512, 256]);
    const given = { mixHardest: 10, mixPairs: 100 };
    expect(mixed(fitObjective('mochi', given, size).settings)).toEqual([10, 100, 2]);
  });

  it('generates an even number of negatives, at most as many as there are real ones', () => {
    const generated = (
      given: ObjectiveSettings & { source?: string },
      of: typeof size,
    ): number | undefined => fitObjective('negcut', { ...given }, of).settings.generatedNegatives;
    // 2 (B - 1) negatives in a batch.
    expect([generated({}, size), generated({}, { ...size, batch: 256 })]).toEqual([126, 256]);
    expect(generated({}, { ...size, batch: 2 })).toBe(2);
    const inQueue = { source: 'queue', queueSize: 99 };
    expect(generated(inQueue, { ...size, batch: 9 })).toBe(98);
    expect(generated({ generatedNegatives: 300 }, size)).toBe(300);
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

  it('splits batch norm into at most 8 equal parts of at least 8 pictures', () => {
    const splits = (batch: number, given: object = {}) =>
      fitObjective('moco', { ...given }, { ...size, batch }).settings.batchNormSplits;
    expect([512, 64, 63, 48, 40, 24, 20, 15].map((batch) => splits(batch))).toEqual([
      8, 8, 7, 6, 5, 3, 2, 1,
    ]);
    expect(splits(64, { batchNormSplits: 32 })).toBe(32);
    expect(splits(64, { batchNormSplits: 1 })).toBe(1);
  });

  it('refuses splits that are unequal or of one picture, with those that can be', () => {
    const refused = (batchNormSplits: number) =>
      refusal(() => fitObjective('moco', { batchNormSplits }, { ...size, batch: 12 }));
    const sentence =
      'batchNormSplits cannot be 5: a batch of 12 is split into equal parts of at least 2 pictures; take 1, 2, 3, 4, 6.';
    expect(refused(5)).toBe(sentence);
    expect(refused(12)).toBe(sentence.replace('be 5', 'be 12'));
  });

  it('refuses to mix more keys than the queue has', () => {
    const given = { queueSize: 512, mixHardest: 600 };
    expect(refusal(() => fitObjective('mochi', given, size))).toContain('take at most 512');
  });

  it('refuses an empty ring, with how many negatives there are and what would help', () => {
    const tight = { ringOuter: 0.01 };
    expect(refusal(() => fitObjective('ring', tight, small))).toBe(
      'The ring has no negative in it: of 14 negatives the outer cut keeps the 0 most similar and the inner cut leaves out 0; a larger ringOuter, a smaller ringInner or a larger batch would help.',
    );
    expect(refusal(() => fitObjective('moco-ring', tight, { ...small, pictures: 64 }))).toContain(
      'a larger queueSize would help',
    );
  });

  it('refuses a batch of one', () => {
    expect(refusal(() => fitObjective('simclr', {}, { ...small, batch: 1, pictures: 9 }))).toBe(
      'A batch of one has no negatives; take at least 2 pictures.',
    );
  });

  it('counts the negatives of an anchor', () => {
    const count = (name: string): number => negativesOf(fitObjective(name, {}, size), size);
    expect([count('simclr'), count('moco'), count('ir-ring'), count('prototypes')]).toEqual([
      126, 192, 999, 99,
    ]);
  });
});
