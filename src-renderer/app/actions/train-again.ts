import { cachedViewsOf } from '../../../src-main/contract/cached-views.ts';
import { epochsOf } from '../../../src-main/contract/epochs.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import { trainsAdapter, verdictTraining } from '../../../src-main/contract/verdict-training.ts';
import { countOf } from '../../formats/formats.ts';
import type { AppState } from '../app-state.svelte.ts';
import { refusalOf } from '../training/refusal.ts';

export type VerdictsAgain = 'mask' | 'attract';
/** How pairs judged the same are used in the next training, as its run is named. */
const trainedWith: Readonly<Record<VerdictsAgain, string>> = {
  mask: 'masked',
  attract: 'attracted',
};

/** Why the current run cannot be trained with verdicts, whatever is judged; empty when it can. */
export function trainAgainRefusal(app: AppState, use: VerdictsAgain): string {
  const run = app.runs.current;
  if (!run) return 'There is no run to train again yet.';
  return refusalOf(() => verdictTraining(run, use, app.trainable));
}

/** Why the current run cannot be trained again with verdicts now; empty when it can. */
export function trainAgainProblem(app: AppState, use: VerdictsAgain): string {
  // Before verdicts are asked for: nobody shall judge pairs for a training that cannot be.
  const refusal = trainAgainRefusal(app, use);
  if (refusal !== '') return refusal;
  const { grouped } = app.judged.pairs;
  const isJudgedDifferent = app.judged.list.some(({ verdict }) => verdict === 'different');
  if (grouped.groups.length === 0 && !isJudgedDifferent)
    return 'No pair is judged the same thing, or different, yet: nothing would change.';
  if (grouped.conflicts.some((chain) => app.judged.pairs.isBarring(chain))) {
    return 'Resolve the conflicts at the bottom first.';
  }
  return '';
}

/** What the training is called on the button that starts it, or where `again` says so elsewhere. */
export function trainAgainLabel(
  run: Pick<RunSummary, 'kind' | 'name'> | null,
  use: VerdictsAgain,
  again = 'Train again',
): string {
  const what = run && trainsAdapter(run) ? `Train an adapter on “${run.name}”` : again;
  return `${what} with verdicts ${trainedWith[use]}`;
}

/** What the training will be, in a sentence or two. */
export function trainAgainWords(app: AppState, run: RunSummary, use: VerdictsAgain): string {
  if (!trainsAdapter(run)) {
    return `As “${run.name}” was trained: ${run.objective}, ${countOf(run.epochs, 'epoch')}, its settings and seed.`;
  }
  const input = verdictTraining(run, use, app.trainable);
  return `“${run.name}” was not trained here and stays as it is: an adapter on its features learns from your verdicts (${input.objective}, ${countOf(epochsOf(input), 'epoch')}). First ${countOf(cachedViewsOf(input), 'view')} of each picture are embedded.`;
}

/**
 * Trains the current run once more with verdicts masked or attracted, or an adapter on its encoder, once
 * they are all saved.
 */
export async function trainAgain(app: AppState, use: VerdictsAgain): Promise<void> {
  const run = app.runs.current;
  if (!run) return;
  const what = trainsAdapter(run) ? `adapter on ${run.name}` : run.name;
  const name = freeName(app, `${what}, ${trainedWith[use]}`);
  const made = await app.attempt(async () => {
    await app.verdicts.saved;
    return await app.jobs.start('train', { ...verdictTraining(run, use, app.trainable), name });
  });
  if (made) app.review.trainedAgain = { job: made.job, name, from: run.run };
}

function freeName({ runs }: AppState, wanted: string): string {
  const names = new Set(runs.existing.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; names.has(name); number++) name = `${wanted} ${number}`;
  return name;
}
