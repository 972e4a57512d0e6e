import type { Preprocessing } from '../../contract/preprocessing.ts';

/** The part of a preprocessing that resizes and crops. */
export type PictureResize = Pick<
  Preprocessing,
  'mode' | 'resize' | 'width' | 'height' | 'kernel' | 'channels' | 'oddMargin' | 'fill'
>;

interface Sides {
  readonly width: number;
  readonly height: number;
}

/** A part of a picture in pixels; the position is negative where it begins outside the picture. */
interface Part extends Sides {
  readonly left: number;
  readonly top: number;
}

/**
 * Sides after the resize, and the position in it of the width x height pixels that the encoder gets, in
 * pixels; the position is negative where the picture is padded.
 */
export interface ResizeFrame extends Part {
  /** The part of the picture that is resized; null for all of it. */
  readonly part: Part | null;
}

/**
 * How a picture is resized, and which pixels of the result the encoder gets, as Transformers,
 * torchvision, timm and open_clip round them.
 */
export function resizeFrame(plan: PictureResize, picture: Sides): ResizeFrame {
  const part = plan.mode === 'cut' ? partBefore(plan, picture) : null;
  const { width, height } = resizedSides(plan, picture);
  const left = margin(plan, width - plan.width);
  const top = margin(plan, height - plan.height);
  return { width, height, left, top, part };
}

/** The part of a picture that an encoder gets, as shares of its width and height. */
export function shownPart(plan: PictureResize, picture: Sides): Part {
  const { part, ...frame } = resizeFrame(plan, picture);
  const seen = part ?? { ...frame, width: plan.width, height: plan.height };
  const whole = part === null ? frame : picture;
  return {
    left: seen.left / whole.width,
    top: seen.top / whole.height,
    width: seen.width / whole.width,
    height: seen.height / whole.height,
  };
}

/** The pixels before the middle, where `extra` pixels are cut off, or -`extra` are missing. */
function margin({ oddMargin }: PictureResize, extra: number): number {
  if (oddMargin !== 'even') return Math.floor(extra / 2);
  return extra < 0 ? -Math.floor(-extra / 2) : roundHalfToEven(extra / 2);
}

/** Python's rounding. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** The part that Perceiver's image processor cuts out before the resize. */
function partBefore(plan: PictureResize, picture: Sides): Part {
  const shorter = Math.min(picture.width, picture.height);
  const length = (side: number): number =>
    Math.max(1, Math.min(shorter, Math.floor((side / plan.resize) * shorter)));
  const [width, height] = [length(plan.width), length(plan.height)];
  const left = margin(plan, picture.width - width);
  return { width, height, left, top: margin(plan, picture.height - height) };
}

const resizers: Readonly<
  Record<PictureResize['mode'], (plan: PictureResize, picture: Sides) => Sides>
> = {
  crop: shorterSide,
  stretch: (plan) => scaled(plan, shareOfSize(plan), Math.round),
  pad: (plan, picture) => {
    const share = Math.min(plan.width / picture.width, plan.height / picture.height);
    return scaled(picture, share, floorOfAlmostWhole);
  },
  longest: (plan, picture) => keptShape(plan, picture, Math.min),
  outside: (plan, picture) => keptShape(plan, picture, Math.max),
  keep: (_, { width, height }) => ({ width, height }),
  cut: ({ width, height }) => ({ width, height }),
  cover: ({ width, height }, picture) => {
    const share = Math.max(width / picture.width, height / picture.height);
    return scaled(picture, share, Math.round);
  },
};

function resizedSides(plan: PictureResize, picture: Sides): Sides {
  const { width, height } = resizers[plan.mode](plan, picture);
  return { width: Math.max(1, width), height: Math.max(1, height) };
}

function scaled({ width, height }: Sides, share: number, round: (side: number) => number): Sides {
  return { width: round(width * share), height: round(height * share) };
}

/** How much longer the resized picture's shorter side is than the encoder's size. */
function shareOfSize({ resize, width, height, fill }: PictureResize): number {
  const shorter = Math.min(width, height);
  return (fill ? resize : Math.max(resize, shorter)) / shorter;
}

/** The small addend prevents that a side which is exactly a whole number is rounded down. */
function floorOfAlmostWhole(side: number): number {
  return Math.floor(side + 1e-6);
}

function shorterSide(plan: PictureResize, picture: Sides): Sides {
  const shorter = Math.min(picture.width, picture.height);
  if (plan.fill) {
    // Multiplied before it is divided, as torchvision does it.
    const length = (side: number): number => Math.floor((plan.resize * side) / shorter);
    return { width: length(picture.width), height: length(picture.height) };
  }
  // A crop larger than the resized picture would have empty edges.
  const share = Math.max(
    Math.max(plan.resize, Math.min(plan.width, plan.height)) / shorter,
    plan.width / picture.width,
    plan.height / picture.height,
  );
  return scaled(picture, share, floorOfAlmostWhole);
}

/** As timm's and open_clip's ResizeKeepRatio. */
function keptShape(
  plan: PictureResize,
  picture: Sides,
  choose: (...shares: number[]) => number,
): Sides {
  const size = scaled(plan, plan.resize / Math.min(plan.width, plan.height), Math.round);
  const share = choose(size.width / picture.width, size.height / picture.height);
  return scaled(picture, share, roundHalfToEven);
}
