import {
  leaveOutText,
  nothingLeftOut,
  type LeaveOut,
} from '../../../src-main/contract/leave-out.ts';
import { isMeasuredOtherwise } from '../../../src-main/contract/run-scores.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Runs } from './runs.svelte.ts';

interface ScoreSurroundings {
  readonly connection: Connection;
  readonly notices: Notices;
  readonly runs: Runs;
}

/** What the library's scores leave out of voting, and which runs were measured otherwise. */
export class ScoreChoice {
  chosen = $state.raw<LeaveOut>(nothingLeftOut);
  /** As `leaveOutText`. */
  readonly text = $derived.by(() => leaveOutText(this.chosen));
  /** The runs whose scores cannot be put beside those of today. */
  readonly outdated = $derived.by(() =>
    this.#around.runs.existing.filter(
      ({ metrics, embedded }) => embedded && isMeasuredOtherwise(metrics, this.text),
    ),
  );
  readonly #around: ScoreSurroundings;

  constructor(around: ScoreSurroundings) {
    this.#around = around;
  }

  async load(): Promise<void> {
    this.chosen = await this.#around.connection.call('scores.leaveOut', {});
  }

  async choose(chosen: LeaveOut): Promise<void> {
    this.chosen = await this.#around.connection.call('scores.chooseLeaveOut', chosen);
  }

  /** Measures every run again whose scores are otherwise; a job for each. */
  async measureAgain(start: (run: RunSummary) => Promise<unknown>): Promise<void> {
    for (const run of this.outdated) await start(run);
  }
}
