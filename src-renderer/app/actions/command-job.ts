import type { AppState } from '../app-state.svelte.ts';

/** What the buttons of a job do; `job` is its number. A failure becomes a notice. */
export function commandJob(
  app: AppState,
): (command: 'pause' | 'resume' | 'cancel', job: number) => void {
  return (command, job) => void app.attempt(() => app.jobs.command(command, job));
}
