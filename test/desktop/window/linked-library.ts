import { join } from 'node:path';
import { addRawPixelRun } from '../../contract/raw-pixel-run.ts';
import { openTestEngine } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { giveToOrdinaryUser } from './ordinary-user.ts';
import { pictureFolder } from './open-folder.ts';

/** A library to link to: its file, a run, and the content hashes of its pictures. */
export interface LinkedLibrary {
  readonly file: string;
  readonly run: number;
  readonly hashes: readonly string[];
  /** Their paths below the scanned folder. */
  readonly paths: readonly string[];
}

/** Scans the emoji into a library in the home of the app's user, with a run of their raw pixels. */
export async function libraryToLink(home: string): Promise<LinkedLibrary> {
  const folder = await pictureFolder({ home }, 'linked emoji');
  const file = join(home, 'linked & other.sqlite');
  const opened = await openTestEngine();
  const { engine } = opened;
  await engine.call('library.open', { file });
  await runToState(engine, 'scan', { folder });
  const { hashes, paths } = await engine.call('library.samples', {});
  await opened.close();
  const run = await addRawPixelRun(file, folder);
  giveToOrdinaryUser(home);
  return { file, run, hashes, paths };
}
