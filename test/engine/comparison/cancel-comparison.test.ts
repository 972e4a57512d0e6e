import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { fillLibrary } from '../../bench/filled-library.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

const pair = { a: { run: 'one' }, b: { run: 'other' } };

test('a comparison reports its progress, can be cancelled, and is then made anew', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'library.sqlite');
  fillLibrary(file, 6000, 64, [], ['one', 'other']);
  const folders = { dataFolder: folder, modelFolder: folder, workingFolder: folder };
  const engine = createEngine({ ...folders, now: () => Date.now() });
  onTestFinished(() => engine.close());
  await engine.call('library.open', { file });
  const seen: string[] = [];
  const unsubscribe = engine.on('job', ({ job, state, progress, message }) => {
    // Cancelling reports the job again, while it still runs.
    if (seen.length > 0 || state !== 'running' || progress === 0) return;
    seen.push(message);
    void engine.call('jobs.cancel', { job });
  });
  const input = { runs: [pair.a, pair.b] };
  const cancelled = await runToState(engine, 'compare', input);
  unsubscribe();
  expect(cancelled.state).toBe('cancelled');
  expect(cancelled.progress).toBeLessThan(1);
  expect(seen[0]).toBe('Finding neighbours');
  expect(await engine.call('comparison.withMaps', pair)).toBeNull();
  expect((await runToState(engine, 'compare', input)).state).toBe('done');
  expect((await engine.call('comparison.withMaps', pair))?.comparison.pictures).toBe(6000);
});
