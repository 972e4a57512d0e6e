import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exactNeighbours } from '../../src-main/engine/neighbours/exact-neighbours.ts';
import { endAddonWorkers } from '../../src-main/engine/threads/addon-workers.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { openTestEngine } from '../contract/engine-shells.ts';
import { waitForState } from '../contract/wait-for-job.ts';
import { makeManyPictures } from './jobs/many-pictures.ts';
import { temporaryFolder } from './store/temporary-library.ts';

// Threads ended by force while they load an add-on took the process with them, about once in 100.
describe('threads that load add-ons', () => {
  it('end at any moment of their start, and with them ends the process that has nothing else to do', () => {
    const file = join(temporaryFolder(), 'library.sqlite');
    openLibrary(file, { mode: 'write', now: Date.now }).close();
    const delays = Array.from({ length: 30 }, (_, round) => String(round * 10));
    const script = join(import.meta.dirname, 'end-pools-process.ts');
    const child = spawnSync(process.execPath, ['--no-warnings', script, file, ...delays], {
      encoding: 'utf8',
    });
    expect(child).toMatchObject({ status: 0, signal: null, stderr: '' });
    expect(child.stdout.trim().split('\n')).toEqual(delays);
  });

  it('end with a search for neighbours, which then is cancelled', async () => {
    const count = 20_000;
    const vectors = new Float32Array(count * 2);
    for (let row = 0; row < count; row++) vectors.set([Math.cos(row), Math.sin(row)], row * 2);
    const found = exactNeighbours({ vectors, count, dimensions: 2, k: 5, threads: 3 });
    const refused = expect(found).rejects.toMatchObject({ code: 'cancelled' });
    await endAddonWorkers();
    await refused;
  });

  it('end with a job that is paused at any moment, which then goes on to its end', async () => {
    const test = await openTestEngine();
    const { engine, dataFolder } = test;
    await engine.call('library.open', { file: join(dataFolder, 'library.sqlite') });
    const folder = join(dataFolder, 'many pictures');
    await makeManyPictures(folder, 400);
    const { job } = await engine.call('jobs.start', { kind: 'scan', input: { folder } });
    for (let round = 0; round < 12; round++) {
      await setTimeout(round * 40);
      await engine.call('jobs.pause', { job });
      await engine.call('jobs.resume', { job });
    }
    expect(await waitForState(engine, job)).toMatchObject({
      state: 'done',
      result: { images: 400 },
    });
    await test.close();
  });
});
