import type { SeedScore } from '../../../src-main/contract/trainings-comparison.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { comparedSide } from '../../../src-main/engine/comparison/compared-side.ts';
import { scoreSide } from '../../../src-main/engine/comparison/seed-pieces.ts';
import { neighboursForHalves } from '../../../src-main/engine/comparison/subsampled-deviations.ts';
import { singleLabels } from '../../../src-main/engine/evaluation/label-columns.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { listRuns } from '../../../src-main/engine/store/runs.ts';
import { labelsOf, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { runToState } from '../../contract/wait-for-job.ts';

const prefix = 'seed-only ';

/** A small head with all its scores on the library's pictures. */
export interface MeasuredHead {
  readonly scores: Readonly<Record<SeedScore, number>>;
  readonly neighbours: Neighbours;
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
      labels = singleLabels(labelsOf(samples, embeddings.ids), samples.labelMembers);
      const wanted = neighboursForHalves(20);
      const none = (): void => undefined;
      const side = await comparedSide(
        { library, signal },
        embeddings,
        embeddings.ids,
        wanted,
        none,
      );
      const { knn, linear, precisionAt20, uniformity } = await scoreSide(side, labels);
      const scores = {
        ...{ knn: knn ?? NaN, linear: linear ?? NaN, precisionAt20: precisionAt20 ?? NaN },
        ...{ uniformity, alignment: run.metrics.alignment ?? NaN },
      };
      measured.push({ scores, neighbours: side.neighbours });
    }
    return { measured, labels, labelNames: samples.labels };
  } finally {
    library.close();
  }
}
