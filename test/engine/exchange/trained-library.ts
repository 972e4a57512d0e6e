import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import type { TestEngine } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { madeOnce } from '../../libraries/made-once.ts';

const fileName = 'library.sqlite';

/** A library of 96 emoji with a run, trained for two epochs, its map, and two verdicts. */
export interface TrainedLibrary extends TestEngine {
  /** The library by a connection of its own. */
  readonly library: Library;
  /** Where a test may write. */
  readonly out: string;
  /** Writes a file by the job; resolves to its status. */
  write(input: Parameters<typeof runToState<'export'>>[2]): ReturnType<typeof runToState>;
}

export async function openTrainedLibrary(): Promise<TrainedLibrary> {
  const made = await madeOnce('emoji, trained and judged', makeTrainedLibrary);
  const opened = await openTestEngine();
  const { engine, dataFolder } = opened;
  const file = join(dataFolder, fileName);
  await copyFile(join(made, fileName), file);
  await engine.call('library.open', { file });
  const library = openLibrary(file, { mode: 'worker', now: () => Date.now() });
  const out = await mkdtemp(join(tmpdir(), 'negatoscope-export-'));
  return {
    ...opened,
    library,
    out,
    write: (input) => runToState(engine, 'export', input),
    close: async () => {
      library.close();
      await opened.close();
      await rm(out, { recursive: true, force: true });
    },
  };
}

async function makeTrainedLibrary(folder: string): Promise<void> {
  const made = await openTestEngine();
  const { engine } = made;
  await engine.call('library.open', { file: join(folder, fileName) });
  await runToState(engine, 'scan', { folder: emojiFolder });
  const trained = await runToState(engine, 'train', {
    name: 'tiny "é" run',
    epochs: 2,
    batch: 24,
    size: 16,
    device: 'cpu',
    ledgerSize: 4,
  });
  expect(trained).toMatchObject({ state: 'done' });
  await runToState(engine, 'map', { run: 1 });
  const { paths } = await engine.call('library.samples', {});
  const [first = '', second = '', third = ''] = paths;
  await engine.call('verdicts.set', { pair: [first, second], verdict: 'same', note: 'a, "b"\nc' });
  await engine.call('verdicts.set', { pair: [first, third], verdict: 'different', run: 1 });
  await made.close();
}
