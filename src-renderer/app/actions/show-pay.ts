import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { AppState } from '../app-state.svelte.ts';
import { canPay } from '../runs/pay.svelte.ts';

type PayWindow = Pick<AppState, 'pay' | 'pages' | 'comparison' | 'jobs' | 'notices' | 'asked'>;

/** Shows whether the verdicts of a run's training paid. */
export function showPay({ pay, pages, comparison }: PayWindow, run: number): void {
  pay.run = run;
  pay.against = null;
  comparison.tab = 'pay';
  pages.go('compare');
}

/**
 * Shows it when a training with verdicts has ended, where its user still looks at the page on which it was
 * started, is not in the middle of something there, and waits for no further training. Elsewhere a notice
 * says so, with a button.
 */
export function tellPay(app: PayWindow, job: JobStatus, run: RunSummary | null): void {
  if (job.kind !== 'train' || job.state !== 'done' || !run || !canPay(run)) return;
  const isWaiting = app.asked.isWaitedFor(job) && app.pages.isQuiet;
  if (isWaiting && app.jobs.liveOf('train') === null) {
    showPay(app, run.run);
    return;
  }
  app.notices.show(`“${run.name}” is trained with verdicts.`, {
    name: 'Did it pay?',
    run: () => showPay(app, run.run),
  });
}
