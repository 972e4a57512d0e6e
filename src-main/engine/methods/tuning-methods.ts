import { cachedViewsOf } from '../../contract/cached-views.ts';
import { epochsOf } from '../../contract/epochs.ts';
import type { TunedBase } from '../encoders/tuned/tuned-encoder.ts';
import type { EncoderPlan } from '../networks/trainable-encoder.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { trainableSamples } from '../store/left-out.ts';
import type { MethodsOf } from './method-handlers.ts';

/** The views of each picture in a step. */
const viewsOfStep = 2;
/** Adam keeps two numbers of each weight beside its value and its gradient. */
const numbersOfWeight = 4;
const bytesOfNumber = 4;
/**
 * What is kept for the gradients, these, and what the runtime reserves besides: 2.8 on the starter encoder, between
 * batches of 64 and of 128.
 */
const copiesOfKept = 3;

/** Answers the methods on fine-tuning. Tensors are loaded only when they are needed. */
export function tuningMethods(libraries: OpenLibraries, modelFolder: string): MethodsOf<'tuning'> {
  return {
    'tuning.base': async ({ on }) => {
      const { findTunedBase } = await import('../encoders/tuned/tuned-base.ts');
      const { library } = libraries.opened();
      const base = await findTunedBase({ library, modelFolder }, on);
      const { layers, size, firstLayer, hasLinear = false } = base;
      return { layers: [...layers], first: firstLayer(), size, hasLinear };
    },
    'tuning.cost': async ({ on, trainFrom, lora, size: chosen, batch, views, ...length }) => {
      const { findTunedBase } = await import('../encoders/tuned/tuned-base.ts');
      const { tuningPasses, tuningWork } = await import('../training/plan/tuning-work.ts');
      const { library } = libraries.opened();
      const base = await findTunedBase({ library, modelFolder }, on);
      const size = chosen ?? base.size;
      const first = base.firstLayer(trainFrom);
      const plan = base.plan({
        ...{ head: 'none', isLab: false, layerDecay: 1, lora },
        trainFrom: first,
      });
      const work = tuningWork(plan, size);
      const pictures = trainableSamples(library).ids.length;
      const cachedViews = cachedViewsOf({ encoder: 'finetune', views });
      const passes = tuningPasses(work, {
        views: cachedViews,
        epochs: epochsOf({ ...length, encoder: 'finetune' }),
      });
      const perPass = base.secondsPerPicture(size);
      const secondsOf = (each: number): number | null => perPass && perPass * each * pictures;
      return {
        seconds: secondsOf(passes.first + passes.steps),
        bytes:
          bytesOfNumber *
          (numbersOfWeight * work.weights + copiesOfKept * viewsOfStep * batch * work.kept),
        weights: work.weights,
        frozenShare: 1 - work.dependent / work.multiplications,
        cached:
          cachedViews === 0
            ? null
            : {
                views: cachedViews,
                seconds: secondsOf(passes.first),
                bytes: await cachedBytes({ plan, base, first, size }, pictures * cachedViews),
              },
      };
    },
  };
}

/**
 * Bytes of the cached features of so many views.
 * @throws EngineError as the training would, where none can be cached
 */
async function cachedBytes(
  {
    plan,
    base,
    ...chosen
  }: {
    readonly plan: EncoderPlan;
    readonly base: TunedBase;
    readonly first: string;
    readonly size: number;
  },
  views: number,
): Promise<number> {
  const { cutTuned } = await import('../encoders/tuned/cut-encoder.ts');
  const { cutWidth } = await import('../networks/network-cut.ts');
  const { viewFeatureBytes } = await import('../training/material/view-features.ts');
  return viewFeatureBytes(views, 1, cutWidth(cutTuned(plan, base, chosen).cut));
}
