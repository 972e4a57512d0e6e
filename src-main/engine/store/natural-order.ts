const collator = new Intl.Collator('en', { numeric: true });

/** Compares names as people do ('9' before '10'), the same on every machine, never equal unless identical. */
export function compareNaturally(a: string, b: string): number {
  const order = collator.compare(a, b);
  if (order !== 0) return order;
  return a < b ? -1 : Number(a > b);
}
