import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import { ExplanationState } from '../../../../src-renderer/app/anchor/explanation.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';
import { calibratedBasis, explanationOf } from '../../explanation-of.ts';

describe('the explanation of an anchor, by a real engine', () => {
  let engine: EmojiEngine;
  let explanation: ExplanationState;
  let anchor: string;
  beforeAll(async () => {
    engine = await openEmojiEngine();
    const { hashes } = await engine.client.call('library.samples', {});
    anchor = hashes[40]!;
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    explanation = new ExplanationState(engine.connection);
    await explanation.explain(pixelRun, anchor);
  });

  it('has every other picture, the nearest first as the search for neighbours finds them', () => {
    expect(explanation.current).toMatchObject({ candidates: 95, anchor: { hash: anchor } });
    expect(explanation.run).toBe(pixelRun);
    expect(explanation.neighbours?.ids).toHaveLength(12);
    expect([...explanation.neighbours!.ids]).toEqual([...explanation.current!.ids.slice(0, 12)]);
    expect([explanation.isBusy, explanation.epochs]).toEqual([false, []]);
  });

  it('follows the knobs that are turned, and the run’s own where none is', async () => {
    const own = explanation.current!.parameters.temperature;
    expect(explanation.isChanged).toBe(false);
    await explanation.turn({ temperature: 0.05 });
    await explanation.turn({ positiveSimilarity: 0.3 });
    expect(explanation.isChanged).toBe(true);
    expect(explanation.current!.parameters.temperature).toBe(0.05);
    expect(explanation.current!.positiveSimilarity).toBeCloseTo(0.3);
    await explanation.resetKnobs();
    expect(explanation.isChanged).toBe(false);
    expect(explanation.current!.parameters.temperature).toBe(own);
  });

  it('of a batch has its seed, and the same one for the same seed', async () => {
    explanation.candidateSet = 'batch';
    await explanation.drawBatch(5);
    const first = [...explanation.current!.ids];
    expect(explanation.current!.batch?.seed).toBe(5);
    await explanation.drawBatch(6);
    expect([...explanation.current!.ids]).not.toEqual(first);
    await explanation.drawBatch(5);
    expect([...explanation.current!.ids]).toEqual(first);
  });

  it('says why there is none, keeps the one before, and is not busy any more', async () => {
    await expect(explanation.explain(99, anchor)).rejects.toMatchObject({ code: 'not-found' });
    expect([explanation.run, explanation.isBusy]).toEqual([pixelRun, false]);
  });
});

/** What is answered before the suspicions are calibrated. */
function pendingOf(id: number): Explanation {
  return explanationOf(id, [], { posteriorBasis: { ...calibratedBasis, kind: 'pending' } });
}

describe('the explanation, with a client that answers when the test says so', () => {
  let answers: PromiseWithResolvers<Explanation>[];
  let client: AnsweringClient;
  let explanation: ExplanationState;
  beforeEach(async () => {
    answers = [];
    client = new AnsweringClient({
      'anchor.negatives': () => {
        answers.push(Promise.withResolvers());
        return answers.at(-1)!.promise;
      },
      'anchor.neighbours': () => ({
        ...{ anchor: explanationOf(1, []).anchor, ids: new Uint32Array() },
        similarities: new Float32Array(),
      }),
      'runs.embeddedEpochs': ({ run }) => (run === 1 ? [5, 10] : []),
    });
    explanation = new ExplanationState(await connectionTo(client));
  });

  /** Explains an anchor of run 1 to the end. */
  async function explained(id: number): Promise<void> {
    const done = explanation.explain(1, `hash${id}`);
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    answers.at(-1)!.resolve(explanationOf(id, []));
    await done;
  }

  it('is that of the anchor chosen last, whatever is answered before', async () => {
    void explanation.explain(1, 'hash1');
    void explanation.explain(1, 'hash2');
    const last = explanation.explain(1, 'hash3');
    expect(explanation.isBusy).toBe(true);
    await expect.poll(() => answers.length).toBe(1);
    answers[0]!.resolve(explanationOf(1, []));
    await expect.poll(() => answers.length).toBe(2);
    expect(explanation.current).toBeNull();
    answers[1]!.resolve(explanationOf(3, []));
    await last;
    expect(explanation.current!.anchor.id).toBe(3);
    expect(client.inputsOf('anchor.negatives')).toMatchObject([
      ...[{ anchor: 'hash1' }, { anchor: 'hash3' }],
    ]);
  });

  it('does not come back late after it was cleared', async () => {
    const asked = explanation.explain(1, 'hash1');
    await expect.poll(() => answers.length).toBe(1);
    explanation.clear();
    answers[0]!.resolve(explanationOf(1, []));
    await asked;
    expect([explanation.current, explanation.run, explanation.neighbours]).toEqual([
      ...[null, null, null],
    ]);
    expect(explanation.epochs).toEqual([]);
  });

  it('is cleared with its epoch and its run', async () => {
    await explanation.recallEpoch(1, 10);
    await explained(1);
    explanation.clear();
    const { current, neighbours, run, epoch, epochs } = explanation;
    expect([current, neighbours, run, epoch, epochs]).toEqual([null, null, null, null, []]);
  });

  it('is in the epoch that was scrubbed to, until another run is looked at', async () => {
    await explained(1);
    expect(explanation.epochs).toEqual([5, 10]);
    const scrubbed = explanation.scrubTo(5);
    answers.at(-1)!.resolve(explanationOf(1, []));
    await expect.poll(() => answers.length).toBe(2);
    answers[1]!.resolve(explanationOf(1, []));
    await scrubbed;
    expect(client.inputsOf('anchor.negatives').at(-1)).toMatchObject({ run: 1, epoch: 5 });
    expect(client.inputsOf('anchor.neighbours').at(-1)).toMatchObject({ run: 1, epoch: 5, k: 12 });
    void explanation.explain(2, 'hash1').catch(() => undefined);
    expect(explanation.epoch).toBeNull();
    await expect.poll(() => answers.length).toBe(3);
    expect(client.inputsOf('anchor.negatives').at(-1)).not.toHaveProperty('epoch');
  });

  it('goes on in an epoch that is still stored, and not in one that is gone', async () => {
    await explanation.recallEpoch(1, 7);
    expect(explanation.epoch).toBeNull();
    await explanation.recallEpoch(1, 10);
    expect([explanation.run, explanation.epoch]).toEqual([1, 10]);
  });

  it('turns knobs without an anchor for the next one, and asks for nothing yet', async () => {
    await explanation.turn({ beta: 2 });
    await explanation.scrubTo(null);
    expect(client.calls).toEqual([]);
    await explained(1);
    expect(client.inputsOf('anchor.negatives')).toEqual([
      { beta: 2, run: 1, anchor: 'hash1', awaitCalibration: false },
    ]);
  });

  it('comes without suspicions where these take longer, and whole when they are there', async () => {
    const done = explanation.explain(1, 'hash1');
    await expect.poll(() => answers.length).toBe(1);
    answers[0]!.resolve(pendingOf(1));
    await expect.poll(() => answers.length).toBe(2);
    expect(explanation.current!.posteriorBasis.kind).toBe('pending');
    expect([explanation.isPending, explanation.isBusy]).toEqual([true, true]);
    answers[1]!.resolve(explanationOf(1, []));
    await done;
    expect([explanation.isPending, explanation.isBusy]).toEqual([false, false]);
    expect(client.inputsOf('anchor.negatives')).toEqual([
      ...[
        { run: 1, anchor: 'hash1', awaitCalibration: false },
        { run: 1, anchor: 'hash1' },
      ],
    ]);
  });

  it('shows a knob that is turned meanwhile, and no answer of before it later', async () => {
    const first = explanation.explain(1, 'hash1');
    await expect.poll(() => answers.length).toBe(1);
    answers[0]!.resolve(pendingOf(1));
    await expect.poll(() => answers.length).toBe(2);
    const turned = explanation.turn({ beta: 2 });
    await expect.poll(() => answers.length).toBe(3);
    const newer = explanationOf(1, [], { loss: 7 });
    answers[2]!.resolve(newer);
    await turned;
    answers[1]!.resolve(explanationOf(1, []));
    await first;
    expect(explanation.current!.loss).toBe(7);
  });

  it('is not whole later where it was cleared meanwhile', async () => {
    const done = explanation.explain(1, 'hash1');
    await expect.poll(() => answers.length).toBe(1);
    answers[0]!.resolve(pendingOf(1));
    await expect.poll(() => answers.length).toBe(2);
    explanation.clear();
    answers[1]!.resolve(explanationOf(1, []));
    await done;
    expect([explanation.current, explanation.isPending]).toEqual([null, false]);
  });

  it('passes on the refusal of a knob and keeps what is shown', async () => {
    await explained(1);
    const turned = explanation.turn({ tauPlus: 5 });
    await expect.poll(() => answers.length).toBe(2);
    answers[1]!.reject(new EngineError('bad-argument', 'tauPlus must be at most 0.999.'));
    await expect(turned).rejects.toThrow('tauPlus must be');
    expect(explanation.current!.anchor.id).toBe(1);
  });
});
