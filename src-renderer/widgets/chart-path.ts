/**
 * The SVG path of a column of points in the order of x, at most about two per pixel: in each pixel
 * the lowest and the highest are kept, so that no spike is lost.
 */
export function linePath(
  xs: Float32Array,
  ys: Float32Array,
  placeX: (value: number) => number,
  placeY: (value: number) => number,
): string {
  const parts: string[] = [];
  const add = (index: number): void => {
    const x = placeX(xs[index] ?? 0).toFixed(1);
    const y = placeY(ys[index] ?? 0).toFixed(1);
    parts.push(`${parts.length === 0 ? 'M' : 'L'}${x} ${y}`);
  };
  for (let start = 0; start < ys.length;) {
    const pixel = Math.floor(placeX(xs[start] ?? 0));
    let end = start + 1;
    let low = start;
    let high = start;
    for (; end < ys.length && Math.floor(placeX(xs[end] ?? 0)) === pixel; end++) {
      if ((ys[end] ?? 0) < (ys[low] ?? 0)) low = end;
      if ((ys[end] ?? 0) > (ys[high] ?? 0)) high = end;
    }
    add(Math.min(low, high));
    if (low !== high) add(Math.max(low, high));
    start = end;
  }
  return parts.join('');
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
