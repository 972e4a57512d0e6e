const collator = new Intl.Collator('en', { numeric: true });

/**
 * Compares names in natural order ('9' before '10'), the same on every machine; equal only where the
 * names are identical.
 */
export function compareNaturally(a: string, b: string): number {
  const order = collator.compare(a, b);
  if (order !== 0) return order;
  return a < b ? -1 : Number(a > b);
}
