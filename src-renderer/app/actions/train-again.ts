import { trainAgainInput } from '../../../src-main/contract/train-again.ts';
import type { AppState } from '../app-state.svelte.ts';
import { refusalOf } from '../training/refusal.ts';

export type VerdictsAgain = 'mask' | 'attract';
/** How pairs judged the same are used in the next training, as its run is named. */
export const trainedWith: Readonly<Record<VerdictsAgain, string>> = {
  mask: 'masked',
  attract: 'attracted',
};

/** Why the current run cannot be trained again with verdicts; empty when it can. */
export function trainAgainProblem(app: AppState, use: VerdictsAgain): string {
  const run = app.runs.current;
  const { grouped } = app.judged.pairs;
  if (!run) return 'There is no run to train again yet.';
  const isJudgedDifferent = app.judged.list.some(({ verdict }) => verdict === 'different');
  if (grouped.groups.length === 0 && !isJudgedDifferent)
    return 'No pair is judged the same thing, or different, yet: nothing would change.';
  if (grouped.conflicts.some((chain) => app.judged.pairs.isBarring(chain))) {
    return 'Resolve the conflicts at the bottom first.';
  }
  return refusalOf(() => trainAgainInput(run, use, app.trainable));
}

/** Trains the current run once more with verdicts masked or attracted, once they are all saved. */
export async function trainAgain(app: AppState, use: VerdictsAgain): Promise<void> {
  const run = app.runs.current;
  if (!run) return;
  const name = freeName(app, `${run.name}, ${trainedWith[use]}`);
  const made = await app.attempt(async () => {
    await app.verdicts.saved;
    return await app.jobs.start('train', { ...trainAgainInput(run, use, app.trainable), name });
  });
  if (made) app.review.trainedAgain = { job: made.job, name, from: run.run };
}

function freeName({ runs }: AppState, wanted: string): string {
  const names = new Set(runs.existing.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; names.has(name); number++) name = `${wanted} ${number}`;
  return name;
}
