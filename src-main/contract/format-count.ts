const whole = new Intl.NumberFormat('en');

/** 1285 as "1,285". */
export function formatCount(count: number): string {
  return whole.format(count);
}
