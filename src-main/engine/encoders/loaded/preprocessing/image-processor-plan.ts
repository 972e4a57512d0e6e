import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import type { ConfigKeys, ConfigSize } from './config-keys.ts';
import type { ImageProcessorClass } from './image-processor-classes.ts';
import { usualColours } from './usual-colours.ts';
import { withFill } from './with-fill.ts';

type ResizePlan = Pick<Preprocessing, 'mode' | 'resize' | 'width' | 'height'>;
type Square = Extract<ConfigSize, { width: number }>;

/** Pillow's numbers of its filters. */
const kernels = ['nearest', 'lanczos3', 'linear', 'cubic', 'box', 'hamming'] as const;
/** From this side on ConvNeXT stretches, and cuts nothing. */
const convNextLimit = 384;

/** A preprocessing by the rules of an image processor's class. */
export interface ImageProcessorPlan {
  readonly preprocessing: Preprocessing;
  /** The keys of values that the file does not have, so that they are the class's defaults. */
  readonly defaults: readonly string[];
  /** What the class does that cannot be done here, as sentences. */
  readonly inexact: readonly string[];
}

/** What an image processor of this class does with pictures, by its file. */
export function imageProcessorPlan(keys: ConfigKeys, row: ImageProcessorClass): ImageProcessorPlan {
  const defaults: string[] = [];
  const inexact: string[] = [];
  const resize = resizeOf(keys, row, defaults, inexact);
  const kernel = kernelOf(keys, row, defaults, inexact);
  const isFlipped = keys.flag('do_flip_channel_order') ?? row.flips ?? false;
  const preprocessing: Preprocessing = {
    ...resize,
    kernel,
    channels: isFlipped ? 'bgr' : 'rgb',
    ...valuesOf(keys, row, isFlipped, defaults),
  };
  if (row.inexact) inexact.push(`Its class ${row.inexact}, which is not done here.`);
  return { preprocessing: withFill(preprocessing, [0, 0, 0]), defaults, inexact };
}

function resizeOf(
  keys: ConfigKeys,
  row: ImageProcessorClass,
  defaults: string[],
  inexact: string[],
): ResizePlan {
  const isSquare = keys.flag('default_to_square') ?? 'square' in row.size;
  const given = keys.size('size');
  const size = settledSize(given, isSquare) ?? defaultSize(row);
  const share = keys.factor('crop_pct') ?? row.cropShare;
  const cut = cutOf(keys, row, defaults);
  if (keys.flag('do_resize') === false) return kept(cut ?? squareOf(size));
  if (!given) defaults.push('size');
  if (row.cropShare !== undefined && !keys.has('crop_pct')) defaults.push('crop_pct');
  if (row.rule === 'convnext') return convNext(shorterOf(size), share ?? 1);
  if (row.rule === 'perceiver' && cut)
    return { mode: 'cut', resize: shorterOf(cut), ...squareOf(size) };
  if (row.rule === 'levit' && 'shortest' in size) {
    // In this order, because the result is rounded down.
    return crop(Math.trunc((256 / 224) * size.shortest), cut ?? squareOf(size));
  }
  if (share !== undefined) return croppedShare(size, share, cut);
  if ('shortest' in size) {
    if (!cut)
      inexact.push('It keeps each picture’s shape; here the middle square is cut out of it.');
    return crop(size.shortest, cut ?? squareOf(size));
  }
  return stretched(squareOf(size), cut, inexact);
}

function settledSize(given: ConfigSize | undefined, isSquare: boolean): ConfigSize | undefined {
  if (!given || !('one' in given)) return given;
  return isSquare ? { width: given.one, height: given.one } : { shortest: given.one };
}

function defaultSize({ size }: ImageProcessorClass): ConfigSize {
  return 'square' in size ? { width: size.square, height: size.square } : size;
}

function shorterOf(size: ConfigSize): number {
  if ('one' in size) return size.one;
  return 'shortest' in size ? size.shortest : Math.min(size.width, size.height);
}

function squareOf(size: ConfigSize): Square {
  return 'width' in size ? size : { width: shorterOf(size), height: shorterOf(size) };
}

/** The size that the class cuts out; null where it cuts nothing. */
function cutOf(keys: ConfigKeys, row: ImageProcessorClass, defaults: string[]): Square | null {
  if (!keys.isOn('do_center_crop')) keys.skip('crop_size');
  // A class that never crops ignores the flag; `left` reports it if it is on.
  if (row.crop === null) return null;
  const crops = keys.flag('do_center_crop') ?? row.crops;
  const given = keys.size('crop_size');
  if (!crops) return null;
  if (given) return squareOf(given);
  defaults.push('crop_size');
  return { width: row.crop, height: row.crop };
}

const crop = (resize: number, cut: Square): ResizePlan => ({ mode: 'crop', resize, ...cut });
const kept = (cut: Square): ResizePlan => ({ mode: 'keep', resize: shorterOf(cut), ...cut });

function convNext(edge: number, share: number): ResizePlan {
  const square = { width: edge, height: edge };
  if (edge >= convNextLimit) return { mode: 'stretch', resize: edge, ...square };
  return crop(Math.trunc(edge / share), square);
}

/** PoolFormer's rule: the sides before the cut are those of `size` divided by the share. */
function croppedShare(size: ConfigSize, share: number, cut: Square | null): ResizePlan {
  const resize = Math.trunc(shorterOf(size) / share);
  const square = squareOf(size);
  const mode = square.width === square.height ? 'crop' : 'stretch';
  return { mode, resize, ...(cut ?? square) };
}

function stretched(size: Square, cut: Square | null, inexact: string[]): ResizePlan {
  if (!cut) return { mode: 'stretch', resize: shorterOf(size), ...size };
  if (size.width * cut.height !== size.height * cut.width) {
    inexact.push(
      `It stretches to ${size.width} x ${size.height} and cuts out ${cut.width} x ${cut.height}, which has another shape; here the stretch has the shape of the cut.`,
    );
  }
  const resize = Math.round((size.width * shorterOf(cut)) / cut.width);
  return { mode: 'stretch', resize, ...cut };
}

function kernelOf(
  keys: ConfigKeys,
  row: ImageProcessorClass,
  defaults: string[],
  inexact: string[],
): Preprocessing['kernel'] {
  const number = keys.number('resample');
  if (number === undefined) {
    defaults.push('resample');
    return row.kernel;
  }
  const kernel = kernels[number];
  if (kernel !== undefined && kernel !== 'box' && kernel !== 'hamming') return kernel;
  inexact.push(`Its filter (resample ${number}) is not there; linear is taken.`);
  return 'linear';
}

function valuesOf(
  keys: ConfigKeys,
  row: ImageProcessorClass,
  isFlipped: boolean,
  defaults: string[],
): Pick<Preprocessing, 'scale' | 'mean' | 'std'> {
  const rescales = keys.flag('do_rescale') ?? row.source !== 'layoutlmv2';
  const factor = keys.factor('rescale_factor') ?? 1 / 255;
  const offset = row.rescalesTwice && keys.flag('rescale_offset') && rescales ? 1 : 0;
  const includesTop = row.rescalesTwice === true && (keys.flag('include_top') ?? true);
  const normalises = keys.flag('do_normalize') ?? row.colours !== 'none';
  if (rescales && !keys.has('rescale_factor')) defaults.push('rescale_factor');
  const usual = usualColours[row.colours];
  const given = { mean: keys.three('image_mean'), std: keys.positiveThree('image_std') };
  const isUsed = normalises || includesTop;
  if (normalises && !given.mean) defaults.push('image_mean');
  if (isUsed && !given.std) defaults.push('image_std');
  const mean = normalises ? (given.mean ?? [...usual.mean]) : [0, 0, 0];
  const deviation = given.std ?? usual.std;
  const std = deviation.map((value) => (normalises ? value : 1) * (includesTop ? value : 1));
  const inOrder = (values: readonly number[]): [number, number, number] => {
    const [red = 0, green = 0, blue = 0] = isFlipped ? values.toReversed() : values;
    return [red, green, blue];
  };
  return {
    scale: rescales ? factor : 1,
    mean: inOrder(mean.map((value) => value + offset)),
    std: inOrder(std),
  };
}
