import { expect, it } from 'vitest';
import type { TrainInput } from '../../../../src-main/contract/runs.ts';
import { narrowPlan, narrowStart, trainNarrow } from '../narrow-training.ts';

const pictures = 12;
const steps = 4;

const trainings: Partial<TrainInput>[] = [
  { objective: 'moco', settings: { queueSize: 6 } },
  { objective: 'moco-ring', settings: { queueSize: 12, ringOuter: 0.8 } },
  { objective: 'mochi', settings: { queueSize: 12, mixHardest: 6, mixPairs: 3, mixQueries: 2 } },
  { objective: 'negcut', settings: { generatedNegatives: 6 } },
  { objective: 'fnc', settings: { source: 'queue', queueSize: 6, falseQuantile: 0.8 } },
  { objective: 'fnc', settings: { source: 'bank', nceK: 4, falseThreshold: 0.3 } },
  { objective: 'ir', settings: { nceK: 4 } },
  { objective: 'ir', settings: { nceK: 4, normaliser: 'first' } },
  { objective: 'ir-ring', settings: { nceK: 4, ringOuter: 0.8 } },
  { objective: 'cmc', settings: { nceK: 4 } },
  { objective: 'cmc-nce', settings: { nceK: 4, normaliser: 'first' } },
  { objective: 'cmc-ring', settings: { nceK: 4, ringOuter: 0.8 } },
  { objective: 'prototypes', settings: { prototypes: 3 } },
  { objective: 'sogclr' },
  { objective: 'vicreg' },
];

/** The recipe has small steps, so that rounding does not grow from step to step. */
const recipe = { recipe: 'sgd', learningRate: 0.0002, warmupEpochs: 0, epochs: 2 } as const;

it.each(trainings)('%o trains on the eager device as on the cpu', async (change) => {
  const plan = narrowPlan({ ...recipe, ...change }, pictures);
  const start = narrowStart(plan, steps);
  const [traced, eager] = await Promise.all(
    (['cpu', 'tfjs-cpu'] as const).map((device) => trainNarrow(plan, start, 2, device)),
  );
  expect(eager!.losses).toHaveLength(2 * steps);
  for (const [step, loss] of eager!.losses.entries()) {
    const scale = Math.max(1, Math.abs(loss));
    expect(Math.abs(loss - traced!.losses[step]!) / scale, `step ${step}`).toBeLessThan(1e-4);
  }
  const carried = Object.keys(traced!.state.arrays).filter((name) =>
    /bank$|queue$|averages$|^generator.weights$/i.test(name),
  );
  for (const name of carried) {
    const found = eager!.state.arrays[name]!;
    for (const [at, value] of traced!.state.arrays[name]!.entries()) {
      expect(Math.abs(value - found[at]!), `${name} ${at}`).toBeLessThan(1e-3);
    }
  }
});
