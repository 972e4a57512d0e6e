import type { JobStatus } from '../../src-main/contract/jobs.ts';
import type { MapPoints } from '../../src-main/contract/map.ts';
import type { RunHistory, RunSummary } from '../../src-main/contract/runs.ts';
import type { Connection } from './connection.svelte.ts';
import { latestOnly } from './latest-only.ts';

/** The runs of the library, the one being looked at, and its map. */
export class Runs {
  list = $state.raw<readonly RunSummary[]>([]);
  currentNumber = $state<number | null>(null);
  map = $state.raw<MapPoints | null>(null);
  /** The run whose map is in `map`; a map can be missing (null) for a run that has none. */
  mapOf = $state<number | null>(null);
  /** The run to begin with, where the library has it. */
  preferred: number | null = null;
  readonly current = $derived(this.list.find((run) => run.run === this.currentNumber) ?? null);
  readonly #connection: Connection;
  readonly #loadMap: (run: number) => Promise<void>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#loadMap = latestOnly(
      (run: number) => connection.call('runs.map', { run }),
      (map, run) => {
        this.map = map;
        this.mapOf = run;
      },
    );
  }

  /** Reads the list again and, when the current run is the one that changed, its map. */
  async refresh(changed: number | null = null): Promise<void> {
    this.list = await this.#connection.call('runs.list', {});
    if (this.current === null) {
      const chosen =
        this.list.find((run) => run.run === this.preferred) ??
        this.list.findLast((run) => run.mapped) ??
        this.list.at(-1);
      if (chosen) await this.choose(chosen.run);
      else this.#forget();
    } else if (changed === null || changed === this.currentNumber) {
      await this.#loadMap(this.current.run);
    }
  }

  async choose(run: number): Promise<void> {
    this.currentNumber = run;
    await this.#loadMap(run);
  }

  /** The run that a job makes or works on, once that is known. */
  ofJob(job: JobStatus): RunSummary | null {
    const { input } = job;
    const isAboutRun = typeof input === 'object' && input !== null && 'run' in input;
    const wanted = job.run ?? (isAboutRun ? input.run : null);
    return this.list.find(({ run, name }) => run === wanted || name === wanted) ?? null;
  }

  history(run: number): Promise<RunHistory> {
    return this.#connection.call('runs.history', { run });
  }

  #forget(): void {
    this.currentNumber = null;
    this.map = null;
    this.mapOf = null;
  }
}
