import type { Random } from './random.ts';

/** Rows of normally distributed numbers, each divided by its length: [count, width], row-major. */
export function randomUnitRows(count: number, width: number, random: Random): Float32Array {
  const rows = Float32Array.from({ length: count * width }, () => random.normal());
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    const length = Math.hypot(...row);
    row.forEach((value, index) => (row[index] = value / length));
  }
  return rows;
}
