import { epochsOf } from '../../contract/epochs.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { trainableSamples } from '../store/left-out.ts';
import type { MethodsOf } from './method-handlers.ts';

/** A step takes the passes of two views, and for what is trained twice as much again for the gradients. */
const [viewsOfStep, passesBack] = [2, 2];
/** Adam keeps two numbers of each weight beside its value and its gradient. */
const numbersOfWeight = 4;
const bytesOfNumber = 4;

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
    'tuning.cost': async ({ on, trainFrom, lora, size: chosen, batch, ...length }) => {
      const { findTunedBase } = await import('../encoders/tuned/tuned-base.ts');
      const { tuningWork } = await import('../training/plan/tuning-work.ts');
      const { library } = libraries.opened();
      const base = await findTunedBase({ library, modelFolder }, on);
      const size = chosen ?? base.size;
      const plan = base.plan({
        ...{ head: 'none', isLab: false, layerDecay: 1, lora },
        trainFrom: base.firstLayer(trainFrom),
      });
      const { multiplications, dependent, kept, weights } = tuningWork(plan, size);
      const trained = dependent / multiplications;
      const epochs = epochsOf({ ...length, encoder: 'finetune' });
      const passes = viewsOfStep * (1 + passesBack * trained);
      const pictures = trainableSamples(library).ids.length;
      const perPass = base.secondsPerPicture(size);
      return {
        seconds: perPass && perPass * passes * pictures * epochs,
        bytes: bytesOfNumber * (numbersOfWeight * weights + viewsOfStep * batch * kept),
        weights,
        frozenShare: 1 - trained,
      };
    },
  };
}
