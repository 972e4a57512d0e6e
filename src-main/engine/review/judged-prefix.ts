import type { VerdictKind } from '../../contract/verdicts.ts';

/** A pair of an order; `latest` counts from 0 by when the later one of its pictures was added. */
export interface PairInOrder {
  readonly latest: number;
  /** What settles it; null where nothing does. */
  readonly verdict: VerdictKind | null;
}

/** The settled pairs at the beginning of an order, and among how many pictures these are all pairs. */
interface JudgedPrefix {
  readonly pictures: number;
  readonly verdicts: readonly VerdictKind[];
}

/**
 * The beginning of an order of all pairs, up to the first that is open. A picture that is added puts
 * its pairs, which are open, among the others. So the order is looked at, too, without the pictures
 * added last, which leaves the order of the rest as it was, but with `fewest` pictures at least. Of all
 * these the one with the most settled pairs is given, and the most pictures: every one is a random
 * sample of the pairs of its pictures.
 */
export function judgedPrefix(
  pairs: Iterable<PairInOrder>,
  pictures: number,
  fewest: number,
): JudgedPrefix {
  let within = pictures;
  let settled: { readonly latest: number; readonly verdict: VerdictKind }[] = [];
  const found: JudgedPrefix[] = [];
  for (const { latest, verdict } of pairs) {
    if (latest >= within) continue;
    if (verdict !== null) {
      settled.push({ latest, verdict });
      continue;
    }
    found.push(prefixOf(within, settled));
    within = latest;
    if (within < fewest) return longest(found);
    settled = settled.filter((pair) => pair.latest < within);
  }
  found.push(prefixOf(within, settled));
  return longest(found);
}

function prefixOf(
  pictures: number,
  settled: readonly { readonly verdict: VerdictKind }[],
): JudgedPrefix {
  return { pictures, verdicts: settled.map(({ verdict }) => verdict) };
}

/** The one with the most verdicts, of several the first. */
function longest([first, ...others]: readonly JudgedPrefix[]): JudgedPrefix {
  if (first === undefined) throw new Error('There is no beginning to choose from.');
  return others.reduce(
    (best, other) => (other.verdicts.length > best.verdicts.length ? other : best),
    first,
  );
}
