import type { ProgressReporter } from '../cli/progress-reporter.ts';
import type { JobKind, JobStatus } from '../contract/jobs.ts';

/** One step of the demo, with its expected seconds on two cores, which give its share of the bar. */
interface DemoStep {
  readonly title: string;
  readonly seconds: number;
}

/** One progress bar over all steps of the demo, drawn by the command line's own reporter. */
export class DemoProgress {
  readonly #reporter: ProgressReporter;
  readonly #steps: readonly DemoStep[];
  #current = -1;

  constructor(steps: readonly DemoStep[], reporter: ProgressReporter) {
    this.#steps = steps;
    this.#reporter = reporter;
  }

  /** Goes on to the next step. */
  next(): void {
    this.#current += 1;
    this.show(0, '');
  }

  /** Reports that `fraction` of the current step is done. */
  show(fraction: number, message: string, kind: JobKind = 'scan'): void {
    const step = this.#steps[this.#current];
    if (!step) return;
    const total = sumOf(this.#steps);
    const done = sumOf(this.#steps.slice(0, this.#current)) + step.seconds * fraction;
    this.#reporter.show({
      job: 0,
      kind,
      title: `Demo ${this.#current + 1}/${this.#steps.length}`,
      state: 'running',
      progress: done / total,
      message: message === '' ? step.title : `${step.title}: ${message}`,
      secondsLeft: total - done,
      input: {},
      detail: {},
      run: null,
      result: null,
      error: null,
    });
  }

  /** The reporter for a job that moves the current step from one fraction to another. */
  forJob(from = 0, to = 1): ProgressReporter {
    return {
      show: ({ progress, message, kind }: JobStatus) =>
        this.show(from + (to - from) * progress, message, kind),
      end: () => undefined,
    };
  }

  end(): void {
    this.#reporter.end();
  }
}

function sumOf(steps: readonly DemoStep[]): number {
  return steps.reduce((sum, step) => sum + step.seconds, 0);
}
