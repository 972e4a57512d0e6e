import { usableThreads } from '../../threads/compute-limits.ts';
import type { FeatureProgram } from '../embedding/feature-program.ts';
import { starterFeatures } from './starter-features.ts';
import type { StarterPrograms } from './starter-features.ts';
import type { StarterFiles } from './starter-files.ts';
import { createStarterProgram, openStarterThreads } from './starter-network.ts';

/**
 * Pictures in a run on the processor: what the layers of more pictures give does not stay in a core's cache, and
 * each picture takes a quarter longer.
 */
export const processorBatch = 4;
/** Pictures in a run on other devices. */
const deviceBatch = 16;

/** Each thread has some 60 MB of its own, and not more are supplied by those that decode. */
const mostThreads = 16;
/** With fewer pictures a thread, starting it takes longer than it saves. */
const picturesPerThread = 64;

/**
 * The starter encoder on a device, for `pictures` pictures. Many are embedded on the processor by one thread a core:
 * two that share the work of each layer wait for each other, and for those that decode.
 * @throws EngineError bad-argument if the files are not the model's
 */
export async function openStarter(
  files: Pick<StarterFiles, 'modelJson' | 'weightBytes'>,
  device: string,
  pictures: number,
): Promise<FeatureProgram> {
  const opened = await openPrograms(files, device, pictures);
  return {
    features: async (given, yieldToEvents) => ({
      vectors: await starterFeatures(opened, given, yieldToEvents),
      bad: [],
    }),
    dispose: async () => {
      await Promise.all(opened.programs.map((program) => program.dispose()));
    },
  };
}

async function openPrograms(
  { modelJson, weightBytes }: Pick<StarterFiles, 'modelJson' | 'weightBytes'>,
  device: string,
  pictures: number,
): Promise<StarterPrograms> {
  if (device !== 'cpu') {
    const program = await createStarterProgram(modelJson, weightBytes, deviceBatch, device);
    return { programs: [program], batch: deviceBatch };
  }
  const threads = Math.min(usableThreads(), mostThreads);
  if (threads === 1 || pictures < threads * picturesPerThread) {
    const program = await createStarterProgram(modelJson, weightBytes, processorBatch, device);
    return { programs: [program], batch: processorBatch };
  }
  const programs = await openStarterThreads(modelJson, weightBytes, processorBatch, threads);
  return { programs, batch: processorBatch };
}
