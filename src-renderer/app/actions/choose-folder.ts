import { shellBesideEngine } from '../../connection/engine-host.svelte.ts';
import type { AppState } from '../app-state.svelte.ts';

/**
 * Has the user choose a folder and opens it: by the system's own dialog on the desktop, by the page's
 * in a browser and where the engine is on another machine, whose folders no dialog of this one lists.
 */
export async function chooseFolder(app: AppState, takesJunk = false): Promise<void> {
  const desktop = shellBesideEngine();
  if (desktop === null) {
    app.pages.isChoosingFolder = true;
    return;
  }
  const folder = await app.attempt(() => desktop.pickFolder());
  if (folder !== null) await app.openFolder(folder, undefined, takesJunk);
}

/** Has the user choose a library's file and opens it, as `chooseFolder` does. */
export async function chooseLibrary(app: AppState): Promise<void> {
  const desktop = shellBesideEngine();
  if (desktop === null) {
    app.pages.isChoosingLibrary = true;
    return;
  }
  const file = await app.attempt(() => desktop.pickLibrary());
  if (file !== null) await app.openLibraryFile(file);
}
