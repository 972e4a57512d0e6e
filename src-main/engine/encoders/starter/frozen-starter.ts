import { readyEncoders } from '../../../contract/runs.ts';
import { createStarterProgram, starterDimensions, starterSide } from './starter.ts';
import { starter, whitenedDimensions } from './embed-starter.ts';
import type { FrozenEncoder } from '../embedding/frozen-encoder.ts';
import { embedStarterFeatures, starterBatch, starterFeatures } from './starter-features.ts';
import { readStarterFiles } from './starter-files.ts';

/**
 * The starter encoder as the base of a head.
 * @throws EngineError not-found when its files cannot be read
 */
export async function frozenStarter(modelFolder: string): Promise<FrozenEncoder> {
  const files = await readStarterFiles(modelFolder);
  const { modelJson, weightBytes, hash } = files;
  return {
    on: starter,
    name: readyEncoders[starter] ?? starter,
    hash,
    size: starterSide,
    dimensions: starterDimensions,
    whitened: whitenedDimensions,
    taskOf: (path, hash) => ({ kind: 'pixels', path, hash, size: starterSide }),
    check: () => Promise.resolve(),
    embed: async (context, sampleIds, device, onProgress) => {
      await embedStarterFeatures(context, { files, device, sampleIds, onProgress });
    },
    open: async (device) => {
      const program = await createStarterProgram(modelJson, weightBytes, starterBatch, device);
      return {
        features: (pictures, breathe) => starterFeatures(program, pictures, breathe),
        dispose: () => program.dispose(),
      };
    },
  };
}
