import type { JudgedSameNegatives } from '../../contract/judged-same-negatives.ts';
import { groupVerdicts } from '../../contract/verdict-groups.ts';
import { lastLedgerEpoch, ledgerAnchorIds, readLedger } from '../store/ledger.ts';
import type { LedgerNegatives } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import { sampleIdByHash } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import type { StoredVerdict } from '../store/verdicts.ts';

/**
 * How many pairs that are judged the same a training pushed apart in an epoch, the last recorded one
 * if none is given, and what share of the gradient they took; null if the run recorded none.
 */
export function judgedSameNegatives(
  library: Library,
  runId: number,
  wanted?: number,
): JudgedSameNegatives | null {
  const epoch = wanted ?? lastLedgerEpoch(library, runId);
  if (epoch === null) return null;
  const recorded = ledgerAnchorIds(library, runId, epoch);
  if (recorded.size === 0) return null;
  const negatives = new Set<string>();
  let pairs = 0;
  let anchors = 0;
  let share = 0;
  const verdicts = listVerdicts(library);
  const apart = judgedDifferent(library, verdicts);
  for (const members of judgedGroups(library, verdicts)) {
    const present = [...members].filter((id) => recorded.has(id));
    // A pair judged different itself is so whatever a chain says (`verdictInForce`).
    const isExcepted = ([one, other]: readonly [number, number]): boolean =>
      members.has(one) && members.has(other) && (recorded.has(one) || recorded.has(other));
    pairs -= [...apart.values()].filter(isExcepted).length;
    // Every pair of the group but those of two pictures that the epoch did not record.
    pairs += pairsOf(members.size) - pairsOf(members.size - present.length);
    anchors += present.length;
    for (const anchor of present) {
      const recordedOf = readLedger(library, runId, epoch, anchor)?.negatives;
      for (const { other, share: taken } of recordedMembers(recordedOf, members)) {
        if (apart.has(keyOf(anchor, other))) continue;
        share += taken;
        negatives.add(keyOf(anchor, other));
      }
    }
  }
  const gradientShare = anchors === 0 ? null : share / anchors;
  return { epoch, pairs, negatives: negatives.size, anchors, gradientShare };
}

/** The recorded negatives of an anchor that are in its group, each with its share of the gradient. */
function recordedMembers(
  negatives: LedgerNegatives | undefined,
  members: ReadonlySet<number>,
): { readonly other: number; readonly share: number }[] {
  if (negatives === undefined) return [];
  return Array.from(negatives.ids, (other, index) => ({
    other,
    share: negatives.share[index] ?? 0,
  })).filter(({ other }) => members.has(other));
}

/** The pairs that were judged different themselves, by sample id. */
function judgedDifferent(
  library: Library,
  verdicts: readonly StoredVerdict[],
): ReadonlyMap<string, readonly [number, number]> {
  const pairs = verdicts
    .filter(({ verdict }) => verdict === 'different')
    .map(
      ({ hashA, hashB }) =>
        [sampleIdByHash(library, hashA) ?? -1, sampleIdByHash(library, hashB) ?? -1] as const,
    );
  return new Map(pairs.map((pair) => [keyOf(...pair), pair]));
}

function keyOf(one: number, other: number): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** The sample ids of each group of pictures that verdicts make the same. */
function judgedGroups(library: Library, verdicts: readonly StoredVerdict[]): ReadonlySet<number>[] {
  return groupVerdicts(verdicts).groups.map(
    (hashes) => new Set(hashes.flatMap((hash) => sampleIdByHash(library, hash) ?? [])),
  );
}

function pairsOf(pictures: number): number {
  return (pictures * (pictures - 1)) / 2;
}
