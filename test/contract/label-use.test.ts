import { describe, expect, it } from 'vitest';
import { checkLabelUse } from '../../src-main/contract/label-use.ts';
import { parseObjective } from '../../src-main/contract/objectives/parse-objective.ts';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import { pairUses, recordedPairUses } from '../../src-main/contract/pair-use.ts';
import { trainInput } from '../../src-main/contract/runs.ts';
import { trainAgainInput } from '../../src-main/contract/train-again.ts';
import type { VerdictUse } from '../../src-main/contract/verdict-use.ts';

describe('what a training does with labels', () => {
  it('masks those of one label for the presets that verdicts mask', () => {
    const refused = Object.keys(presets).filter((name) => {
      const objective = parseObjective(name, {});
      checkLabelUse({ labels: 'ignore' }, objective);
      try {
        checkLabelUse({ labels: 'mask' }, objective);
        return false;
      } catch (error) {
        expect((error as Error).message).toContain(name);
        return true;
      }
    });
    // SupCon takes them as positives by default.
    expect(refused.sort()).toEqual([
      ...['fnc', 'mochi', 'negcut', 'prototypes', 'sogclr', 'supcon', 'vicreg'],
    ]);
    const beside = parseObjective('negcut', { generatedUse: 'beside' });
    expect(() => checkLabelUse({ labels: 'mask' }, beside)).not.toThrow();
    const byVerdicts = parseObjective('supcon', { positivesFrom: 'verdicts' });
    expect(() => checkLabelUse({ labels: 'mask' }, byVerdicts)).not.toThrow();
  });

  it('names splits only where labels are given', () => {
    const [simclr, supcon] = [parseObjective('simclr', {}), parseObjective('supcon', {})];
    const labelsOf = ['train', 'extra'];
    expect(() => checkLabelUse({ labels: 'ignore', labelsOf }, simclr)).toThrow(
      'Labels of train, extra are named, but this training is given no labels',
    );
    expect(() => checkLabelUse({ labels: 'mask', labelsOf }, simclr)).not.toThrow();
    expect(() => checkLabelUse({ labels: 'ignore', labelsOf }, supcon)).not.toThrow();
    expect(trainInput.safeParse({ labelsOf: [] }).success).toBe(false);
    expect(trainInput.parse({})).toMatchObject({ labels: 'ignore' });
  });

  it('is told of a run by what it recorded, of earlier versions too', () => {
    expect(recordedPairUses({})).toEqual({ verdicts: 'ignore', labels: 'ignore' });
    expect(recordedPairUses({ verdicts: 'attract' })).toEqual({
      ...{ verdicts: 'attract', labels: 'ignore' },
    });
    expect(recordedPairUses({ verdicts: 'mask', positivesFrom: 'labels' })).toEqual({
      ...{ verdicts: 'mask', labels: 'positive' },
    });
    const settings = { positivesFrom: 'both' } as const;
    expect(pairUses({ settings, verdicts: 'ignore', labels: 'ignore' })).toEqual({
      ...{ verdicts: 'positive', labels: 'positive' },
    });
  });
});

describe('a training with SupCon, again with verdicts', () => {
  it.each<[string, VerdictUse, string, VerdictUse]>([
    ['labels', 'ignore', 'labels', 'ignore'],
    ['labels', 'mask', 'labels', 'mask'],
    ['labels', 'attract', 'both', 'ignore'],
    ['both', 'mask', 'labels', 'mask'],
    ['both', 'attract', 'both', 'ignore'],
    ['verdicts', 'attract', 'verdicts', 'ignore'],
  ])(
    'positives from %s, %s: from %s, and verdicts to %s',
    (before, use, positivesFrom, verdicts) => {
      const run = {
        ...{ name: 'labelled', encoder: 'resnet8', objective: 'supcon', device: 'cpu' },
        settings: { positivesFrom: before, labelsOf: ['train'], epochs: 2, batch: 8 },
      };
      expect(trainAgainInput(run, use, 100)).toMatchObject({
        ...{ objective: 'supcon', verdicts, labelsOf: ['train'] },
        settings: { positivesFrom },
      });
    },
  );
});
