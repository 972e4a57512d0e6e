type Place = (value: number) => number;

/** The smallest and largest value's index from `start` to before `end`, in their own order. */
function extremes(ys: Float32Array, start: number, end: number): [number, number] {
  let low = start;
  let high = start;
  for (let index = start; index < end; index++) {
    const y = ys[index] ?? 0;
    if (y < (ys[low] ?? 0)) low = index;
    if (y > (ys[high] ?? 0)) high = index;
  }
  return [Math.min(low, high), Math.max(low, high)];
}

/**
 * The SVG path of a column of points in the order of x, at most about two per pixel: in each pixel
 * the lowest and the highest are kept, so that no spike is lost.
 */
export function linePath(xs: Float32Array, ys: Float32Array, placeX: Place, placeY: Place): string {
  const points: string[] = [];
  const pixelAt = (index: number): number => Math.floor(placeX(xs[index] ?? 0));
  for (let start = 0, end = 0; start < ys.length; start = end) {
    while (end < ys.length && pixelAt(end) === pixelAt(start)) end++;
    for (const index of new Set(extremes(ys, start, end))) {
      points.push(`${placeX(xs[index] ?? 0).toFixed(1)} ${placeY(ys[index] ?? 0).toFixed(1)}`);
    }
  }
  return points.length === 0 ? '' : `M${points.join('L')}`;
}

/** Exponential moving average with the start corrected as Adam does; `decay` in [0, 1). */
export function smoothed(values: Float32Array, decay: number): Float32Array {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    sum = decay * sum + (1 - decay) * value;
    weight = decay * weight + (1 - decay);
    return sum / weight;
  });
}
