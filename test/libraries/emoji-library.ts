import { copyFile, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { JobStatus } from '../../src-main/contract/jobs.ts';
import type { Engine } from '../../src-main/engine/engine.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { emojiFolder, openTestEngine } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { madeOnce } from './made-once.ts';

/** What a library of emoji may hold beside its scan, with sub-folders as labels. */
export type EmojiRuns = 'no runs' | 'raw pixels' | 'one training' | 'two trainings';

export interface EmojiLibrary {
  /** 96 emoji in 8 folders, and one file that is no picture although it says so. */
  readonly pictures: string;
  /** The library file. */
  readonly file: string;
}

/** The settings that the two trainings share; that of `ring` has seed 2. */
export const shortTraining = {
  epochs: 2,
  batch: 32,
  size: 16,
  device: 'cpu',
  ledgerSize: 8,
} as const;

const [picturesName, fileName] = ['emoji', 'library.sqlite'];

/** Copies the pictures, not yet scanned, into `place`; resolves to their folder. */
export async function copyEmoji(place: string): Promise<string> {
  const pictures = join(place, picturesName);
  await cp(emojiFolder, pictures, { recursive: true, preserveTimestamps: true });
  await writeFile(join(pictures, 'broken.png'), 'These bytes are not a picture.');
  return pictures;
}

/**
 * Puts a library of its own with its pictures into the folder `place`, without waiting for scan and
 * runs: they are made once and copied. `raw pixels` is a run with its map (UMAP, seed 1); `one
 * training` is `simclr` and `two trainings` are `simclr` and `ring`, without maps.
 */
export async function copyEmojiLibrary(runs: EmojiRuns, place: string): Promise<EmojiLibrary> {
  const made = await madeOnce(`emoji, ${runs}`, (folder) => make[runs](folder));
  const [pictures, file] = [join(place, picturesName), join(place, fileName)];
  await cp(join(made, picturesName), pictures, { recursive: true, preserveTimestamps: true });
  await copyFile(join(made, fileName), file);
  const library = openLibrary(file, { mode: 'write', now: Date.now });
  library.query('UPDATE folders SET path = ?').run(pictures);
  library.close();
  return { pictures, file };
}

/** How each is made, from the one before it where there is one. */
const make: Readonly<Record<EmojiRuns, (place: string) => Promise<void>>> = {
  'no runs': async (place) => {
    const folder = await copyEmoji(place);
    await changed(join(place, fileName), (engine) =>
      runToState(engine, 'scan', { folder, labels: 'folder' }),
    );
  },
  'raw pixels': async (place) => {
    const { pictures, file } = await copyEmojiLibrary('no runs', place);
    const run = await addRawPixelRun(file, pictures);
    await changed(file, (engine) => runToState(engine, 'map', { run, seed: 1 }));
  },
  'one training': async (place) => {
    const { file } = await copyEmojiLibrary('no runs', place);
    const training = { ...shortTraining, name: 'simclr', objective: 'simclr' };
    await changed(file, (engine) => runToState(engine, 'train', training));
  },
  'two trainings': async (place) => {
    const { file } = await copyEmojiLibrary('one training', place);
    const training = { ...shortTraining, name: 'ring', objective: 'ring', seed: 2 };
    await changed(file, (engine) => runToState(engine, 'train', training));
  },
};

/** Opens a library in an engine of its own for one job. */
async function changed(file: string, work: (engine: Engine) => Promise<JobStatus>): Promise<void> {
  const opened = await openTestEngine();
  const { engine } = opened;
  try {
    await engine.call('library.open', { file });
    expect(await work(engine)).toMatchObject({ state: 'done' });
  } finally {
    await opened.close();
  }
}
