import { describe, expect, it } from 'vitest';
import { parseObjective } from '../../src-main/contract/objectives/parse-objective.ts';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import { trainInput } from '../../src-main/contract/runs.ts';
import { trainAgainInput } from '../../src-main/contract/train-again.ts';
import { checkVerdictUse } from '../../src-main/contract/verdict-use.ts';

describe('what a training does with verdicts', () => {
  it('is one thing, never a mix', () => {
    expect(trainInput.parse({}).verdicts).toBe('ignore');
    for (const mix of ['mask,attract', ['mask', 'attract'], 'both']) {
      const { error } = trainInput.safeParse({ verdicts: mix });
      expect(error?.issues[0]?.message).toContain('a mix of them is not possible');
    }
  });

  it.each([
    ['mask', ['fnc', 'mochi', 'negcut', 'prototypes', 'sogclr', 'vicreg']],
    [
      'attract',
      [
        ...['cmc', 'cmc-nce', 'cmc-ring', 'ir', 'mochi', 'prototypes'],
        ...['sigmoid', 'sogclr', 'supcon', 'vicreg'],
      ],
    ],
  ] as const)('to %s is refused for the presets that it does not reach: %j', (use, unreached) => {
    const refused = Object.keys(presets).filter((name) => {
      const objective = parseObjective(name, {});
      checkVerdictUse('ignore', objective);
      try {
        checkVerdictUse(use, objective);
        return false;
      } catch (error) {
        expect((error as Error).message).toContain(`Verdicts cannot be used with ${name}`);
        return true;
      }
    });
    expect(refused.sort()).toEqual(unreached);
  });

  it('reaches generated negatives where real ones are beside them', () => {
    const objective = parseObjective('negcut', { generatedUse: 'beside' });
    checkVerdictUse('mask', objective);
    checkVerdictUse('attract', objective);
    expect(() => checkVerdictUse('mask', parseObjective('negcut', {}))).toThrow(
      /replace the real ones, .* Set generatedUse to beside, or verdicts to attract or ignore/,
    );
  });

  it('trains again with generated negatives as before, or says what would have to change', () => {
    const settings = { generatedUse: 'replace', generatedNegatives: 14, batch: 8, epochs: 2 };
    const run = {
      ...{ name: 'generating', encoder: 'resnet8', objective: 'negcut', device: 'cpu' },
      settings,
    };
    expect(trainAgainInput(run, 'attract', 100)).toMatchObject({
      ...{ objective: 'negcut', verdicts: 'attract' },
      settings: { generatedUse: 'replace', generatedNegatives: 14 },
    });
    expect(() => trainAgainInput(run, 'mask', 100)).toThrow('Set generatedUse to beside');
    const beside = { ...run, settings: { ...settings, generatedUse: 'beside' } };
    expect(trainAgainInput(beside, 'mask', 100)).toMatchObject({ verdicts: 'mask' });
  });

  it.each(['batch', 'queue', 'bank'])(
    'is what cancellation in the source %s does with the false negatives that it finds',
    (source) => {
      const attracting = parseObjective('fnc', { source });
      const eliminating = parseObjective('fnc', { source, falseAction: 'eliminate' });
      checkVerdictUse('attract', attracting);
      checkVerdictUse('mask', eliminating);
      expect(() => checkVerdictUse('mask', attracting)).toThrow(
        /cannot be used with fnc .*Set falseAction to eliminate, or verdicts to attract or ignore/,
      );
      expect(() => checkVerdictUse('attract', eliminating)).toThrow(/Set falseAction to attract/);
    },
  );
});
