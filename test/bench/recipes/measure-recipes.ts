import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { knnNeighbours } from '../../../src-main/contract/run-scores.ts';
import { trainInput } from '../../../src-main/contract/runs.ts';
import { emojiOf } from '../../../src-main/demo/emoji-of.ts';
import { emojiScores } from '../../../src-main/demo/emoji-scores.ts';
import { judgedEmoji } from '../../../src-main/demo/same-emoji-verdicts.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { singleLabels } from '../../../src-main/engine/evaluation/label-columns.ts';
import { votedLabels } from '../../../src-main/engine/evaluation/weighted-knn.ts';
import type { JobContext } from '../../../src-main/engine/jobs/job-context.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { labelsOf, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import type { Recipe } from './recipes.ts';
import { startClock } from './used-time.ts';
import type { UsedTime } from './used-time.ts';

/** What a recipe made of the emoji; accuracies and shares from 0 to 1. */
export interface MeasuredRecipe extends UsedTime {
  readonly name: string;
  readonly seed: number;
  /** kNN accuracy by 5 neighbours, and where drawings of the same emoji do not vote. */
  readonly knn: number;
  readonly knnOtherEmoji: number;
  /** Pictures whose nearest one is the same emoji, of the half that was judged and of the other. */
  readonly judgedHalf: number;
  readonly otherHalf: number;
  /** Of each labelled picture, whether its 5 nearest vote right. */
  readonly right: readonly boolean[];
}

/** Measures recipes on a copied library of the demo, in which half of the emoji is judged by `seed`. */
export async function measureRecipes(
  libraryFile: string,
  seed: number,
  recipes: readonly Recipe[],
  report: (message: string) => void,
): Promise<MeasuredRecipe[]> {
  const library = openLibrary(libraryFile, { mode: 'write', now: Date.now });
  try {
    const judged = judgeHalf(library, seed);
    const measured: MeasuredRecipe[] = [];
    for (const [index, { name, embed = '', train }] of recipes.entries()) {
      report(name);
      // Jobs of the copied library have lower numbers.
      const context = jobContext(library, 1_000_000 + index);
      const usedTime = startClock();
      const { run } = train
        ? await runTrainJob(context, trainInput.parse({ ...train, seed, device: 'cpu' }))
        : await runEmbedJob(context, { encoder: embed, device: 'cpu' });
      const used = usedTime();
      const [scores] = await emojiScores(libraryFile, [run], (emoji) => judged.has(emoji));
      const right = await rightVotes(library, run);
      const one = {
        ...{ name, seed, ...used },
        knn: shareOf(right),
        knnOtherEmoji: scores?.knnOtherEmoji ?? NaN,
        judgedHalf: scores?.sameNearest.judged ?? NaN,
        otherHalf: scores?.sameNearest.others ?? NaN,
      };
      report(JSON.stringify(one));
      measured.push({ ...one, right });
    }
    return measured;
  } finally {
    library.close();
  }
}

/** Judges all drawings of a random half of the emoji the same; gives these emoji. */
function judgeHalf(library: Library, seed: number): ReadonlySet<string> {
  const { hashes, paths } = presentSamples(library);
  const drawings = Map.groupBy(hashes.keys(), (row) => emojiOf(paths[row] ?? ''));
  const judged = judgedEmoji(paths, seed);
  library.write(() => {
    for (const one of judged) {
      const rows = drawings.get(one) ?? [];
      for (const [index, row] of rows.entries()) {
        for (const other of rows.slice(index + 1)) {
          const pair: [string, string] = [hashes[row] ?? '', hashes[other] ?? ''];
          saveVerdict(library, pair, { verdict: 'same', note: '', runId: null });
        }
      }
    }
  });
  return judged;
}

/** kNN accuracy of a run by 5 neighbours, leave-one-out. */
export async function knnOf(library: Library, run: number): Promise<number> {
  return shareOf(await rightVotes(library, run));
}

/** Of each labelled picture, whether its 5 nearest others vote right. */
async function rightVotes(library: Library, run: number): Promise<boolean[]> {
  const { name, weightsHash } = findRun(library, run);
  const { ids, vectors, count, dimensions } = await readRun(library, name, weightsHash ?? '');
  const samples = presentSamples(library);
  const labels = singleLabels(labelsOf(samples, ids), samples.labelMembers);
  const neighbours = await exactNeighbours({ vectors, count, dimensions, k: knnNeighbours });
  const voted = votedLabels({ neighbours, labels }, knnNeighbours);
  return [...labels.keys()]
    .filter((row) => (labels[row] ?? -1) >= 0)
    .map((row) => voted[row] === labels[row]);
}

function shareOf(values: readonly boolean[]): number {
  return values.filter(Boolean).length / values.length;
}

/** What a job of a copied library runs in. */
export function jobContext(library: Library, job: number): JobContext {
  const human = createRequire(import.meta.url).resolve('@vladmandic/human');
  return {
    ...{ library, job, signal: new AbortController().signal, now: Date.now },
    modelFolder: join(dirname(human), '../models'),
    report: () => undefined,
    showMap: () => undefined,
    yieldToEvents: () => Promise.resolve(),
  };
}
