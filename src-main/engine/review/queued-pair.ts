import { evidenceBits } from '../../contract/negatives.ts';
import type { VectorSpace } from '../../contract/negatives.ts';
import type { QueuedPair } from '../../contract/verdict-queue.ts';
import { formatPercent, smallPercent } from '../../contract/percent.ts';
import type { JudgedPicture } from '../../contract/verdicts.ts';
import type { AnchorColumns } from '../explain/explain-run-anchor.ts';
import type { DraftPair } from './queue-drafts.ts';

/** At most so many pairs of one anchor, so that no anchor fills the queue. */
const pairsPerAnchor = 8;

type Columns = Omit<AnchorColumns, 'batch'>;
type Numbers = Pick<QueuedPair, 'share' | 'posterior' | 'evidence' | 'rank' | 'agreement'>;

/** The candidates of an anchor that matter most (`matter`), the first in front. */
export function mostSuspect({ ids, share, posterior, evidence }: Columns): DraftPair[] {
  const scores = Array.from(ids, (id, index) => ({
    id,
    share: share[index] ?? 0,
    score: matter({
      share: share[index] ?? 0,
      posterior: posterior[index] ?? 0,
      evidence: evidence[index] ?? 0,
    }),
  }));
  return scores.sort((a, b) => b.score - a.score).slice(0, pairsPerAnchor);
}

/**
 * How much it matters to judge a pair, 0 to about 1: its |share| of the gradient times the mean of
 * three signs that it is false (posterior, same label, mutual neighbours).
 */
export function matter({
  share,
  posterior,
  evidence,
}: Pick<Numbers, 'share' | 'posterior' | 'evidence'>): number {
  const sameLabel = evidence & evidenceBits.sameLabel ? 1 : 0;
  const mutual = evidence & evidenceBits.mutualKnn ? 1 : 0;
  return (Math.abs(share) * (posterior + sameLabel + mutual)) / 3;
}

/**
 * A pair as the queue gives it, of an explained anchor; a recorded share replaces the explained
 * one.
 */
export function queuedPair(
  pictureOf: (id: number) => JudgedPicture,
  anchor: number,
  { id, share: recorded }: DraftPair,
  explained: Columns,
): QueuedPair {
  const index = explained.ids.indexOf(id);
  const numbers = {
    share: recorded ?? explained.share[index] ?? 0,
    posterior: explained.posterior[index] ?? 0,
    evidence: explained.evidence[index] ?? 0,
    rank: index + 1,
    agreement: null,
  };
  return {
    anchor: pictureOf(anchor),
    candidate: pictureOf(id),
    similarity: explained.similarity[index] ?? 0,
    ...numbers,
    reason: reasonFor(
      numbers,
      explained.space,
      recorded === undefined ? explained.candidates : null,
      explained.posteriorBasis.kind === 'calibrated',
    ),
  };
}

/** The pair with the agreement of the runs on it, which its reason begins with. */
export function withAgreement(pair: QueuedPair, agreement: QueuedPair['agreement']): QueuedPair {
  if (agreement === null) return pair;
  const suggested = `${agreement.suggested} of ${agreement.runs} runs suggest it`;
  return { ...pair, agreement, reason: pair.reason.replace('; ', `; ${suggested}, `) };
}

/** The pair with what its verdict holds together, which its reason begins with. */
export function asLink(pair: QueuedPair, sides: readonly [number, number]): QueuedPair {
  const [small, large] = sides.map((count) => `${count} ${count === 1 ? 'picture' : 'pictures'}`);
  const held = `The only verdict between ${small ?? ''} and ${large ?? ''} of one group.`;
  return { ...pair, reason: `${held} ${pair.reason}` };
}

/** `candidates` is how many share the gradient; null where a training recorded the share. */
function reasonFor(
  { share, posterior, evidence, rank }: Numbers,
  space: VectorSpace,
  candidates: number | null,
  isCalibrated: boolean,
): string {
  const signs = [
    ...(evidence & evidenceBits.sameLabel ? ['same label'] : []),
    ...(evidence & evidenceBits.mutualKnn ? ['each among the other’s nearest'] : []),
    `rank ${rank} on ${space}: ${formatPercent(posterior, 0)} likely false${isCalibrated ? '' : ' (uncalibrated)'}`,
  ];
  const times = candidates === null ? 0 : Math.abs(share) * candidates;
  const compared =
    times >= 1.5 ? `, ${times < 10 ? times.toFixed(1) : times.toFixed(0)} × the mean` : '';
  return `${shareSentence(share)}${compared}; ${signs.join(', ')}.`;
}

/** Shares are signed with a sum of 1, so one is above 1 only if others are below 0. */
function shareSentence(share: number): string {
  if (share < 0) return `Is attracted by ${smallPercent(-share)} of the push in sum`;
  if (share <= 1) return `Takes ${smallPercent(share)} of the push`;
  return `Takes ${smallPercent(share)} of the push in sum, as others are attracted`;
}
