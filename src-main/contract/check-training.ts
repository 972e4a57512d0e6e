import { resolveAugmentation } from './augmentations.ts';
import { resolveBatches } from './batch-drawing.ts';
import { epochsOf } from './epochs.ts';
import { checkEncoderChoice } from './head-training.ts';
import { defaultSize, temperatureOf } from './fine-tuning.ts';
import { fitObjective } from './objectives/fit-objective.ts';
import { defaultAugmentation } from './objective-augmentations.ts';
import { resolveOptimisation } from './optimisation.ts';
import type { TrainInput } from './runs.ts';

/** More pictures than any library has: for what can be said before a library is open. */
export const anyPictures = 2 ** 40;

/**
 * Checks the settings of a training on so many pictures.
 * @throws EngineError bad-argument as the training itself would
 */
export function checkTraining(input: TrainInput, pictures: number): void {
  resolveAugmentation(
    input.augmentation ?? defaultAugmentation({ size: defaultSize, ...input }),
    input.augmentationOverrides,
  );
  resolveBatches(input);
  const epochs = epochsOf(input);
  resolveOptimisation(input, { ...input, epochs, pictures });
  const size = { batch: input.batch, epochs, pictures, temperature: temperatureOf(input.encoder) };
  checkEncoderChoice(input, fitObjective(input.objective, input.settings, size));
}
