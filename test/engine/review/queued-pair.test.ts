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
    'Takes 0.0060 % of the gradient, 3.0 × the mean; same label, 25 % likely false by its rank on z, 1.',
  );
  expect(queuedPair(pictureOf, 1, { id: 8 }, explained).reason).toBe(
    'Takes 0.0020 % of the gradient; 13 % likely false by its rank on z, 2.',
  );
  expect(withAgreement(pair, { suggested: 2, runs: 3 }).reason).toBe(
    'Takes 0.0060 % of the gradient, 3.0 × the mean; 2 of 3 runs suggest it, same label, 25 % likely false by its rank on z, 1.',
  );
});

test('a recorded share is of a batch, whose mean is another', () => {
  expect(queuedPair(pictureOf, 1, { id: 7, share: 0.5 }, explained).reason).toBe(
    'Takes 50.0 % of the gradient; same label, 25 % likely false by its rank on z, 1.',
  );
});

test('says where the probability is not calibrated', () => {
  const posteriorBasis = { kind: 'order statistics' } as typeof explained.posteriorBasis;
  expect(queuedPair(pictureOf, 1, { id: 8 }, { ...explained, posteriorBasis }).reason).toBe(
    'Takes 0.0020 % of the gradient; 13 % likely false by its rank on z, 2 (uncalibrated).',
  );
});
