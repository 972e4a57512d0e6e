interface Range {
  readonly min: number;
  readonly max: number;
}

/** The smallest and largest finite value of several columns; 0 to 1 when there is none. */
export function rangeOf(columns: readonly Float32Array[]): Range {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    for (const value of column) {
      if (!Number.isFinite(value)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min <= max ? { min, max } : { min: 0, max: 1 };
}

/**
 * Round numbers (1, 2 or 5 times a power of ten apart), about `count` of them, that cover a range.
 */
export function niceTicks({ min, max }: Range, count: number): number[] {
  const span = max - min || Math.abs(max) || 1;
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(min / step);
  const last = Math.max(first + 1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Maps values of a range linearly to `from`..`to`, such as CSS pixels. */
export function scaleLinear(range: Range, from: number, to: number): (value: number) => number {
  const span = range.max - range.min || 1;
  return (value) => from + ((value - range.min) / span) * (to - from);
}

/** The index of the first of rising values whose offset is not below 0; the last where none is. */
export function nearestIndex(xs: Float32Array, offset: (x: number) => number): number {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset(xs[middle] ?? 0) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
