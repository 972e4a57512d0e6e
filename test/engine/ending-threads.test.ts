import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DecodePool } from '../../src-main/engine/library/decode-pool.ts';
import { exactNeighbours } from '../../src-main/engine/neighbours/exact-neighbours.ts';
import { endAddonWorkers } from '../../src-main/engine/addon-workers.ts';
import { openTestEngine } from '../contract/engine-shells.ts';
import { waitForState } from '../contract/wait-for-job.ts';
import { makeManyPictures } from './jobs/many-pictures.ts';

// Threads ended by force while they load an add-on took the process with them, about once in 100.
describe('threads that load add-ons', () => {
  it('end at any moment of their start', async () => {
    const test = await openTestEngine();
    const { engine, dataFolder } = test;
    const file = join(dataFolder, 'library.sqlite');
    await engine.call('library.open', { file });
    for (let round = 0; round < 30; round++) {
      const pool = new DecodePool(file, 3);
      await setTimeout(round * 10);
      await pool.close();
    }
    await test.close();
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
