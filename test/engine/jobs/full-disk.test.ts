import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

/** A file system of its own, in memory, needs the right to mount, or a name space of the user's own. */
const mounting = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user'];
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', [...mounting, 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0;

const onSmallDisk = 'mount -t tmpfs -o size=16m none "$0" && exec "$@"';

it.skipIf(!canMount)(
  'a disk that fills up during a job and at its end (needs the right to mount): told, nothing lost, and the job goes on',
  () => {
    const folder = temporaryFolder();
    const [disk, elsewhere] = [join(folder, 'disk'), join(folder, 'elsewhere')];
    for (const one of [disk, elsewhere]) mkdirSync(one);
    const script = join(import.meta.dirname, 'full-disk-process.ts');
    const command = [process.execPath, '--no-warnings', script, disk, emojiFolder, elsewhere];
    const { stdout, stderr, status } = spawnSync(
      'unshare',
      [...mounting, 'sh', '-c', onSmallDisk, disk, ...command],
      { encoding: 'utf8', timeout: 110_000 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const isFull = {
      code: 'library-full',
      message: expect.stringMatching(/^The disk that holds the library .* is full; free/) as string,
    };
    const seen = JSON.parse(stdout) as Record<string, unknown>;
    expect(seen).toMatchObject({
      stuck: { state: 'paused', error: isFull, run: null },
      // The end of the export is known, and that the library does not know it yet.
      unnoted: { state: 'done', result: { columns: expect.any(Array) as unknown } },
      listed: { state: 'done', progress: 1, result: { columns: expect.any(Array) as unknown } },
      noVerdict: isFull,
      pictured: 96,
      resumed: { state: 'done', error: null },
      states: [
        ['export', 'done'],
        ['train', 'done'],
        ['scan', 'done'],
      ],
      logged: [],
    });
    expect(seen.stuckFaults).toContainEqual(isFull);
    expect(seen.faults).toContainEqual(isFull);
  },
  120_000,
);
