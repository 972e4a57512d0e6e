/** Names under which older versions stored a metric, and the names of today. */
const renamed: Readonly<Record<string, string>> = { falseNegativeRate: 'precisionAt20' };

/** The present name of a stored metric. */
export function currentMetricName(stored: string): string {
  return renamed[stored] ?? stored;
}
