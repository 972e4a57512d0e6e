import type { AppState } from '../app-state.svelte.ts';

/** Looks for pictures in every folder of the library again; each keeps its rule for labels. */
export async function rescan(app: AppState): Promise<void> {
  for (const { path: folder } of app.library.status?.folders ?? []) {
    await app.attempt(() => app.jobs.start('scan', { folder }));
  }
}
