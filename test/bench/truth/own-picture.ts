import { trainInput } from '../../../src-main/contract/runs.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { singleLabels } from '../../../src-main/engine/evaluation/label-columns.ts';
import type { JobContext } from '../../../src-main/engine/jobs/job-context.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { trainableSamples } from '../../../src-main/engine/store/left-out.ts';
import { readLedger } from '../../../src-main/engine/store/ledger.ts';
import { labelsOf, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { EpochMonitor } from '../../../src-main/engine/training/epoch-monitor.ts';
import { pixelMaterial } from '../../../src-main/engine/training/material/pixel-material.ts';
import { planTraining } from '../../../src-main/engine/training/plan/training-plan.ts';
import { startTraining } from '../../../src-main/engine/training/plan/training-state.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import type { TruthContext, TruthFigure, TruthSection } from './truth-figure.ts';

/** The share of anchors and of their push, in percent, that version 0.1 measured. */
const before: Readonly<Record<string, readonly [number, number]>> = {
  moco: [49, 39],
  ir: [62, 32],
};

/**
 * MoCo, IR and CMC at their defaults: whether an anchor meets its own picture as a negative, and what
 * is learnt.
 */
export const ownPicture: TruthSection = {
  title: "The anchor's own picture among its negatives",
  measure: async ({ libraryFile, report }) => {
    const library = openLibrary(libraryFile, { mode: 'write', now: Date.now });
    try {
      const figures: TruthFigure[] = [];
      for (const [index, objective] of ['moco', 'ir', 'cmc'].entries()) {
        // Jobs of the copied library have lower numbers.
        const context = jobContext(library, 1_000_000 + index, report);
        const input = trainInput.parse({ objective, name: `truth ${objective}`, device: 'cpu' });
        figures.push(...(await figuresOf(context, input)));
      }
      return figures;
    } finally {
      library.close();
    }
  },
};

async function figuresOf(context: JobContext, input: TrainInput): Promise<TruthFigure[]> {
  const { objective } = input;
  const start = await knnAtStart(context, input);
  const { run, epochs, metrics } = await runTrainJob(context, input);
  const met = ownNegatives(context.library, run, epochs);
  const [anchorsBefore, pushBefore] = before[objective] ?? [];
  return [
    {
      name: `${objective}: anchors with their own picture among the recorded negatives, %`,
      value: met.anchors,
      ...(anchorsBefore !== undefined && { before: anchorsBefore }),
      expected: '0',
    },
    {
      name: `${objective}: its share of their push, %`,
      value: met.push,
      ...(pushBefore !== undefined && { before: pushBefore }),
      expected: '0',
    },
    ...initialShare(context.library, input),
    { name: `${objective}: kNN of the untrained encoder`, value: start },
    {
      name: `${objective}: kNN after the training`,
      value: metrics.knn ?? NaN,
      expected: `at least ${(start + 0.05).toFixed(3)}`,
    },
  ];
}

/** kNN accuracy of the encoder as it is before the first step, as the training itself scores it. */
async function knnAtStart(context: JobContext, input: TrainInput): Promise<number> {
  const { library } = context;
  const { ids } = trainableSamples(library);
  const plan = planTraining(input, ids.length);
  const material = await pixelMaterial(context, plan, 'cpu');
  try {
    const sampleIds = await material.prepare(ids, () => undefined);
    const samples = presentSamples(library);
    const labels = singleLabels(labelsOf(samples, sampleIds), samples.labelMembers);
    const aligned = sampleIds.subarray(0, 1);
    const pictures = { sampleIds, labels, groups: null, aligned };
    const monitor = new EpochMonitor(pictures, material, () => 0);
    const state = startTraining(plan.step, plan.seed, sampleIds);
    const { knn } = await monitor.afterEpoch(state, 0, false, () => Promise.resolve());
    return knn ?? NaN;
  } finally {
    await material.dispose();
  }
}

/** Of the anchors of an epoch, in percent: those recorded as negatives of themselves, and the push. */
function ownNegatives(library: Library, run: number, epoch: number) {
  let [anchors, met, push] = [0, 0, 0];
  for (const id of presentSamples(library).ids) {
    const negatives = readLedger(library, run, epoch, id)?.negatives;
    if (!negatives) continue;
    anchors += 1;
    const own = negatives.ids.indexOf(id);
    if (own < 0) continue;
    met += 1;
    push += negatives.share[own] ?? 0;
  }
  return { anchors: (100 * met) / anchors, push: met === 0 ? 0 : (100 * push) / met };
}

/** What is left of the key encoder's first weights after a training, m to the power of its steps. */
function initialShare(library: Library, input: TrainInput): TruthFigure[] {
  const pictures = trainableSamples(library).ids.length;
  const { objective, epochs } = planTraining(input, pictures);
  const { keyMomentum } = objective.settings;
  if (keyMomentum === undefined) return [];
  const steps = epochs * Math.floor(pictures / input.batch);
  const name = `${input.objective}: first weights of the key encoder after the training, %`;
  return [{ name, value: 100 * keyMomentum ** steps, before: 60, expected: 'a few at most' }];
}

function jobContext(library: Library, job: number, report: TruthContext['report']): JobContext {
  let shown = '';
  return {
    library,
    job,
    signal: new AbortController().signal,
    now: Date.now,
    modelFolder: '',
    report: ({ message }) => {
      if (message !== shown) report(message);
      shown = message;
    },
    showMap: () => undefined,
    yieldToEvents: () => Promise.resolve(),
  };
}
