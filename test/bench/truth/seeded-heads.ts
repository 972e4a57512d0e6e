import { seedScores } from '../../../src-main/contract/trainings-comparison.ts';
import type { SeedScore } from '../../../src-main/contract/trainings-comparison.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { comparedSide, scoredBy } from '../../../src-main/engine/comparison/compared-side.ts';
import { scoreSide } from '../../../src-main/engine/comparison/seed-pieces.ts';
import { neighboursForHalves } from '../../../src-main/engine/comparison/subsampled-deviations.ts';
import { similarityMoments } from '../../../src-main/engine/comparison/standard-hardness.ts';
import type { SubsampledRun } from '../../../src-main/engine/comparison/subsampled-measures.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { listRuns } from '../../../src-main/engine/store/runs.ts';
import { labelsOf, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { runToState } from '../../contract/wait-for-job.ts';

const prefix = 'seed-only ';

/** A small head with all its scores on the library's pictures. */
export interface MeasuredHead extends SubsampledRun {
  readonly scores: Readonly<Record<SeedScore, number>>;
}

/** Trains heads on raw pixels that differ by their seed alone, those that are not there yet. */
export async function trainHeads(
  file: string,
  folder: string,
  count: number,
  report: (message: string) => void,
): Promise<string> {
  const engine = createEngine({
    ...{ dataFolder: folder, modelFolder: folder, workingFolder: folder },
    now: () => Date.now(),
  });
  try {
    await engine.call('library.open', { file });
    for (let seed = 1; seed <= count; seed++) {
      const name = `${prefix}${seed}`;
      report(`Training head ${seed} of ${count}`);
      const { state, error } = await runToState(engine, 'train', {
        ...{ name, seed, encoder: 'head', on: 'pixels', views: 2, epochs: 3, batch: 128 },
        ...{ ledgerSize: 0, keepCheckpoints: 1, device: 'cpu' },
      });
      if (state !== 'done') throw new Error(`${name}: ${error?.message ?? state}`);
    }
  } finally {
    await engine.close();
  }
  return file;
}

/** The heads of a library, measured on all its pictures, with the pictures' labels. */
export async function measuredHeads(
  file: string,
  report: (message: string) => void,
): Promise<{
  readonly measured: readonly MeasuredHead[];
  readonly labels: Int32Array;
  readonly labelNames: readonly string[];
}> {
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  try {
    const runs = listRuns(library).filter(({ name }) => name.startsWith(prefix));
    const samples = presentSamples(library);
    const measured: MeasuredHead[] = [];
    let labels: Int32Array = new Int32Array(0);
    const signal = new AbortController().signal;
    for (const run of runs) {
      report(`Measuring ${run.name}`);
      const embeddings = await readRun(library, run.name, run.weightsHash ?? '');
      const { ids } = embeddings;
      const known = { labels: labelsOf(samples, ids), labelMembers: samples.labelMembers };
      const by = await scoredBy({ library, signal }, ids, known);
      labels = by.labels;
      const wanted = neighboursForHalves(20);
      const side = await comparedSide({ library, signal }, embeddings, {
        ...{ ids, k: wanted, voters: wanted, groups: by.groups },
        onProgress: () => undefined,
        probed: () => Promise.resolve(),
      });
      const all = { ...(await scoreSide(side, by)), alignment: run.metrics.alignment ?? null };
      const scores = Object.fromEntries(
        seedScores.map((score) => [score, all[score] ?? NaN]),
      ) as MeasuredHead['scores'];
      const { neighbours, voting } = side;
      measured.push({ scores, neighbours, voting, moments: await similarityMoments(side) });
    }
    return { measured, labels, labelNames: samples.labels };
  } finally {
    library.close();
  }
}
