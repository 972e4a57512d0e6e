import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';

export interface LivedIn {
  readonly dataFolder: string;
  readonly pictures: string;
  readonly file: string;
}

export function engineOn({ dataFolder }: Pick<LivedIn, 'dataFolder'>, now = Date.now): Engine {
  return createEngine({ dataFolder, modelFolder: dataFolder, workingFolder: dataFolder, now });
}

/** A library of 5 pictures that somebody has worked with, in a folder; it is closed. */
export async function livedInLibrary(folder: string): Promise<LivedIn> {
  const place = {
    dataFolder: join(folder, 'data'),
    pictures: join(folder, 'pictures'),
    file: join(folder, 'pictures.sqlite'),
  };
  const label = 'sky-weather';
  mkdirSync(join(place.pictures, label), { recursive: true });
  for (const name of readdirSync(join(emojiFolder, label)).slice(0, 5)) {
    cpSync(join(emojiFolder, label, name), join(place.pictures, label, name));
  }
  const engine = engineOn(place);
  await engine.call('library.open', { file: place.file });
  await runToState(engine, 'scan', { folder: place.pictures });
  const embedded = await runToState(engine, 'embed', { encoder: 'hog' });
  await work(engine, embedded.run ?? 0);
  await engine.close();
  return place;
}

async function work(engine: EngineClient, run: number): Promise<void> {
  const { hashes } = await engine.call('library.samples', {});
  // Verdicts outlive their pictures: most of these have none.
  const gone = Array.from({ length: 60 }, (_, index) => index.toString(16).padStart(64, 'a'));
  const changes = gone.map((second, index) => ({
    ...{ pair: [hashes[index % 5] ?? '', second] as [string, string], run },
    verdict: index % 2 === 0 ? ('different' as const) : ('unsure' as const),
    note: `Pair ${index}: its note is long enough that all of them take more than one page.`,
  }));
  await engine.call('verdicts.change', { changes });
  await engine.call('labels.edit', {
    edits: hashes.slice(0, 3).map((hash) => ({ hash, labels: ['by hand'] })),
  });
  await engine.call('pictures.tag', { hashes: hashes.slice(2), tag: 'blurred', isTagged: true });
  await engine.call('pictures.leaveOut', { hashes: hashes.slice(0, 2), isLeftOut: true });
  await engine.call('runs.update', {
    run,
    name: 'Edges',
    note: 'The first one',
    addTags: ['kept'],
  });
}

/** All that people said, named and set, in the library that is open. */
export async function whatPeopleSaid(engine: EngineClient): Promise<unknown> {
  const runs = await engine.call('runs.list', { archived: true });
  return {
    // A picture has no path until its folder is scanned.
    verdicts: (await engine.call('verdicts.list', {})).map((verdict) => ({
      ...verdict,
      pair: verdict.pair.map(({ hash }) => hash),
    })),
    labels: await engine.call('labels.listByHand', {}),
    marks: await engine.call('pictures.marks', {}),
    runs: runs.map(({ run, name, note, tags, encoder, state }) => [
      run,
      name,
      note,
      tags,
      encoder,
      state,
    ]),
    folders: (await engine.call('library.status', {})).folders.map(({ path, labels }) => [
      path,
      labels,
    ]),
  };
}
