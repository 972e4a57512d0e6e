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
  // 0.00006 of 0.00008 are 75 % of the push, 0.75 × 50,000 times what each would have if all had the same.
  expect(pair.reason).toBe(
    'Takes 75.0\u00a0% of the push, 37,500 × the mean; same label, rank 1 of 50,000 on z.',
  );
  const far = { ...explained, share: Float32Array.of(0.00006, 0.00002), ids: Uint32Array.of(7, 8) };
  const others = Float32Array.from({ length: 50_000 }, (_, index) => far.share[index] ?? 0.00002);
  expect(queuedPair(pictureOf, 1, { id: 7 }, { ...far, share: others }).reason).toMatch(
    /^Takes 0.0060\u00a0% of the push, 3.0 × the mean;/,
  );
  expect(withAgreement(pair, { suggested: 2, runs: 3 }).reason).toBe(
    'Takes 75.0\u00a0% of the push, 37,500 × the mean; 2 of 3 runs suggest it, same label, rank 1 of 50,000 on z.',
  );
});

test('what rank alone says is told where no label does, and whether it is calibrated', () => {
  const reason = ' rank 2 of 50,000 on z: by rank alone 13\u00a0% likely false';
  expect(queuedPair(pictureOf, 1, { id: 8 }, explained).reason).toContain(`;${reason}.`);
  const posteriorBasis = { kind: 'order statistics' } as typeof explained.posteriorBasis;
  expect(queuedPair(pictureOf, 1, { id: 8 }, { ...explained, posteriorBasis }).reason).toContain(
    `;${reason} (uncalibrated).`,
  );
});

test('a part of the push is never above 100 %, and an attracted pair has none', () => {
  const share = Float32Array.of(1.25, -0.25);
  expect(queuedPair(pictureOf, 1, { id: 7 }, { ...explained, share }).reason).toMatch(
    /^Takes 100.0\u00a0% of the push,/,
  );
  expect(queuedPair(pictureOf, 1, { id: 8 }, { ...explained, share }).reason).toMatch(
    /^Is attracted, not pushed;/,
  );
});

test('a recorded share is of a batch of that epoch, the rank of the finished encoder', () => {
  const reasonOf = (share: number) =>
    queuedPair(pictureOf, 1, { id: 7, recorded: { share, epoch: 15 } }, explained).reason;
  expect(reasonOf(0.5)).toBe(
    'Took 50.0\u00a0% of the gradient in its batch of epoch 15; same label, now rank 1 of 50,000 on z.',
  );
  expect(reasonOf(1.25)).toMatch(
    /^Took 125.0\u00a0% of the gradient in sum, as others were attracted, in its batch of epoch 15;/,
  );
  expect(reasonOf(-0.03)).toMatch(/^Was attracted in its batch of epoch 15;/);
});
