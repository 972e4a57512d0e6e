import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { AskedFor } from '../jobs/asked-for.ts';
import type { Jobs } from '../jobs/jobs.svelte.ts';
import type { ComparisonState } from '../runs/comparison.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Pages } from '../window/pages.svelte.ts';
import { canPay, type PayState } from './pay.svelte.ts';

/** The states of the window that are asked and changed. */
interface PayWindow {
  readonly pay: PayState;
  readonly pages: Pages;
  readonly comparison: Pick<ComparisonState, 'tab'>;
}

interface TellingWindow extends PayWindow {
  readonly jobs: Pick<Jobs, 'liveOf'>;
  readonly notices: Pick<Notices, 'show'>;
  readonly asked: Pick<AskedFor, 'isWaitedFor'>;
}

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
export function tellPay(app: TellingWindow, job: JobStatus, run: RunSummary | null): void {
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
