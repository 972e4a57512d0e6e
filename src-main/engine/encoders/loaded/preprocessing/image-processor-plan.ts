import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import { shorterOf } from './config-keys.ts';
import type { ConfigKeys, ConfigSize } from './config-keys.ts';
import type { ImageProcessorClass } from './image-processor-classes.ts';
import { imageProcessorValues } from './image-processor-values.ts';
import { kernelsByName } from './kernels-by-name.ts';
import { withFill } from './with-fill.ts';

type ResizePlan = Pick<Preprocessing, 'mode' | 'resize' | 'width' | 'height'>;
type Square = Extract<ConfigSize, { width: number }>;

/** Pillow's numbers of its filters. */
const kernels = ['nearest', 'lanczos3', 'linear', 'cubic'] as const;
/** From this side on ConvNeXT stretches, and cuts nothing. */
const convNextLimit = 384;

/** A preprocessing by the rules of an image processor's class. */
interface ImageProcessorPlan {
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
    ...imageProcessorValues(keys, row, isFlipped, defaults),
  };
  if (row.inexact) inexact.push(`Its class ${row.inexact}, which is not done here.`);
  return { preprocessing: withFill(preprocessing, [0, 0, 0]), defaults, inexact };
}

/** What decides the resize: sides of the file or the class, and what is cut out. */
interface ResizeWish {
  readonly size: ConfigSize;
  /** Null where nothing is cut out. */
  readonly cut: Square | null;
  /** The cut as a part of the resized side; null where `size` is the resized side. */
  readonly share: number | null;
  readonly inexact: string[];
}

const rules: Readonly<
  Record<NonNullable<ImageProcessorClass['rule']>, (wish: ResizeWish) => ResizePlan>
> = {
  convnext: ({ size, share }) => convNext(shorterOf(size), share ?? 1),
  levit: (wish) => {
    const { size, cut } = wish;
    if (!('shortest' in size)) return usualResize(wish);
    // In this order, because the result is rounded down.
    return crop(Math.trunc((256 / 224) * size.shortest), cut ?? squareOf(size));
  },
  perceiver: (wish) => {
    const { size, cut } = wish;
    if (!cut) return usualResize(wish);
    return { mode: 'cut', resize: shorterOf(cut), ...squareOf(size) };
  },
};

function resizeOf(
  keys: ConfigKeys,
  row: ImageProcessorClass,
  defaults: string[],
  inexact: string[],
): ResizePlan {
  const isSquare = keys.flag('default_to_square') ?? 'square' in row.size;
  const given = keys.size('size');
  const size = settledSize(given, isSquare) ?? defaultSize(row);
  const share = shareOf(keys, row, defaults);
  const cut = cutOf(keys, row, defaults);
  if (keys.flag('do_resize') === false) {
    if (!cut) inexact.push('It does not resize; here the middle of that size is cut out.');
    return kept(cut ?? squareOf(size));
  }
  if ('shortest' in size && size.limit !== undefined) {
    inexact.push(`It keeps the longer side below ${size.limit}, which is not done here.`);
  }
  if (!given) defaults.push('size');
  const resize = row.rule ? rules[row.rule] : usualResize;
  return resize({ size, cut, share, inexact });
}

/** The part of the resized side that the cut is; null where the class has no such key. */
function shareOf(keys: ConfigKeys, row: ImageProcessorClass, defaults: string[]): number | null {
  if (row.cropShare === undefined) return null;
  const given = keys.factor('crop_pct');
  if (given === undefined) defaults.push('crop_pct');
  return given ?? row.cropShare;
}

function usualResize({ size, cut, share, inexact }: ResizeWish): ResizePlan {
  if (share !== null) return croppedShare(size, share, cut);
  if (!('shortest' in size)) return stretched(squareOf(size), cut, inexact);
  if (!cut) inexact.push('It keeps each picture’s shape; here the middle square is cut out of it.');
  return crop(size.shortest, cut ?? squareOf(size));
}

function settledSize(given: ConfigSize | undefined, isSquare: boolean): ConfigSize | undefined {
  if (!given || !('one' in given)) return given;
  return isSquare ? { width: given.one, height: given.one } : { shortest: given.one };
}

function defaultSize({ size }: ImageProcessorClass): ConfigSize {
  return 'square' in size ? { width: size.square, height: size.square } : size;
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
  const filter = keys.filter('resample');
  if (filter === undefined) {
    defaults.push('resample');
    return row.kernel;
  }
  const kernel = typeof filter === 'number' ? kernels[filter] : kernelsByName[filter];
  if (kernel) return kernel;
  inexact.push(`Its filter (resample ${filter}) is not there; linear is taken.`);
  return 'linear';
}
