import type { AppState } from '../app-state.svelte.ts';

/** Looks for pictures in every folder of the library again, with labels as they are. */
export async function rescan(app: AppState): Promise<void> {
  for (const { path: folder, labels } of app.library.status?.folders ?? []) {
    await app.attempt(() => app.jobs.start('scan', { folder, labels }));
  }
}
