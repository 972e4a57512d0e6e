import { expect, test } from 'vitest';
import { judgedEstimate } from '../../../src-main/engine/review/judged-estimate.ts';
import { wilsonInterval } from '../../../src-main/engine/review/wilson-interval.ts';

test('without unsure pairs it is Wilson’s interval of the judged ones', () => {
  const found = judgedEstimate({ same: 3, different: 17, unsure: 0 });
  // 5.2369 % to 36.0419 %, as tables have it for 3 of 20.
  expect(found.estimate!.rate).toBe(0.15);
  expect(found.estimate!.low).toBeCloseTo(0.0523692, 6);
  expect(found.estimate!.high).toBeCloseTo(0.3604185, 6);
  expect(found.unsureDifferent).toEqual(found.unsureSame);
});

test('unsure pairs are bounded both ways: all different, and all the same', () => {
  const found = judgedEstimate({ same: 4, different: 12, unsure: 4 });
  expect(found).toMatchObject({ judged: 16, same: 4, unsure: 4 });
  expect(found.unsureDifferent).toEqual(wilsonInterval(4, 20));
  expect(found.unsureSame).toEqual(wilsonInterval(8, 20));
  expect(found.estimate).toEqual({
    rate: 4 / 16,
    low: wilsonInterval(4, 20)!.low,
    high: wilsonInterval(8, 20)!.high,
  });
});

test('nothing is estimated from nothing, or from unsure pairs alone', () => {
  const none = { estimate: null, unsureDifferent: null, unsureSame: null };
  expect(judgedEstimate({ same: 0, different: 0, unsure: 0 })).toMatchObject(none);
  const unsure = judgedEstimate({ same: 0, different: 0, unsure: 2 });
  expect(unsure.estimate).toBeNull();
  expect(unsure.unsureSame).toEqual(wilsonInterval(2, 2));
});
