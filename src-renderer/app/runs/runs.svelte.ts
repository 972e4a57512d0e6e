import type { JobStatus } from '../../../src-main/contract/jobs.ts';
import type { MapSummary, MapPoints, MapProgress } from '../../../src-main/contract/map.ts';
import type { RunHistory, RunSummary } from '../../../src-main/contract/runs.ts';
import { seedGroups } from '../../../src-main/contract/seed-groups.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly, type LatestOnly } from '../../connection/latest-only.ts';

interface WantedMap {
  readonly run: number;
  readonly map?: string | undefined;
}

/** The runs of the library, the one being looked at, and its map. */
export class Runs {
  /** Every run, archived and deleted ones too. */
  all = $state.raw<readonly RunSummary[]>([]);
  /** Every run that was not deleted. */
  readonly existing = $derived(this.all.filter(({ deleted }) => deleted === null));
  /** The runs that are offered: neither archived nor deleted. */
  readonly list = $derived(this.existing.filter(({ archived }) => !archived));
  /** Trainings that differ by their seed alone. */
  readonly seedGroups = $derived(seedGroups(this.existing));
  currentNumber = $state<number | null>(null);
  map = $state.raw<MapPoints | null>(null);
  /** The run whose map is in `map`; a map can be missing (null) for a run that has none. */
  mapOf = $state<number | null>(null);
  /** The run to begin with, where the library has it. */
  preferred: number | null = null;
  /** The maps that are stored of the current run, the one asked for last in front. */
  storedMaps = $state.raw<readonly MapSummary[]>([]);
  /** A map of the current run that is being laid out. */
  growing = $state.raw<MapProgress | null>(null);
  /** What the map shows: the one that grows, else the one that was chosen. */
  readonly shown = $derived(this.growing ?? (this.mapOf === this.currentNumber ? this.map : null));
  readonly current = $derived(this.existing.find((run) => run.run === this.currentNumber) ?? null);
  /** The current run, where it has embedded the pictures. */
  readonly embeddedNumber = $derived(this.current?.embedded ? this.current.run : null);
  readonly #connection: Connection;
  #chosenMap: string | undefined;
  readonly #loadMap: LatestOnly<WantedMap>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#loadMap = latestOnly(
      ({ run, map }: WantedMap) =>
        Promise.all([
          connection.call('runs.map', { run, map }),
          connection.call('runs.maps', { run }),
        ]),
      ([map, stored], { run }) => {
        this.map = map;
        this.mapOf = run;
        this.storedMaps = stored;
        this.growing = null;
      },
    );
    connection.on('mapProgress', (progress) => {
      if (progress.run === this.currentNumber) this.#grow(progress);
    });
  }

  /** The run with this number, deleted or not; undefined where there is none. */
  withNumber(number: number | null): RunSummary | undefined {
    return this.all.find(({ run }) => run === number);
  }

  /** Reads the list again and, when the current run is the one that changed, its map. */
  async refresh(changed: number | null = null): Promise<void> {
    const isLost = await this.refreshList();
    if (isLost) return;
    if (this.current !== null && (changed === null || changed === this.currentNumber)) {
      await this.#loadMap({ run: this.current.run, map: this.#chosenMap });
    }
  }

  /**
   * Reads the list again; true where the current run is gone and another was chosen, if there is
   * one.
   */
  async refreshList(): Promise<boolean> {
    this.all = await this.#connection.call('runs.list', { archived: true, deleted: true });
    if (this.current !== null) return false;
    const chosen =
      this.existing.find((run) => run.run === this.preferred) ??
      this.list.findLast((run) => run.mapped) ??
      this.list.at(-1);
    if (chosen) await this.choose(chosen.run);
    else this.#forget();
    return true;
  }

  async choose(run: number): Promise<void> {
    this.currentNumber = run;
    this.growing = null;
    this.#chosenMap = undefined;
    await this.#loadMap({ run });
  }

  /** Shows another of the current run's stored maps, by its id. */
  async chooseMap(map: string): Promise<void> {
    this.#chosenMap = map;
    if (this.currentNumber !== null) await this.#loadMap({ run: this.currentNumber, map });
  }

  /** Shows the map that was asked for last, once there is one: a map job has been started. */
  followLatest(): void {
    this.#chosenMap = undefined;
  }

  /**
   * Where the pictures are the same, so is their array, which colours and emphasis are derived
   * from.
   */
  #grow(progress: MapProgress): void {
    const before = this.shown?.ids;
    const isSame =
      before?.length === progress.ids.length && before.every((id, i) => id === progress.ids[i]);
    this.growing = isSame ? { ...progress, ids: before } : progress;
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
    this.#loadMap.drop();
    this.currentNumber = null;
    this.map = null;
    this.mapOf = null;
    this.storedMaps = [];
    this.growing = null;
  }
}
