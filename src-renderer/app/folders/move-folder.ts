import { shellBesideEngine } from '../../connection/engine-host.svelte.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import type { Jobs } from '../jobs/jobs.svelte.ts';
import type { LibraryState } from '../library/library.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Pages } from '../window/pages.svelte.ts';

/** What the move of a folder reads and changes. */
export interface FolderStates {
  readonly connection: Connection;
  readonly library: LibraryState;
  readonly jobs: Jobs;
  readonly notices: Notices;
  readonly pages: Pages;
}

/** The topic of notices on a folder that is not there any more. */
export function topicOfGone(path: string): string {
  return `gone ${path}`;
}

/**
 * Has the user choose where a folder of the library is now: by the system's own dialog on the desktop, by
 * the page's in a browser and where the engine is on another machine.
 */
export async function chooseNewPlace(app: FolderStates, from: string): Promise<void> {
  const desktop = shellBesideEngine();
  if (desktop === null) {
    app.pages.movingFolder = from;
    return;
  }
  const to = await app.notices.attempt(() => desktop.pickFolder());
  if (to !== null) await moveFolder(app, from, to);
}

/** Has the library look for the pictures of a folder in its new place, and scans that for changes. */
export async function moveFolder(app: FolderStates, from: string, to: string): Promise<void> {
  await app.notices.attempt(async () => {
    await app.connection.call('library.moveFolder', { from, to });
    app.notices.dismissTopic(topicOfGone(from));
    app.notices.show(`The pictures of ${from} are read from ${to} now.`);
    await app.library.refresh();
    await app.jobs.start('scan', { folder: to });
  });
}
