type Scale = (value: number) => number;

/** The index of the smallest and of the largest value of some, in their own order. */
function extremes(ys: Float32Array, indices: Uint32Array): [number, number] {
  let low = indices[0] ?? 0;
  let high = low;
  for (const index of indices) {
    const y = ys[index] ?? 0;
    if (y < (ys[low] ?? 0)) low = index;
    if (y > (ys[high] ?? 0)) high = index;
  }
  return [Math.min(low, high), Math.max(low, high)];
}

/**
 * The SVG path of a column of points in the order of x, at most about two per pixel: in each pixel
 * the lowest and the highest stay, so that no spike is lost. What is no number is left out.
 */
export function linePath(xs: Float32Array, ys: Float32Array, scaleX: Scale, scaleY: Scale): string {
  const points: string[] = [];
  const placed = Uint32Array.from(ys.keys()).filter(
    (index) => Number.isFinite(xs[index]) && Number.isFinite(ys[index]),
  );
  const pixelAt = (index: number): number => Math.floor(scaleX(xs[placed[index] ?? 0] ?? 0));
  for (let start = 0, end = 0; start < placed.length; start = end) {
    while (end < placed.length && pixelAt(end) === pixelAt(start)) end++;
    for (const index of new Set(extremes(ys, placed.subarray(start, end)))) {
      points.push(`${scaleX(xs[index] ?? 0).toFixed(1)} ${scaleY(ys[index] ?? 0).toFixed(1)}`);
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
