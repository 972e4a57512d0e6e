import { nothingLeftOut } from '../../../src-main/contract/leave-out.ts';
import type { LeaveOut } from '../../../src-main/contract/leave-out.ts';
import { emojiPattern } from '../../../src-main/demo/emoji-of.ts';
import { linearCka } from '../../../src-main/engine/comparison/linear-cka.ts';
import { accuracyOf } from '../../../src-main/engine/evaluation/accuracy.ts';
import { singleLabels } from '../../../src-main/engine/evaluation/label-columns.ts';
import {
  groupsOfRows,
  leftOutGroups,
} from '../../../src-main/engine/evaluation/leave-out-groups.ts';
import {
  precisionAtK,
  precisionBounds,
} from '../../../src-main/engine/evaluation/precision-at-k.ts';
import { alignedPictures, scoreSample } from '../../../src-main/engine/evaluation/score-sample.ts';
import { scoredLabels } from '../../../src-main/engine/evaluation/scored-labels.ts';
import { storedProbe } from '../../../src-main/engine/evaluation/stored-probe.ts';
import { leaveOneOutAccuracy } from '../../../src-main/engine/evaluation/weighted-knn.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { hashesOf, labelsOf, presentSamples } from '../../../src-main/engine/store/samples.ts';
import type { TruthFigure, TruthSection } from './truth-figure.ts';

const trainings = ['simclr', 'hard'] as const;

/** Section 5 of the issue: one protocol for each number. */
export const protocols: TruthSection = {
  title: 'Protocols of the scores',
  measure: async ({ libraryFile, report }) => {
    const library = openLibrary(libraryFile, { mode: 'write', now: () => 0 });
    try {
      const all = await measuredRuns(library, nothingLeftOut, report);
      const others = { ...nothingLeftOut, name: emojiPattern };
      const grouped = await measuredRuns(library, others, report);
      return [
        ...accuracies(all),
        ...withoutTwins(grouped),
        ...bounds(all),
        ...(await cka()),
      ].concat(alignedLabels(library));
    } finally {
      library.close();
    }
  },
};

interface MeasuredRun {
  readonly name: string;
  readonly knn: number;
  readonly knn15: number;
  readonly linear: number;
  readonly balanced: number;
  readonly precision: number;
  readonly chance: number;
  readonly ceiling: number;
}

async function measuredRuns(
  library: Library,
  leaveOut: LeaveOut,
  report: (message: string) => void,
): Promise<ReadonlyMap<string, MeasuredRun>> {
  const leftOut = await leftOutGroups(library, leaveOut);
  const measured = new Map<string, MeasuredRun>();
  for (const name of ['pixels', 'starter', ...trainings]) {
    report(`${name}${leftOut === null ? '' : ', other emoji'}`);
    const embeddings = await readRun(library, name, findRun(library, name).weightsHash ?? '');
    const groups = groupsOfRows(leftOut, embeddings.ids);
    measured.set(name, await measureRun(library, name, embeddings, groups));
  }
  return measured;
}

async function measureRun(
  library: Library,
  name: string,
  embeddings: RunEmbeddings,
  groups: Int32Array | null,
): Promise<MeasuredRun> {
  const { ids, vectors, count, dimensions } = embeddings;
  const samples = presentSamples(library);
  const labels = singleLabels(labelsOf(samples, ids), samples.labelMembers);
  const scored = scoredLabels(labels, groups).labels;
  const rows = { vectors, count, dimensions };
  const neighbours = await exactNeighbours({ ...rows, k: 20, ...(groups && { groups }) });
  const goOn = (): Promise<void> => Promise.resolve();
  const shares = await storedProbe(library, embeddings, scored, groups, goOn);
  const linear = known(accuracyOf(scored, (row) => shares?.right[row] ?? 0));
  const considered = { labels, scored, groups };
  const limits = known(precisionBounds(considered));
  return {
    name,
    knn: known(leaveOneOutAccuracy({ neighbours, labels }, 5, scored)),
    knn15: known(leaveOneOutAccuracy({ neighbours, labels }, 15, scored)),
    linear: linear.all,
    balanced: linear.balanced,
    precision: known(precisionAtK({ ...considered, neighbours })),
    ...limits,
  };
}

/** The demo's pictures have labels, so that every score is known. */
function known<T>(score: T | null): T {
  if (score === null) throw new Error('A score of the demo is missing.');
  return score;
}

function text(
  runs: ReadonlyMap<string, MeasuredRun>,
  of: (run: MeasuredRun) => number,
  names: readonly string[] = trainings,
): string {
  return names.map((name) => (of(runs.get(name) as MeasuredRun) * 100).toFixed(1)).join(', ');
}

function accuracies(runs: ReadonlyMap<string, MeasuredRun>): TruthFigure[] {
  return [
    {
      name: 'kNN of simclr and hard by k = 5, everywhere (%)',
      value: text(runs, ({ knn }) => knn),
      before: '45.5, 45.1',
      expected: 'the same in runs, comparison, curve, demo',
    },
    {
      name: 'kNN of simclr and hard by k = 15, no longer shown (%)',
      value: text(runs, ({ knn15 }) => knn15),
      before: '41.0, 42.7',
      expected: 'the opposite verdict',
    },
    {
      name: 'linear probe of simclr and hard (%)',
      value: text(runs, ({ linear }) => linear),
      before: '35.2 by softmax, 26.3 by least squares for one run',
      expected: 'one number, scikit-learn’s',
    },
    {
      name: 'balanced linear probe of simclr and hard (%)',
      value: text(runs, ({ balanced }) => balanced),
    },
  ];
}

function withoutTwins(runs: ReadonlyMap<string, MeasuredRun>): TruthFigure[] {
  const names = ['pixels', 'starter', ...trainings];
  return [
    {
      name: 'kNN of starter, other emoji',
      value: runs.get('starter')?.knn ?? NaN,
      before: '0.708 with twins, 0.459 without',
      expected: '0.462 by the demo’s own rule of before',
    },
    {
      name: 'kNN of pixels, starter, simclr, hard, other emoji (%)',
      value: text(runs, ({ knn }) => knn, names),
      before: '25.4, 46.2, 29.2, 27.9',
      expected: 'the demo’s table, now by --leave-out',
    },
    {
      name: 'linear of pixels, starter, simclr, hard, other emoji (%)',
      value: text(runs, ({ linear }) => linear, names),
    },
  ];
}

function bounds(runs: ReadonlyMap<string, MeasuredRun>): TruthFigure[] {
  const hard = runs.get('hard');
  return [
    {
      name: 'P@20 of simclr and hard (%)',
      value: text(runs, ({ precision }) => precision),
      before: 'called “false negative rate”',
      expected: 'chance and ceiling beside it',
    },
    { name: 'chance of P@20', value: hard?.chance ?? NaN, expected: 'same label among others' },
    { name: 'ceiling of P@20', value: hard?.ceiling ?? NaN, expected: 'min(20, same label) / 20' },
  ];
}

/** Debiased CKA of unrelated pictures; biased it is about d / (n + d). */
async function cka(): Promise<TruthFigure[]> {
  const count = 100;
  const values: number[] = [];
  for (const dimensions of [16, 32]) {
    for (let seed = 1; seed <= 10; seed++) {
      const random = seedRandom(seed);
      const drawn = () => ({
        vectors: Float32Array.from({ length: count * dimensions }, () => random.normal()),
        ...{ count, dimensions },
      });
      values.push((await linearCka(drawn(), drawn())) ?? NaN);
    }
  }
  return [
    {
      name: 'CKA of 100 random pictures, mean of 20',
      value: values.reduce((sum, value) => sum + value, 0) / values.length,
      before: '0.10 to 0.24',
      expected: '0',
    },
  ];
}

/** How many labels the pictures of the alignment have. */
function alignedLabels(library: Library): TruthFigure[] {
  const samples = presentSamples(library);
  const all = labelsOf(samples, samples.ids);
  const sample = scoreSample(hashesOf(samples, samples.ids), alignedPictures);
  const alignments = trainings.map((name) => findRun(library, name).metrics.alignment?.toFixed(3));
  return [
    {
      name: 'labels among the 512 pictures of the alignment, of 25',
      value: new Set(Array.from(sample, (row) => all[row])).size,
      before: 12,
      expected: '25',
    },
    {
      name: 'alignment of simclr and hard, as stored with the library',
      value: alignments.join(', '),
      before: '0.316, 0.397 on the first 512 pictures',
      expected: 'the same pictures and views; new once the runs are evaluated',
    },
  ];
}
