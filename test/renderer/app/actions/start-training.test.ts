import { expect, it } from 'vitest';
import { startTraining } from '../../../../src-renderer/app/actions/start-training.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { runOf } from '../../run-of.ts';

function windowWith(names: readonly string[], started: unknown[]): AppState {
  return {
    runs: { existing: names.map((name, index) => runOf(index + 1, { name })) },
    jobs: {
      active: [{ input: { name: 'hard 2-s2' } }],
      start: (_: string, input: unknown) => {
        started.push(input);
        return Promise.resolve({ job: 10 + started.length });
      },
    },
  } as unknown as AppState;
}

it('queues a training a seed, all on the pictures of the first, under the first free name', async () => {
  const started: unknown[] = [];
  const input = { objective: 'hard', seed: 1 };
  const job = await startTraining(windowWith(['hard-s1'], started), input, 3);
  expect(job).toEqual({ job: 11 });
  // "hard" has a run already, and "hard 2" a training that waits.
  expect(started).toEqual([
    { ...input, name: 'hard 3-s1', seed: 1 },
    { ...input, name: 'hard 3-s2', seed: 2, samePicturesAs: 11 },
    { ...input, name: 'hard 3-s3', seed: 3, samePicturesAs: 11 },
  ]);
});

it('leaves a single training as it was filled in', async () => {
  const started: unknown[] = [];
  await startTraining(windowWith([], started), { objective: 'hard' }, 1);
  expect(started).toEqual([{ objective: 'hard' }]);
});
