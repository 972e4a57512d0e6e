import { resolveAugmentation } from '../../contract/augmentations.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { FrozenEncoder } from '../encoders/embedding/encoder.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { trainableSamples } from '../store/left-out.ts';
import { samplesWithoutViewFeatures } from '../store/view-features.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on trainings of heads. */
export function headMethods(libraries: OpenLibraries, modelFolder: string): MethodsOf<'heads'> {
  return {
    'heads.cost': async ({ on, views, seed, augmentation, augmentationOverrides }) => {
      const { viewFeatureBytes, viewFeaturesKey } =
        await import('../training/material/view-features.ts');
      const frozen = await baseOfHead(libraries, modelFolder, on);
      const { library } = libraries.opened();
      const settings = resolveAugmentation(augmentation, augmentationOverrides);
      const key = viewFeaturesKey(frozen, { augmentation: settings, seed, views });
      const present = trainableSamples(library).ids;
      const { dimensions } = frozen;
      return {
        dimensions,
        pictures: present.length,
        cached: present.length - samplesWithoutViewFeatures(library, key, present).length,
        bytes: viewFeatureBytes(present.length, views, dimensions),
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
