import { resolveAugmentation } from '../../contract/augmentations.ts';
import { defaultAugmentation } from '../../contract/objective-augmentations.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { FrozenEncoder } from '../encoders/embedding/encoder.ts';
import { secondsPerView } from '../encoders/embedding/encoder-speed.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { samplesWithoutEmbedding } from '../store/embeddings.ts';
import { trainableSamples } from '../store/left-out.ts';
import { presentSampleIds } from '../store/samples.ts';
import { samplesWithoutViewFeatures } from '../store/view-features.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on trainings of heads. */
export function headMethods(libraries: OpenLibraries, modelFolder: string): MethodsOf<'heads'> {
  return {
    'heads.cost': async ({ on, views, seed, augmentationOverrides, ...chosen }) => {
      const { viewFeatureBytes, viewFeaturesKey } =
        await import('../training/material/view-features.ts');
      const frozen = await baseOfHead(libraries, modelFolder, on);
      const { library } = libraries.opened();
      const augmentation =
        chosen.augmentation ??
        defaultAugmentation({ objective: chosen.objective, encoder: 'head', size: frozen.size });
      const settings = resolveAugmentation(augmentation, augmentationOverrides);
      const key = viewFeaturesKey(frozen, { augmentation: settings, seed, views });
      const trained = trainableSamples(library).ids;
      const { dimensions, hash } = frozen;
      const missing = samplesWithoutViewFeatures(library, key, trained).length;
      // Every picture itself goes through the encoder once, too, also what is left out of training.
      const present = presentSampleIds(library);
      const passes = missing * views + samplesWithoutEmbedding(library, hash, 'h', present).length;
      const seconds = secondsPerView(library, frozen);
      return {
        dimensions,
        pictures: trained.length,
        cached: trained.length - missing,
        bytes: viewFeatureBytes(trained.length, views, dimensions),
        seconds: passes === 0 ? 0 : seconds && seconds * passes,
      };
    },
  };
}

/**
 * The encoder that a head would be trained on. Tensors and ONNX Runtime are loaded only when they are
 * needed.
 * @throws EngineError not-found, bad-argument where it cannot be one
 */
export async function baseOfHead(
  libraries: OpenLibraries,
  modelFolder: string,
  on: RunReference,
): Promise<FrozenEncoder> {
  const { findFrozenEncoder } = await import('../encoders/find-frozen-encoder.ts');
  return findFrozenEncoder({ library: libraries.opened().library, modelFolder }, on);
}
