import type { JudgedSameNegatives } from '../../contract/judged-same-negatives.ts';
import { isLossPositive } from '../../contract/loss-positives.ts';
import { lastLedgerEpoch, ledgerAnchorIds, readLedger } from '../store/ledger.ts';
import type { LedgerNegatives } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';
import { sampleIdByHash } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { libraryJudgedPairs } from './library-verdicts.ts';
import { RowVerdicts } from './row-verdicts.ts';

/**
 * How many pairs that count as the same a training pushed apart in an epoch, the last recorded one if
 * none is given, and what share of the gradient they took; null if the run recorded none.
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
  const { judged, ids } = judgedPictures(library);
  const negatives = new Set<string>();
  let pairs = 0;
  let anchors = 0;
  let share = 0;
  for (const [row, anchor] of ids.entries()) {
    if (!recorded.has(anchor)) continue;
    const same = judged.sameAs(row).map((other) => ids[other] ?? -1);
    if (same.length === 0) continue;
    anchors += 1;
    // A pair of two recorded anchors is counted at the one with the smaller id.
    pairs += same.filter((other) => anchor < other || !recorded.has(other)).length;
    const recordedOf = readLedger(library, runId, epoch, anchor)?.negatives;
    for (const { other, share: taken } of recordedAmong(recordedOf, new Set(same))) {
      share += taken;
      negatives.add(anchor < other ? `${anchor} ${other}` : `${other} ${anchor}`);
    }
  }
  const gradientShare = anchors === 0 ? null : share / anchors;
  return { epoch, pairs, negatives: negatives.size, anchors, gradientShare };
}

/** The recorded negatives of an anchor that are among others, each with its share of the gradient. */
function recordedAmong(
  negatives: LedgerNegatives | undefined,
  others: ReadonlySet<number>,
): { readonly other: number; readonly share: number }[] {
  if (negatives === undefined) return [];
  return Array.from(negatives.ids, (other, index) => ({
    other,
    share: negatives.share[index] ?? 0,
    zone: negatives.zone[index],
  })).filter(({ other, zone }) => others.has(other) && !isLossPositive(zone));
}

/** The verdicts on pictures that are in the library, by rows; and the sample id of each row. */
function judgedPictures(library: Library): {
  readonly judged: RowVerdicts;
  readonly ids: readonly number[];
} {
  const rowOfHash = new Map<string, number>();
  const ids: number[] = [];
  const verdicts = listVerdicts(library);
  for (const hash of verdicts.flatMap(({ hashA, hashB }) => [hashA, hashB])) {
    const id = rowOfHash.has(hash) ? null : sampleIdByHash(library, hash);
    if (id !== null) rowOfHash.set(hash, ids.push(id) - 1);
  }
  const groups = new Int32Array(ids.length).fill(-1);
  for (const [number, hashes] of libraryJudgedPairs(library).passing.entries()) {
    for (const hash of hashes) groups[rowOfHash.get(hash) ?? -1] = number;
  }
  const pairsJudged = (kind: 'same' | 'different') =>
    verdicts
      .filter(({ verdict }) => verdict === kind)
      .map(({ hashA, hashB }) => [rowOfHash.get(hashA) ?? -1, rowOfHash.get(hashB) ?? -1] as const)
      .filter((pair) => pair.every((row) => row >= 0));
  const judged = { groups, same: pairsJudged('same'), different: pairsJudged('different') };
  return { judged: new RowVerdicts(judged), ids };
}
