import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { GeneratedNegatives } from '../../../../src-main/contract/generated-negatives.ts';
import { AnchorGeneratedState } from '../../../../src-renderer/app/anchor/anchor-generated.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { runOf } from '../../run-of.ts';

const made: GeneratedNegatives = {
  anchor: { id: 1, hash: 'hash1', path: '1.png', label: null },
  ...{ perPicture: 62, pictures: 95, meanSimilarity: 0.5, nearestSimilarity: 0.75 },
  ...{ diversity: 0.1, similarity: Float32Array.of(0.5), ids: Uint32Array.of(2) },
  ...{ similarityToPicture: Float32Array.of(0.25), harder: Uint32Array.of(3) },
};
const generating = runOf(4, { objective: 'negcut' });

let answer: () => GeneratedNegatives;
let client: AnsweringClient;
let generated: AnchorGeneratedState;
beforeEach(async () => {
  answer = () => made;
  client = new AnsweringClient({ 'anchor.generated': () => answer() });
  generated = new AnchorGeneratedState(await connectionTo(client));
});

const shown = (): unknown[] => [generated.current, generated.problem];

describe('an anchor’s generated negatives', () => {
  it('are made by the generator of the run', async () => {
    await generated.make(generating, 'hash1');
    expect(shown()).toEqual([made, '']);
    expect(client.inputsOf('anchor.generated')).toEqual([{ run: 4, anchor: 'hash1' }]);
  });

  it('are not asked for where the training made none', async () => {
    await generated.make(generating, 'hash1');
    await generated.make(runOf(5, { objective: 'simclr' }), 'hash1');
    expect(shown()).toEqual([null, '']);
    await generated.make(runOf(6, { objective: null }), 'hash1');
    expect(client.inputsOf('anchor.generated')).toHaveLength(1);
    const chosen = { objective: 'simclr', settings: { selection: 'generation' } };
    await generated.make(runOf(7, chosen), 'hash1');
    expect(shown()).toEqual([made, '']);
  });

  it('say in a sentence why there are none, and pass other errors on', async () => {
    answer = () => {
      throw new EngineError('not-found', 'The generator is not stored.');
    };
    await generated.make(generating, 'hash1');
    expect(shown()).toEqual([null, 'The generator is not stored.']);
    answer = () => {
      throw new EngineError('internal', 'It broke.');
    };
    await expect(generated.make(generating, 'hash1')).rejects.toThrow('It broke.');
  });
});
