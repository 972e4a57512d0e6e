import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { RunHistory, RunSummary } from '../../../src-main/contract/runs.ts';
import type { CurveAxis } from './curve-axes.ts';
import { curveStyles } from './curve-styles.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import type { UndoHistory } from '../undo/undo-history.svelte.ts';
import type { Theme } from '../window/theme.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import { RunCare } from './run-care.svelte.ts';
import type { Runs } from './runs.svelte.ts';
import { ScoreChoice } from './score-choice.svelte.ts';

interface RunSorting {
  /** A column's key. */
  readonly column: string;
  readonly isDescending: boolean;
}

/** What the table reads and changes besides its own state. */
interface RunTableSurroundings {
  readonly connection: Connection;
  readonly notices: Notices;
  readonly undoHistory: UndoHistory;
  readonly runs: Runs;
  readonly theme: Pick<Theme, 'shown'>;
  explainAnchor(): Promise<void>;
}

/** Curves that are drawn at once; more are a tangle. */
export const mostCurves = 12;

/** Most runs that are compared at once. */
export const mostCompared = 4;

/**
 * The table of all runs: which rows and columns it shows, which rows are chosen, and their curves.
 */
export class RunTable {
  sorting = $state.raw<RunSorting>({ column: 'created', isDescending: true });
  /** Leaves out the settings that all runs have alike. */
  isOnlyDiffering = $state(true);
  showsArchived = $state(false);
  showsDeleted = $state(false);
  /** Whether trainings that differ by their seed alone share a row. */
  foldsSeeds = $state(false);
  /** The seed groups, by name, whose runs are shown below their row. */
  readonly unfolded = new SvelteSet<string>();
  /** The seed groups that are chosen as a whole, by the run that stands for each. */
  readonly chosenGroups = new SvelteSet<number>();
  query = $state('');
  metric = $state('loss');
  axis = $state<CurveAxis>('epoch');
  /** The run whose curve stands out, by number. */
  hovered = $state<number | null>(null);
  /** What is being edited in place. */
  editing = $state.raw<{ readonly run: number; readonly what: 'name' | 'tag' | 'note' } | null>(
    null,
  );
  readonly chosen = new SvelteSet<number>();
  /** What was recorded of trainings, by run. */
  readonly histories = new SvelteMap<number, RunHistory>();
  readonly care: RunCare;
  readonly scores: ScoreChoice;
  readonly #runs: Runs;
  readonly #theme: Pick<Theme, 'shown'>;
  /** How far each history was read: the state and epoch of its run. */
  #read: Record<number, string> = {};

  readonly archivedCount = $derived.by(
    () => this.#runs.existing.filter(({ archived }) => archived).length,
  );
  readonly deletedRuns = $derived.by(() =>
    this.#runs.all.filter(({ deleted }) => deleted !== null),
  );
  readonly #unfiltered = $derived.by(() =>
    this.#runs.all.filter(
      ({ archived, deleted }) =>
        (this.showsArchived || !archived) && (this.showsDeleted || deleted === null),
    ),
  );
  /** How many runs there were without the query. */
  readonly unfilteredCount = $derived.by(() => this.#unfiltered.length);
  readonly rows = $derived.by(() => {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    return this.#unfiltered.filter((run) => words.every((word) => textOf(run).includes(word)));
  });
  readonly chosenRows = $derived.by(() => this.rows.filter(({ run }) => this.chosen.has(run)));

  /** What is put side by side: the chosen runs, then the seed groups that are chosen as a whole. */
  readonly chosenSides = $derived.by(() => [
    ...this.chosenRows.map(({ run }) => ({ run })),
    ...(this.foldsSeeds ? [...this.chosenGroups].map((run) => ({ run, seeds: true })) : []),
  ]);

  /** The runs whose curves are drawn: the chosen ones, else the newest that were trained. */
  readonly drawn = $derived.by(() =>
    (this.chosenRows.length > 0 ? this.chosenRows : this.rows)
      .filter(({ kind, deleted }) => kind !== 'loaded' && deleted === null)
      .slice(-mostCurves),
  );
  readonly curveStyles = $derived.by(() =>
    curveStyles(
      this.drawn.map(({ run }) => run),
      this.#theme.shown,
    ),
  );

  constructor(around: RunTableSurroundings) {
    this.#theme = around.theme;
    this.#runs = around.runs;
    this.care = new RunCare(around);
    this.scores = new ScoreChoice(around);
    around.connection.on('runCare', () => {
      void around.notices.attempt(async () => {
        const isCurrentLost = await around.runs.refreshList();
        if (isCurrentLost) await around.explainAnchor();
      });
    });
  }

  toggle(run: number): void {
    if (!this.chosen.delete(run)) this.chosen.add(run);
  }

  sortBy(column: string, startsDescending: boolean): void {
    const isSame = this.sorting.column === column;
    this.sorting = { column, isDescending: isSame ? !this.sorting.isDescending : startsDescending };
  }

  /** Reads the curves of runs that were not read yet, or have gone on since. */
  async readHistories(runs: readonly RunSummary[]): Promise<void> {
    const wanted = runs.filter(
      ({ run, state, epochs }) => this.#read[run] !== `${state} ${epochs}`,
    );
    for (const { run, state, epochs } of wanted) {
      this.#read[run] = `${state} ${epochs}`;
      try {
        this.histories.set(run, await this.#runs.history(run));
      } catch (error) {
        this.#read[run] = '';
        throw error;
      }
    }
  }

  /** For another library. */
  clear(): void {
    this.chosen.clear();
    this.chosenGroups.clear();
    this.unfolded.clear();
    this.histories.clear();
    this.#read = {};
    this.editing = null;
    this.query = '';
  }
}

/** What a search looks in. */
function textOf({ name, note, tags, objective, encoder }: RunSummary): string {
  return [name, note, ...tags, objective ?? '', encoder].join('\n').toLowerCase();
}
