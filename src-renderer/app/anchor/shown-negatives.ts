import { binNames, zoneNames, type BinName } from '../../../src-main/contract/bins.ts';
import { isFalseNegative } from '../../../src-main/contract/false-negative.ts';
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

const binOfZone: Readonly<Record<(typeof zoneNames)[number], BinName>> = {
  'too-hard': 'hard',
  ring: 'ring',
  'too-easy': 'easy',
};

/**
 * The bin of each negative that a training recorded of an anchor: false by verdicts and labels
 * (`isFalseNegative`), else by its zone. What a ledger records took most of the gradient, so none needs
 * the rule of top shares. Which pictures are each other's nearest is not recorded.
 */
export function ledgerNegatives(
  ledger: AnchorLedger,
  pictures: Pictures,
  judged: Pick<JudgedPairs, 'inForce'>,
): ShownNegatives {
  const { ids, share, zone, anchor } = ledger;
  const bin = Uint8Array.from(ids, (id, index) => {
    const isFalse = isFalseNegative({
      verdict: judged.inForce(anchor.hash, pictures.hashOf(id)),
      labels: pictures.labelRelation(anchor.id, id),
      isSuspected: false,
    });
    const name = zoneNames[zone[index] ?? 2] ?? 'too-easy';
    return binNames.indexOf(isFalse ? 'false' : binOfZone[name]);
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
    bin: new Uint8Array(count).fill(binNames.indexOf('easy')),
    share: new Float32Array(count),
  };
  whole.ids.set(ids);
  whole.ids.set(others, ids.length);
  whole.bin.set(bin);
  whole.share.set(share);
  return whole;
}
