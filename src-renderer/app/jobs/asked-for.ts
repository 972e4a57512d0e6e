import type { JobKind, JobStatus } from '../../../src-main/contract/jobs.ts';

/** What a window looks at. */
interface Look {
  readonly run: number | null;
  readonly anchor: number | null;
  /** The page on screen. */
  readonly page?: string;
}

interface Starting {
  readonly kind: JobKind;
  readonly look: Look;
}

/**
 * The jobs that this window asked for, with what it looked at then: only their results may change what
 * it shows, and only while nothing else was chosen.
 */
export class AskedFor {
  readonly #look: () => Look;
  /** Jobs that are being started: a short one may end before its number is known. */
  readonly #starting = new Set<Starting>();
  readonly #jobs = new Map<number, Look>();
  /** Runs that such a job made: their maps, which the engine makes by itself, are asked for too. */
  readonly #runs = new Map<number, Look>();

  constructor(look: () => Look) {
    this.#look = look;
  }

  /** Asks for a job, whose number `start` resolves to. */
  async while<T extends { readonly job: number }>(
    kind: JobKind,
    start: () => Promise<T>,
  ): Promise<T> {
    const starting = { kind, look: this.#look() };
    this.#starting.add(starting);
    try {
      const started = await start();
      this.#jobs.set(started.job, starting.look);
      return started;
    } finally {
      this.#starting.delete(starting);
    }
  }

  /**
   * Whether the run of a job that has ended may be shown unasked: this window asked for it, and shows
   * what it showed then.
   */
  maySwitch(job: JobStatus, run: number): boolean {
    const asked = this.#askedWith(job) ?? this.#runs.get(run);
    if (asked === undefined) return false;
    this.#runs.set(run, asked);
    const now = this.#look();
    const isSameRun = asked.run === null || asked.run === now.run || now.run === run;
    return isSameRun && asked.anchor === now.anchor;
  }

  /** Whether this window asked for a job, and shows the page from which it did. */
  isWaitedFor(job: JobStatus): boolean {
    const asked = this.#askedWith(job);
    return asked?.page !== undefined && asked.page === this.#look().page;
  }

  #askedWith({ job, kind }: JobStatus): Look | undefined {
    const starting = [...this.#starting].find((one) => one.kind === kind);
    return this.#jobs.get(job) ?? starting?.look;
  }
}
