import { describe, expect, it } from 'vitest';
import { positiveDrawer } from '../../../../src-main/engine/training/step/judged-positives.ts';
import { verdictGroupsArray } from '../../../../src-main/engine/training/step/judged-groups.ts';
import {
  pairFeeds,
  partnersByPicture,
  samePairs,
  verdictPairsArray,
  withThemselves,
} from '../../../../src-main/engine/training/step/judged-pair-mask.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';

/** 3, 5 and 8 are a group, 9 is a pair with 3, and nobody judged 4. */
const judged = {
  sampleIds: Uint32Array.of(3, 4, 5, 8, 9),
  arrays: {
    [verdictGroupsArray]: Int32Array.of(0, -1, 0, 0, -1),
    [verdictPairsArray]: Uint32Array.of(9, 3),
  },
};
const batch = Uint32Array.of(3, 4, 5, 8, 9);

describe('the positives of a batch', () => {
  it('are the pictures themselves without verdicts that attract', () => {
    const random = seedRandom(1);
    const before = random.state();
    for (const plan of [
      { verdicts: 'mask', groupPositives: 1 },
      { verdicts: 'attract', groupPositives: 0 },
      { verdicts: 'ignore', groupPositives: 1 },
      { verdicts: 'attract' },
    ] as const) {
      expect(positiveDrawer(plan, judged)(batch, random)).toBeNull();
    }
    // No random number is drawn, so that such trainings are what they were.
    expect(random.state()).toEqual(before);
  });

  it('are pictures of the group or the pair as often as was chosen, each of them alike', () => {
    const draw = positiveDrawer({ verdicts: 'attract', groupPositives: 0.6 }, judged);
    const random = seedRandom(7);
    const draws = 4000;
    const counts = new Map<string, number>();
    for (let time = 0; time < draws; time++) {
      for (const [row, id] of draw(batch, random)!.entries()) {
        const key = `${batch[row]!} ${id}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const share = (key: string): number => (counts.get(key) ?? 0) / draws;
    expect([...counts.keys()].toSorted()).toEqual([
      '3 3',
      '3 5',
      '3 8',
      '3 9',
      '4 4',
      '5 3',
      '5 5',
      '5 8',
      '8 3',
      '8 5',
      '8 8',
      '9 3',
      '9 9',
    ]);
    expect(share('4 4')).toBe(1);
    // Of 4,000 draws the standard deviation of a share is at most 0.008.
    expect(Math.abs(share('3 3') - 0.4)).toBeLessThan(0.03);
    expect(Math.abs(share('3 9') - 0.2)).toBeLessThan(0.03);
    expect(Math.abs(share('5 8') - 0.3)).toBeLessThan(0.03);
    expect(Math.abs(share('9 3') - 0.6)).toBeLessThan(0.03);
  });

  it('are no negatives where another anchor’s positive is a view of the same picture', () => {
    const rows = { rowIds: Uint32Array.of(3, 4, 9, 4), columnIds: Uint32Array.of(3, 4, 9, 3) };
    const partners = partnersByPicture(Uint32Array.of(9, 3));
    const same = (withOwn: boolean): number[] =>
      Array.from(pairFeeds(withOwn ? withThemselves(partners) : partners, rows)[samePairs]!);
    // Row by row against the columns 3, 4, 9, 3; nobody judged 4.
    expect(same(false)).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0]);
    expect(same(true)).toEqual([1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0]);
  });
});
