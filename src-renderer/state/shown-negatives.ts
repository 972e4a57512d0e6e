import { binNames, zoneNames, type BinName } from '../../src-main/contract/bins.ts';
import type { AnchorLedger } from '../../src-main/contract/ledger.ts';
import type { Pictures } from './pictures.ts';

/** The negatives that map and legend mark, as columns; `bin` indexes the contract's bins. */
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
 * The bin of each recorded negative: false where the label is the anchor's, else by its zone. What a
 * ledger keeps took most of the gradient, so none needs the rule of top shares.
 */
export function ledgerNegatives(ledger: AnchorLedger, pictures: Pictures): ShownNegatives {
  const { ids, share, zone, anchor } = ledger;
  const bin = Uint8Array.from(ids, (id, place) => {
    const isFalse = anchor.label !== null && pictures.labelOf(id) === anchor.label;
    const name = zoneNames[zone[place] ?? 2] ?? 'too-easy';
    return binNames.indexOf(isFalse ? 'false' : binOfZone[name]);
  });
  return { ids, bin, share };
}

/** The same with every other picture but the anchor as easy: it was no candidate, or took little. */
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
