/**
 * Inner product of `length` numbers of two arrays. It uses four sums, because each addition to one sum
 * would wait for the one before.
 */
export function dot(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  length: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = length - (length % 4);
  for (let index = 0; index < whole; index += 4) {
    const i = aStart + index;
    const j = bStart + index;
    s0 += (a[i] as number) * (b[j] as number);
    s1 += (a[i + 1] as number) * (b[j + 1] as number);
    s2 += (a[i + 2] as number) * (b[j + 2] as number);
    s3 += (a[i + 3] as number) * (b[j + 3] as number);
  }
  for (let index = whole; index < length; index += 1) {
    s0 += (a[aStart + index] as number) * (b[bStart + index] as number);
  }
  return s0 + s1 + s2 + s3;
}
