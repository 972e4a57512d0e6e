import { formatCount } from './format-count.ts';
import { heldOutCount } from './held-out.ts';

/** Quantiles of the standard normal distribution: a two-sided test at 5 %, and a power of 80 %. */
const z975 = 1.959963984540054;
const z80 = 0.8416212335729143;

/** A gain that verdicts can plausibly bring, as a difference of shares. */
export const plausibleGain = 0.1;
const largestGain = 0.5;

/**
 * How many independent pictures McNemar's test needs to see, 4 times in 5, that the share of those whose
 * nearest is a partner rose by `gain` (0 to 0.5), where three of four that change gain (Connor 1987;
 * docs/formulas.md).
 */
export function picturesToSee(gain: number): number {
  const changed = 2 * gain;
  const reach = z975 * Math.sqrt(changed) + z80 * Math.sqrt(changed - gain ** 2);
  return Math.ceil((reach / gain) ** 2);
}

/** The smallest gain in whole points (0.01 to 0.5) that so many pictures show; null for none. */
export function gainToSee(pictures: number): number | null {
  for (let points = 1; points <= largestGain * 100; points++) {
    if (picturesToSee(points / 100) <= pictures) return points / 100;
  }
  return null;
}

/**
 * What can be told after a training with so many groups judged the same, in sentences. A group counts as
 * one picture, because its pictures change together.
 */
export function powerWords(groups: number, share: number): string {
  // An emptied field has no number.
  if (!(share > 0)) return 'Nothing is held out, so that it cannot be told whether it paid.';
  const heldOut = heldOutCount(groups, share);
  const needed = Math.ceil(picturesToSee(plausibleGain) / share);
  const gain = gainToSee(heldOut);
  const seen =
    gain === null
      ? 'too few to see any change of the share whose nearest is a partner'
      : `enough to see a gain of ${Math.round(gain * 100)} points in the share whose nearest is a partner`;
  const more =
    needed > groups
      ? ` For a gain of ${Math.round(plausibleGain * 100)} points, about ${formatCount(needed)} groups are needed.`
      : '';
  const held = `${formatCount(heldOut)} of ${formatCount(groups)} ${groups === 1 ? 'group' : 'groups'} judged the same`;
  return `${held} will be held out: ${seen}.${more}`;
}
