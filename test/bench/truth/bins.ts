import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { runJob } from '../../../src-main/cli/run-job.ts';
import { binNames } from '../../../src-main/contract/bins.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { TruthContext, TruthFigure, TruthSection } from './truth-figure.ts';
import { explainedAnchors } from './explained-anchors.ts';
import type { ExplainedAnchors } from './explained-anchors.ts';

const silent = { show: () => undefined, end: () => undefined };
/** 12 temperatures, 10 β and 10 τ⁺: 1,200 settings. */
const temperatures = Array.from({ length: 12 }, (_, step) => 0.02 * 25 ** (step / 11));
const betas = Array.from({ length: 10 }, (_, step) => (6 * step) / 9);
const priors = Array.from({ length: 10 }, (_, step) => (0.3 * step) / 9);
const gridAnchors = 20;

/** Whether the bins follow the loss, and what they take of the push. */
export const bins: TruthSection = {
  title: 'Bins',
  measure: async (context) => {
    const library = openLibrary(context.libraryFile, { mode: 'write', now: Date.now });
    const figures: TruthFigure[] = [];
    try {
      for (const name of ['simclr', 'hard']) {
        context.report(name);
        const anchors = explainedAnchors(library, name);
        if (name === 'simclr') figures.push(...gridFigures(anchors), effective(anchors));
        figures.push(sharesByBin(name, anchors));
      }
    } finally {
      library.close();
    }
    return [...figures, await recordedFigure(context)];
  },
};

/** How often the bins of an anchor change over the settings, and what the hard ones hold. */
function gridFigures({ explain, count }: ExplainedAnchors): TruthFigure[] {
  const distinct: number[] = [];
  let least = Infinity;
  for (let index = 0; index < gridAnchors; index++) {
    const row = Math.floor((index * count) / gridAnchors);
    const assignments = new Set<string>();
    for (const temperature of temperatures) {
      for (const beta of betas) {
        for (const tauPlus of priors) {
          const change = { objective: 'hard', temperature, beta, tauPlus } as const;
          const { bin, share } = explain(row, change, 'unlabelled');
          assignments.add(Buffer.from(bin).toString('latin1'));
          const pushed = share.map((part) => Math.max(0, part));
          const hard = pushed.filter((_, candidate) => binNames[bin[candidate] ?? -1] === 'hard');
          least = Math.min(least, sumOf(hard) / sumOf(pushed));
        }
      }
    }
    distinct.push(assignments.size);
  }
  const name = `${temperatures.length * betas.length * priors.length} settings (t 0.02 to 0.5, β 0 to 6, τ⁺ 0 to 0.3)`;
  return [
    {
      name: `distinct bins of an anchor over ${name}, mean of ${gridAnchors} anchors on z`,
      value: meanOf(distinct),
      before: 1,
      expected: 'many; τ⁺ scales all pushes alike and moves none, so 120 at most',
    },
    {
      name: `the least that hard holds of all that is pushed, over the same settings`,
      value: least,
      before: 'not decided by push',
      expected: 'at least the hard share, 0.5',
    },
  ];
}

function effective({ explain, count }: ExplainedAnchors): TruthFigure {
  const rows = Array.from({ length: count }, (_, row) => row);
  return {
    name: `simclr (β = 0): effective negatives of ${count - 1} on z, mean of all anchors`,
    value: meanOf(rows.map((row) => explain(row, {}, 'labelled').effectiveNegatives)),
    before: count - 1,
    expected: 'about 196, which were worked out by hand',
  };
}

/** Counts and signed shares of the bins, as means over all anchors, with the run's own settings. */
function sharesByBin(name: string, { explain, count }: ExplainedAnchors): TruthFigure {
  const counts = binNames.map(() => 0);
  const shares = binNames.map(() => 0);
  for (let row = 0; row < count; row++) {
    const { bin, share } = explain(row, {}, 'labelled');
    for (let candidate = 0; candidate < bin.length; candidate++) {
      const index = bin[candidate] as number;
      counts[index] = (counts[index] as number) + 1 / count;
      shares[index] = (shares[index] as number) + (share[candidate] as number) / count;
    }
  }
  const words = binNames.map(
    (bin, index) =>
      `${bin} ${(counts[index] ?? 0).toFixed(0)} with ${(100 * (shares[index] ?? 0)).toFixed(1)} %`,
  );
  return {
    name: `${name}: negatives in each bin on z and their share of the push, mean of all anchors`,
    value: words.join(', '),
    expected: 'shares of 100 % in sum',
  };
}

/** The effective number that a training without β records, of its 126 negatives. */
async function recordedFigure({ libraryFile, report }: TruthContext): Promise<TruthFigure> {
  report('a head on pixels');
  const engine = createEngine({ ...commandLineOptions(), dataFolder: `${libraryFile}.home` });
  try {
    await engine.call('library.open', { file: libraryFile });
    const input = { objective: 'simclr', encoder: 'head' as const, on: 'pixels', batch: 64 };
    const named = { ...input, epochs: 5, name: 'truth bins' };
    const { run } = await runJob(engine, 'train', named, silent);
    const { epochMetrics } = await engine.call('runs.history', { run });
    const last = epochMetrics.findLast(({ name }) => name === 'effectiveNegatives');
    return {
      name: 'effective negatives of 126 that a simclr training records (a head on pixels, epoch 5)',
      value: last?.value ?? NaN,
      before: 126,
      expected: 'less than 126',
    };
  } finally {
    await engine.close();
  }
}

function sumOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}
