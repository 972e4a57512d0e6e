import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import type { ConfigKeys } from './config-keys.ts';
import type { ImageProcessorClass } from './image-processor-classes.ts';
import { usualColours } from './usual-colours.ts';

/**
 * What an image processor does with the values of a resized picture. Keys that its file does not have
 * are added to `defaults`.
 * @param isFlipped whether the file's mean and deviation are those of blue, green and red
 */
export function imageProcessorValues(
  keys: ConfigKeys,
  row: ImageProcessorClass,
  isFlipped: boolean,
  defaults: string[],
): Pick<Preprocessing, 'scale' | 'mean' | 'std'> {
  const { scale, offset } = scaleOf(keys, row, defaults);
  const { mean, std } = coloursOf(keys, row, defaults);
  const inOrder = (values: readonly number[]): [number, number, number] => {
    const [red = 0, green = 0, blue = 0] = isFlipped ? values.toReversed() : values;
    return [red, green, blue];
  };
  return { scale, mean: inOrder(mean.map((value) => value + offset)), std: inOrder(std) };
}

/** The factor of bytes, and what is subtracted from their product before anything else. */
function scaleOf(
  keys: ConfigKeys,
  row: ImageProcessorClass,
  defaults: string[],
): { scale: number; offset: number } {
  const rescales = keys.flag('do_rescale') ?? row.source !== 'layoutlmv2';
  const factor = keys.factor('rescale_factor');
  if (!rescales) return { scale: 1, offset: 0 };
  if (factor === undefined) defaults.push('rescale_factor');
  const hasOffset = row.rescalesTwice === true && keys.flag('rescale_offset') === true;
  return { scale: factor ?? 1 / 255, offset: hasOffset ? 1 : 0 };
}

function coloursOf(
  keys: ConfigKeys,
  row: ImageProcessorClass,
  defaults: string[],
): { mean: readonly number[]; std: readonly number[] } {
  const normalises = keys.flag('do_normalize') ?? row.colours !== 'none';
  const mean = keys.three('image_mean');
  const std = keys.positiveThree('image_std');
  const times = (normalises ? 1 : 0) + (dividesAgain(keys, row) ? 1 : 0);
  if (normalises && !mean) defaults.push('image_mean');
  if (times > 0 && !std) defaults.push('image_std');
  const usual = usualColours[row.colours];
  return {
    mean: normalises ? (mean ?? usual.mean) : usualColours.none.mean,
    std: (std ?? usual.std).map((value) => value ** times),
  };
}

/** EfficientNet with a classifier divides by its deviation once more. */
function dividesAgain(keys: ConfigKeys, { rescalesTwice = false }: ImageProcessorClass): boolean {
  return rescalesTwice && (keys.flag('include_top') ?? true);
}
