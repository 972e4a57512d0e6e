import { isLossPositive } from '../../../src-main/contract/loss-positives.ts';
import {
  binIndex,
  binOf,
  defaultHardShare,
  takersOfPush,
  zoneNames,
  type BinSettings,
} from '../../../src-main/contract/bins.ts';
import type { ExplanationKnobs } from '../../../src-main/contract/negatives.ts';
import { hasRing } from '../../../src-main/contract/objectives/has-ring.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';
import type { JudgedPairs } from '../../../src-main/contract/judged-pairs.ts';
import type { AnchorLedger } from '../../../src-main/contract/ledger.ts';
import type { Pictures } from '../library/pictures.ts';

/** The negatives that map and legend mark, as columns of one length; `bin` indexes `binNames`. */
export interface ShownNegatives {
  readonly ids: Uint32Array;
  readonly bin: Uint8Array;
  /** Signed share of the anchor's gradient. */
  readonly share: Float32Array;
}

/** What the bins of a run's own training depend on, and the knob that a user may have turned. */
export function binSettings(
  run: Pick<RunSummary, 'objective' | 'settings'> | undefined,
  { hardShare = defaultHardShare }: Pick<ExplanationKnobs, 'hardShare'>,
): BinSettings {
  const { objective, settings } = run ?? {};
  return { hasRing: hasRing({ objective, selection: settings?.['selection'] }), hardShare };
}

/**
 * The bin of each negative that a training recorded of an anchor, by the rule in contract/bins.ts. Of a
 * loss with a ring only what the ring keeps is pushed; what it attracts (cave) was left out as too
 * hard. Which pictures are suspected is not recorded. Most pushed are those that take `hardShare` of
 * the anchor's gradient: what is pushed beyond the recorded negatives has no share of its own here.
 */
export function ledgerNegatives(
  ledger: AnchorLedger,
  pictures: Pictures,
  judged: Pick<JudgedPairs, 'inForce'>,
  { hasRing, hardShare }: BinSettings,
): ShownNegatives {
  const { ids, share, zone, anchor } = ledger;
  // A positive of the loss may be let go of, but takes no part in the push of negatives.
  const ofNegatives = share.map((one, index) => (isLossPositive(zone[index]) ? 0 : one));
  const pushed = ofNegatives.reduce((sum, part) => sum + Math.max(0, part), 0);
  const takers = takersOfPush(ofNegatives, [...ids.keys()], hardShare, Math.max(1, pushed));
  const bin = Uint8Array.from(ids, (id, index) => {
    const name = zoneNames[zone[index] ?? 2] ?? 'too-easy';
    const pair = {
      verdict: judged.inForce(anchor.hash, pictures.hashOf(id)),
      labels: pictures.labelRelation(anchor.id, id),
      isSuspected: false,
    };
    const takesPush = hasRing ? name === 'too-hard' : takers[index] === 1;
    return binIndex[binOf(pair, { hasRing, isInRing: name === 'ring', takesPush })];
  });
  return { ids, bin, share };
}

/**
 * The same negatives and, as easy ones with share 0, every other picture except the anchor: it was
 * no candidate, or took little of the gradient.
 */
export function withOthersEasy(
  { ids, bin, share }: ShownNegatives,
  anchor: number,
  pictures: Pictures,
): ShownNegatives {
  const isShown = new Set(ids).add(anchor);
  const others = pictures.columns.ids.filter((id) => !isShown.has(id));
  const count = ids.length + others.length;
  const whole = {
    ids: new Uint32Array(count),
    bin: new Uint8Array(count).fill(binIndex.easy),
    share: new Float32Array(count),
  };
  whole.ids.set(ids);
  whole.ids.set(others, ids.length);
  whole.bin.set(bin);
  whole.share.set(share);
  return whole;
}
