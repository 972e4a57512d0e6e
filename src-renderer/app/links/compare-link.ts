/**
 * The two runs (by number) that the fragment of an address puts side by side; null when it names
 * none.
 */
export function readCompareLink(fragment: string): readonly [number, number] | null {
  const given = new URLSearchParams(fragment.replace(/^#/, '')).get('compare') ?? '';
  const [, first, second] = /^(\d{1,9}),(\d{1,9})$/.exec(given) ?? [];
  return first === undefined || second === undefined ? null : [Number(first), Number(second)];
}
