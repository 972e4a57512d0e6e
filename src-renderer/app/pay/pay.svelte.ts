import type { PayResult } from '../../../src-main/contract/pay.ts';
import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import { usesVerdictsOf } from '../../../src-main/contract/verdict-use.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import { isLive, type Jobs } from '../jobs/jobs.svelte.ts';

/** Whether verdicts trained a run to its end, so that it can be asked whether they paid. */
export function canPay({ settings, embedded, state }: RunSummary): boolean {
  return usesVerdictsOf(settings) && embedded && state === 'done';
}

/** Of which run it is asked whether its verdicts paid, and what was measured. */
export class PayState {
  /** The run, by number; null for the one trained last. */
  run = $state<number | null>(null);
  /** The run before, by number; null for the one that the engine finds. */
  against = $state<number | null>(null);
  readonly #jobs: () => Jobs;

  constructor(jobs: () => Jobs) {
    this.#jobs = jobs;
  }

  /** The latest job that measured these, whether it ended or not; null for none. */
  jobOf({ run, name }: Pick<RunSummary, 'run' | 'name'>): JobStatus | null {
    return (
      this.#jobs().list.findLast(({ kind, input }) => {
        const asked = input as { readonly run?: unknown; readonly against?: unknown } | null;
        const { against = null } = asked ?? {};
        // The command line names the run.
        const isOfRun = asked?.run === run || asked?.run === name;
        return kind === 'pay' && isOfRun && against === this.against;
      }) ?? null
    );
  }

  /** What was measured of a run last; null for nothing yet. */
  resultOf(run: Pick<RunSummary, 'run' | 'name'>): PayResult | null {
    const job = this.jobOf(run);
    return job?.state === 'done' ? (job.result as PayResult) : null;
  }

  /** Measures a run, unless that is under way. */
  async measure(run: Pick<RunSummary, 'run' | 'name'>): Promise<void> {
    const job = this.jobOf(run);
    if (job && isLive(job)) return;
    await this.#jobs().start('pay', {
      run: run.run,
      ...(this.against === null ? {} : { against: this.against }),
    });
  }

  clear(): void {
    this.run = null;
    this.against = null;
  }
}
