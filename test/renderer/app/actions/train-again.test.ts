import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { JobStatus } from '../../../../src-main/contract/jobs.ts';
import type { LibraryStatus } from '../../../../src-main/contract/library.ts';
import type { RunSummary } from '../../../../src-main/contract/runs.ts';
import type { PassOn } from '../../../../src-main/contract/pass-on.ts';
import type { Verdict } from '../../../../src-main/contract/verdicts.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import {
  trainAgain,
  trainAgainLabel,
  trainAgainProblem,
  trainAgainWords,
} from '../../../../src-renderer/app/actions/train-again.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { jobOf } from '../../job-of.ts';
import { appOn } from '../../open-app.ts';
import { runOf } from '../../run-of.ts';
import { verdictOf } from '../../verdict-of.ts';

let verdicts: Verdict[];
let passOn: PassOn;
let start: () => JobStatus;
let client: AnsweringClient;
let app: AppState;
let setting: PromiseWithResolvers<Verdict>;
beforeEach(async () => {
  verdicts = [verdictOf('a', 'b', 'same')];
  passOn = 'pairs';
  start = () => jobOf(12);
  setting = Promise.withResolvers();
  client = new AnsweringClient({
    'verdicts.list': () => verdicts,
    'verdicts.passOn': () => ({ passOn, isChosen: true }),
    'verdicts.set': () => setting.promise,
    'jobs.start': () => start(),
  });
  app = await appOn(client);
  app.library.status = { images: 500 } as LibraryStatus;
  look(runOf(1, { name: 'hard', objective: 'hard', settings: { beta: 2, epochs: 7, batch: 32 } }));
  await app.judged.refresh();
});
afterEach(() => vi.unstubAllGlobals());

/** Puts a run on screen, beside others. */
function look(run: RunSummary, ...others: readonly RunSummary[]): void {
  app.runs.all = [run, ...others];
  app.runs.currentNumber = run.run;
}

describe('training again, with a client that answers one verdict', () => {
  it('can be done where pairs are judged the same thing', () => {
    expect(trainAgainProblem(app, 'mask')).toBe('');
    expect(trainAgainProblem(app, 'attract')).toBe('');
  });

  it('needs a run with an encoder, and says so before anything is judged', async () => {
    verdicts = [];
    await app.judged.refresh();
    app.runs.currentNumber = null;
    expect(trainAgainProblem(app, 'mask')).toBe('There is no run to train again yet.');
    look(runOf(1, { name: 'vectors', kind: 'imported', encoder: 'clip', objective: null }));
    expect(trainAgainProblem(app, 'mask')).toContain('"vectors" was imported as vectors');
    look(runOf(1, { objective: 'cmc', encoder: 'resnet8-lab' }));
    expect(trainAgainProblem(app, 'attract')).toContain('Verdicts cannot be used with cmc');
    expect(trainAgainProblem(app, 'mask')).toContain('No pair is judged the same thing');
  });

  it.each(['starter+hog', 'hog', 'pixels', 'dino'])(
    'trains an adapter on %s, which was not trained here, and says so on the button and beside it',
    async (encoder) => {
      const run = runOf(3, { name: 'mine', kind: 'loaded', encoder, objective: null });
      look(run);
      expect(trainAgainProblem(app, 'attract')).toBe('');
      expect(trainAgainLabel(run, 'attract')).toBe(
        'Train an adapter on “mine” with verdicts attracted',
      );
      const words = trainAgainWords(app, run, 'attract');
      expect(words).toContain('“mine” was not trained here and stays as it is: an adapter');
      expect(words).toContain('(simclr, 30 epochs). First 8 views of each picture');
      await trainAgain(app, 'attract');
      expect(client.inputsOf('jobs.start')).toMatchObject([
        {
          kind: 'train',
          input: {
            ...{ name: 'adapter on mine, attracted', encoder: 'adapter', on: encoder },
            ...{ verdicts: 'attract', objective: 'simclr' },
          },
        },
      ]);
      expect(app.review.trainedAgain).toMatchObject({ from: 3 });
    },
  );

  it('needs a pair that is the same thing, or different, and no contradictions', async () => {
    verdicts = [verdictOf('a', 'b', 'unsure')];
    await app.judged.refresh();
    expect(trainAgainProblem(app, 'mask')).toBe(
      'No pair is judged the same thing, or different, yet: nothing would change.',
    );
    verdicts = [verdictOf('a', 'b', 'different')];
    await app.judged.refresh();
    expect(trainAgainProblem(app, 'mask')).toBe('');
    verdicts = [
      verdictOf('a', 'b', 'same'),
      verdictOf('b', 'c', 'same'),
      verdictOf('a', 'c', 'different'),
    ];
    await app.judged.refresh();
    expect(trainAgainProblem(app, 'mask')).toBe('');
    // Where verdicts pass on, a ring that says they are the same contradicts it.
    verdicts = [...verdicts, verdictOf('c', 'd', 'same'), verdictOf('d', 'a', 'same')];
    passOn = 'groups';
    await app.judged.refresh();
    expect(trainAgainProblem(app, 'mask')).toBe('Resolve the conflicts at the bottom first.');
  });

  it('is refused where the verdicts cannot reach the negatives', () => {
    look(runOf(1, { objective: 'cmc', encoder: 'resnet8-lab' }));
    expect(trainAgainProblem(app, 'mask')).toBe('');
    expect(trainAgainProblem(app, 'attract')).toContain('Verdicts cannot be used with cmc');
  });

  it('has the run’s own settings, a name that tells the use, and is told of in Review', async () => {
    await trainAgain(app, 'mask');
    expect(client.inputsOf('jobs.start')).toMatchObject([
      {
        kind: 'train',
        input: {
          ...{ name: 'hard, masked', verdicts: 'mask', objective: 'hard', encoder: 'resnet8' },
          ...{ settings: { beta: 2 }, epochs: 7, batch: 32, device: 'cpu' },
        },
      },
    ]);
    expect(app.review.trainedAgain).toEqual({ job: 12, name: 'hard, masked', from: 1 });
  });

  it('draws its batches as the run did', async () => {
    const drawn = { batches: 'proximity', proximityNeighbours: 30, differentRate: 0.9 };
    look(
      runOf(1, { name: 'hard', objective: 'hard', settings: { epochs: 7, batch: 32, ...drawn } }),
    );
    await trainAgain(app, 'attract');
    expect(client.inputsOf('jobs.start')).toMatchObject([{ input: drawn }]);
  });

  it('has a name of its own where that one is taken, by an archived run too', async () => {
    const names = ['hard, attracted', 'hard, attracted 2', 'hard, attracted 3'];
    const deleted = { deleted: '2026-01-01T00:00:00.000Z' };
    look(
      runOf(1, { name: 'hard' }),
      runOf(2, { name: names[0]! }),
      runOf(3, { name: names[1]!, archived: true }),
      runOf(4, { name: names[2]!, ...deleted }),
    );
    await trainAgain(app, 'attract');
    expect(app.review.trainedAgain?.name).toBe('hard, attracted 3');
  });

  it('waits until every verdict is saved', async () => {
    const picture = (hash: string) => ({ hash, path: null });
    const judgement = { verdict: 'same', note: '', run: null } as const;
    app.verdicts.judge([picture('c'), picture('d')], judgement);
    const training = trainAgain(app, 'mask');
    await expect.poll(() => client.inputsOf('verdicts.set')).toHaveLength(1);
    expect(client.inputsOf('jobs.start')).toHaveLength(0);
    setting.resolve(verdictOf('c', 'd', 'same'));
    await training;
    expect(client.inputsOf('jobs.start')).toHaveLength(1);
  });

  it('that the engine refuses says why, and is not told of as started', async () => {
    start = () => {
      throw new EngineError('too-few-pictures', 'A training takes at least 4 pictures.');
    };
    await trainAgain(app, 'mask');
    expect(app.notices.list.map(({ text }) => text)).toEqual([
      'A training takes at least 4 pictures.',
    ]);
    expect(app.review.trainedAgain).toBeNull();
  });

  it('does nothing without a run', async () => {
    app.runs.currentNumber = null;
    await trainAgain(app, 'mask');
    expect(client.inputsOf('jobs.start')).toEqual([]);
  });
});
