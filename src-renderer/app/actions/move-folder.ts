import { desktopBridge } from '../../connection/desktop-bridge.ts';
import { engineHost } from '../../connection/engine-host.svelte.ts';
import type { AppState } from '../app-state.svelte.ts';
import { topicOfGone } from '../library/topic-of-gone.ts';

/**
 * Has the user choose where a folder of the library is now: by the system's own dialog on the desktop, by
 * the page's in a browser and where the engine is on another machine.
 */
export async function chooseNewPlace(app: AppState, from: string): Promise<void> {
  const desktop = desktopBridge();
  if (desktop === null || engineHost.name !== null) {
    app.pages.movingFolder = from;
    return;
  }
  const to = await app.attempt(() => desktop.pickFolder());
  if (to !== null) await moveFolder(app, from, to);
}

/** Has the library look for the pictures of a folder in its new place, and scans that for changes. */
export async function moveFolder(app: AppState, from: string, to: string): Promise<void> {
  await app.attempt(async () => {
    await app.connection.call('library.moveFolder', { from, to });
    app.notices.dismissTopic(topicOfGone(from));
    app.notices.show(`The pictures of ${from} are read from ${to} now.`);
    await app.library.refresh();
    await app.jobs.start('scan', { folder: to });
  });
}
