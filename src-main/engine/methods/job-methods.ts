import { isAbsolute } from 'node:path';
import { fitObjective } from '../../contract/objectives/fit-objective.ts';
import { resolveAugmentation } from '../../contract/augmentations.ts';
import { resolveOptimisation } from '../../contract/optimisation.ts';
import { checkEncoderChoice } from '../../contract/head-training.ts';
import { readyEncoders } from '../../contract/runs.ts';
import type { RunReference, TrainInput } from '../../contract/runs.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { encoderByName } from '../store/encoders.ts';
import type { Library } from '../store/library-file.ts';
import { trainableSamples } from '../store/left-out.ts';
import { findRun } from '../store/runs.ts';
import { baseOfHead } from './head-methods.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on jobs. */
export function jobMethods(libraries: OpenLibraries, modelFolder: string): MethodsOf<'jobs'> {
  return {
    'jobs.start': async ({ kind, input }) => {
      const { library, jobs } = libraries.writable();
      // A fault is better reported now than when the job begins.
      if (kind === 'train') await checkTraining(libraries, modelFolder, input);
      if ('run' in input && input.run !== undefined) findRun(library, input.run);
      if (kind === 'compare') for (const { run } of input.runs) findRun(library, run);
      if (kind === 'embed') checkEncoder(library, input.encoder);
      return jobs.start(kind, input);
    },
    'jobs.list': () => libraries.current?.jobs.list() ?? [],
    'jobs.cancel': ({ job }) => libraries.writable().jobs.cancel(job),
    'jobs.pause': ({ job }) => libraries.writable().jobs.pause(job),
    'jobs.resume': ({ job }) => libraries.writable().jobs.resume(job),
  };
}

/** Checks that an encoder of this name exists. @throws EngineError not-found */
function checkEncoder(library: Library, encoder: RunReference): void {
  if (Object.hasOwn(readyEncoders, encoder)) return;
  const name = String(encoder);
  if (isAbsolute(name) || encoderByName(library, name) !== null) return;
  findRun(library, encoder);
}

/**
 * Checks the input of a training.
 * @throws EngineError not-found, bad-argument as the training itself would
 */
async function checkTraining(
  libraries: OpenLibraries,
  modelFolder: string,
  input: TrainInput,
): Promise<void> {
  const pictures = trainableSamples(libraries.opened().library).ids.length;
  resolveAugmentation(input.augmentation, input.augmentationOverrides);
  resolveOptimisation(input, input);
  const size = { batch: input.batch, pictures };
  checkEncoderChoice(input, fitObjective(input.objective, input.settings, size));
  if (input.on !== undefined) await baseOfHead(libraries, modelFolder, input.on);
}
