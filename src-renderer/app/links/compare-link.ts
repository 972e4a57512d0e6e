/**
 * The two runs (by number) that the fragment of an address puts side by side; null when it names
 * none.
 */
export function readCompareLink(fragment: string): readonly [number, number] | null {
  const given = new URLSearchParams(fragment.replace(/^#/, '')).get('compare') ?? '';
  const [, first, second] = /^(\d{1,9}),(\d{1,9})$/.exec(given) ?? [];
  return first === undefined || second === undefined ? null : [Number(first), Number(second)];
}

/** The run (by number) of which the fragment of an address asks whether its verdicts paid; null for none. */
export function readPayLink(fragment: string): number | null {
  const given = new URLSearchParams(fragment.replace(/^#/, '')).get('pay') ?? '';
  return /^\d{1,9}$/.test(given) ? Number(given) : null;
}
