import { trainInput } from '../../../src-main/contract/runs.ts';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import { aspectOfSource } from '../../../src-main/engine/pictures/source-picture.ts';
import { ViewCropper } from '../../../src-main/engine/pictures/view-cropper.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readPixels } from '../../../src-main/engine/store/pixels.ts';
import { sidesOfSamples } from '../../../src-main/engine/store/source-pixels.ts';
import { planTraining } from '../../../src-main/engine/training/plan/training-plan.ts';
import { startTraining } from '../../../src-main/engine/training/plan/training-state.ts';
import { pictureViews } from '../../../src-main/engine/training/step/step-views.ts';
import { trainStepSpec } from '../../../src-main/engine/training/step/train-step.ts';
import { trainEpoch } from '../../../src-main/engine/training/trainer.ts';
import { squareSources } from '../../fixtures/square-sources.ts';
import type { TruthFigure } from './truth-figure.ts';

const rounds = 5;

/**
 * The median step of resnet8, with views from the pictures at their own size and from squares of the
 * views' size; epochs of both take turns, so that both meet the same load.
 */
export async function cropSecondsOfStep(
  library: Library,
  ids: Uint32Array,
  size: number,
): Promise<TruthFigure[]> {
  const plan = planTraining(trainInput.parse({ size, ledgerSize: 0 }), ids.length);
  const program = await compileProgram(trainStepSpec(plan.step), 'cpu');
  const sides = sidesOfSamples(library, ids);
  const aspects = new Map([...ids].map((id, at) => [id, aspectOfSource(sides[at]!, size)]));
  const cropper = new ViewCropper(library.file, size);
  const feeders = {
    own: pictureViews(plan.step, {
      aspectOf: (id) => aspects.get(id) ?? 1,
      crop: (wanted, crops) => cropper.crop(wanted, crops),
    }),
    square: pictureViews(
      plan.step,
      squareSources((wanted) => readPixels(library, wanted, size)),
    ),
  };
  const seconds = { own: [] as number[], square: [] as number[] };
  let state = startTraining(plan.step, plan.seed, ids);
  for (let round = 0; round < rounds; round += 1) {
    for (const from of ['own', 'square'] as const) {
      state = await trainEpoch(plan, state, {
        program,
        views: feeders[from],
        now: () => performance.now(),
        yieldToEvents: () => Promise.resolve(),
        // The first epochs warm up, and read the pictures from the library.
        onStep: ({ stepSeconds }) => round > 0 && seconds[from].push(stepSeconds),
        ledger: null,
      });
    }
  }
  await cropper.close();
  await program.dispose();
  const [own, square] = [median(seconds.own), median(seconds.square)];
  return [
    {
      name: 'Seconds of a training step, resnet8 on 64 pictures of 32 px',
      ...{ value: own, before: square },
    },
    {
      name: 'Their ratio',
      ...{ value: own / square, expected: '1.1 to 1.2 at most' },
    },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
