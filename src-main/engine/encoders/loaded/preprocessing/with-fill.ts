import type { Preprocessing } from '../../../../contract/preprocessing.ts';

/**
 * A preprocessing that fills what is outside the picture. Where the cut never reaches beyond it there is
 * nothing to fill, and the preprocessing stays as it is, so that it is known as the same one.
 */
export function withFill(
  plan: Preprocessing,
  fill: readonly [number, number, number],
): Preprocessing {
  const { mode, resize, width, height } = plan;
  const isFull = mode === 'cut' || mode === 'cover' || mode === 'outside';
  const isLarge = (mode === 'crop' || mode === 'stretch') && resize >= Math.max(width, height);
  return isFull || isLarge ? plan : { ...plan, fill: [...fill] };
}
