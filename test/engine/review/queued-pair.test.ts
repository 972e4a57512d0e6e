import { expect, test } from 'vitest';
import { queuedPair, withAgreement } from '../../../src-main/engine/review/queued-pair.ts';

/** Two candidates of the 50,000 that share the gradient. */
const explained = {
  space: 'z',
  candidates: 50_000,
  ids: Uint32Array.of(7, 8),
  similarity: Float32Array.of(0.75, 0.5),
  share: Float32Array.of(0.00006, 0.00002),
  posterior: Float32Array.of(0.25, 0.125),
  evidence: Uint8Array.of(1, 0),
  posteriorBasis: { kind: 'calibrated' },
} as unknown as Parameters<typeof queuedPair>[3];
const pictureOf = (id: number) => ({ hash: `hash${id}`, path: `${id}.png` });

test('among 50,000 negatives a share is told in digits that say something, against the mean', () => {
  const pair = queuedPair(pictureOf, 1, { id: 7 }, explained);
  // 0.00006 × 50,000 = 3 times what each would have if all had the same.
  expect(pair.reason).toBe(
    'Takes 0.0060\u00a0% of the push, 3.0 × the mean; same label, rank 1 on z: 25\u00a0% likely false.',
  );
  expect(queuedPair(pictureOf, 1, { id: 8 }, explained).reason).toBe(
    'Takes 0.0020\u00a0% of the push; rank 2 on z: 13\u00a0% likely false.',
  );
  expect(withAgreement(pair, { suggested: 2, runs: 3 }).reason).toBe(
    'Takes 0.0060\u00a0% of the push, 3.0 × the mean; 2 of 3 runs suggest it, same label, rank 1 on z: 25\u00a0% likely false.',
  );
});

test('a recorded share is of a batch, whose mean is another', () => {
  expect(queuedPair(pictureOf, 1, { id: 7, share: 0.5 }, explained).reason).toBe(
    'Takes 50.0\u00a0% of the push; same label, rank 1 on z: 25\u00a0% likely false.',
  );
});

test('says where the probability is not calibrated', () => {
  const posteriorBasis = { kind: 'order statistics' } as typeof explained.posteriorBasis;
  expect(queuedPair(pictureOf, 1, { id: 8 }, { ...explained, posteriorBasis }).reason).toBe(
    'Takes 0.0020\u00a0% of the push; rank 2 on z: 13\u00a0% likely false (uncalibrated).',
  );
});

test('says what a share above 1 or below 0 means', () => {
  const reasonOf = (share: number) => queuedPair(pictureOf, 1, { id: 7, share }, explained).reason;
  expect(reasonOf(1.25)).toMatch(
    /^Takes 125.0\u00a0% of the push in sum, as others are attracted;/,
  );
  expect(reasonOf(-0.03)).toMatch(/^Is attracted by 3.0\u00a0% of the push in sum;/);
});
