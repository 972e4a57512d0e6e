import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { engineOn, livedInLibrary, whatPeopleSaid } from './lived-in-library.ts';
import type { LivedIn } from './lived-in-library.ts';

const pageBytes = 4096;
const none = { used: 0, refused: 0, restored: 0 };

/** What a window asks first, and everything that people said. */
async function use(engine: EngineClient, file: string): Promise<unknown> {
  await engine.call('library.open', { file });
  const { hashes } = await engine.call('library.samples', {});
  for (const hash of hashes) await engine.call('pictures.thumbnail', { hash });
  await engine.call('jobs.list', {});
  await engine.call('anchor.neighbours', { run: 'Edges', anchor: hashes[0] ?? '', k: 5 });
  return whatPeopleSaid(engine);
}

/** `used` as it was, `refused` where a vector is no unit vector any more, `restored` with a backup in its place. */
async function outcome(place: LivedIn, said: unknown): Promise<keyof typeof none> {
  const engine = engineOn(place);
  try {
    expect(await use(engine, place.file)).toEqual(said);
    return 'used';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (/^The embedding in row /.test(error.message)) {
      expect(await whatPeopleSaid(engine)).toEqual(said);
      return 'refused';
    }
    if (error.code !== 'library-damaged') throw error;
    const { setAside } = await engine.call('backups.restore', {});
    expect(setAside !== null && existsSync(setAside)).toBe(true);
    expect(await whatPeopleSaid(engine)).toEqual(said);
    return 'restored';
  } finally {
    await engine.close();
  }
}

it('a library with any one page damaged is used as it was, or found damaged and restored with all that people said', async () => {
  const folder = temporaryFolder();
  const place = await livedInLibrary(folder);
  // Nothing is computed again here: what is restored is looked at, not what is rebuilt.
  renameSync(place.pictures, join(folder, 'away'));
  const before = engineOn(place);
  await before.call('library.open', { file: place.file });
  // An archived run is not embedded again.
  await before.call('runs.update', { run: 'Edges', archived: true });
  await before.close();
  const whole = readFileSync(place.file);
  const data = `${place.dataFolder}-whole`;
  renameSync(place.dataFolder, data);
  const engine = engineOn({ dataFolder: join(folder, 'other') });
  const said = await use(engine, place.file);
  await engine.close();
  const random = seedRandom(19);
  const counts = { ...none };
  for (let page = 0; page < whole.length / pageBytes; page++) {
    for (const fill of ['noise', 'zeros']) {
      rmSync(place.dataFolder, { recursive: true, force: true });
      copyTree(data, place.dataFolder);
      for (const ending of ['-wal', '-shm']) rmSync(`${place.file}${ending}`, { force: true });
      const damaged = Buffer.from(whole);
      for (let byte = page * pageBytes; byte < (page + 1) * pageBytes; byte++) {
        damaged[byte] = fill === 'zeros' ? 0 : random.index(256);
      }
      writeFileSync(place.file, damaged);
      const found = await outcome(place, said).catch((error: unknown) => {
        throw new Error(`Page ${page} of ${fill}: ${String(error)}`, { cause: error });
      });
      counts[found] += 1;
    }
  }
  expect(counts.restored).toBeGreaterThan(whole.length / pageBytes / 2);
}, 300_000);

function copyTree(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}
