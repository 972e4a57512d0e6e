import { expect, test } from 'vitest';
import { JudgedPairs } from '../../../src-main/contract/judged-pairs.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { saveLedger } from '../../../src-main/engine/store/ledger.ts';
import type { LedgerAnchor } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { createRun } from '../../../src-main/engine/store/runs.ts';
import { savePassOn } from '../../../src-main/engine/store/pass-on.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { listVerdicts, saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { judgedSameNegatives } from '../../../src-main/engine/verdicts/judged-same-negatives.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

/** An anchor's record: its negatives by sample id, each with its share of the gradient. */
function recorded(sampleId: number, shares: Readonly<Record<number, number>>): LedgerAnchor {
  const ids = Object.keys(shares).map(Number);
  const none = new Float32Array(ids.length);
  return {
    ...{ sampleId, loss: 1, effectiveNegatives: 1, clamped: 0, sameLabelShare: 0 },
    negatives: {
      ids: Uint32Array.from(ids),
      ...{ similarity: none, weight: none, share: Float32Array.from(Object.values(shares)) },
      met: new Uint16Array(ids.length),
      zone: new Uint8Array(ids.length),
    },
  };
}

function made(pictures: number): { library: Library; ids: Uint32Array; runId: number } {
  const library = temporaryLibrary();
  const ids = addSamples(
    library,
    Array.from({ length: pictures }, (_, index) => `${index}.png`),
  );
  const { id } = createRun(library, {
    ...{ name: 'hard', kind: 'trained', encoder: 'resnet8', objective: 'hard' },
    ...{ settings: {}, state: 'done' },
  });
  return { library, ids, runId: id };
}

function judge(library: Library, one: number, other: number, verdict: 'same' | 'different'): void {
  const { ids, hashes } = presentSamples(library);
  const hashOf = (id: number): string => hashes[ids.indexOf(id)]!;
  saveVerdict(library, [hashOf(one), hashOf(other)], { verdict, note: '', runId: null });
}

test('counts each pair once, and averages the signed shares over its recorded pictures', () => {
  const { library, ids, runId } = made(5);
  const [a, b, c, d, e] = ids as unknown as [number, number, number, number, number];
  saveLedger(library, runId, 1, [recorded(a, { [b]: 1 })]);
  saveLedger(library, runId, 2, [
    recorded(a, { [b]: 0.5, [d]: 0.25, [e]: 0.25 }),
    recorded(b, { [d]: 0.5, [a]: 0.25, [c]: -0.125 }),
    recorded(d, { [a]: 0.5 }),
  ]);
  expect(judgedSameNegatives(library, runId)).toEqual({
    ...{ epoch: 2, pairs: 0, negatives: 0, anchors: 0, gradientShare: null },
  });
  // a = b and b = c, which alone count; d = e; c and d are apart.
  judge(library, a, b, 'same');
  judge(library, b, c, 'same');
  judge(library, d, e, 'same');
  judge(library, c, d, 'different');
  // Pairs ab, bc and de; ab and bc were negatives. Of a 0.5, of b 0.25 - 0.125, of d nothing.
  expect(judgedSameNegatives(library, runId)).toEqual({
    ...{ epoch: 2, pairs: 3, negatives: 2, anchors: 3 },
    gradientShare: (0.5 + 0.25 - 0.125 + 0) / 3,
  });
  // Epoch 1 recorded a alone: its pair is ab.
  expect(judgedSameNegatives(library, runId, 1)).toEqual({
    ...{ epoch: 1, pairs: 1, negatives: 1, anchors: 1, gradientShare: 1 },
  });
});

test('counts the pairs of a firm group too where verdicts pass on', () => {
  const { library, ids, runId } = made(4);
  const [a, b, c, d] = ids as unknown as [number, number, number, number];
  saveLedger(library, runId, 1, [
    recorded(a, { [b]: 0.5, [c]: 0.25 }),
    recorded(c, { [a]: 0.125 }),
  ]);
  judge(library, a, b, 'same');
  judge(library, b, c, 'same');
  judge(library, c, d, 'same');
  judge(library, d, a, 'same');
  // Recorded are a and c. Pairs ab, ad, bc, cd; ab was a negative. Of a 0.5, of c nothing.
  expect(judgedSameNegatives(library, runId)).toEqual({
    ...{ epoch: 1, pairs: 4, negatives: 1, anchors: 2, gradientShare: 0.25 },
  });
  savePassOn(library, 'groups');
  // The ring makes ac the same, too, which both recorded. Of a 0.75, of c 0.125.
  expect(judgedSameNegatives(library, runId)).toEqual({
    ...{ epoch: 1, pairs: 5, negatives: 2, anchors: 2, gradientShare: 0.875 / 2 },
  });
});

test.each(['pairs', 'groups'] as const)('is what going through all pairs gives: %s', (passOn) => {
  const { library, ids, runId } = made(30);
  const random = seedRandom(4);
  const anchors = Array.from(ids.subarray(0, 24), (anchor) => {
    const others = Array.from({ length: 8 }, () => ids[random.index(ids.length)]!);
    const negatives = others.filter((other) => other !== anchor);
    return recorded(anchor, Object.fromEntries(negatives.map((id) => [id, random.normal()])));
  });
  saveLedger(library, runId, 3, anchors);
  for (let verdict = 0; verdict < 25; verdict++) {
    const [one, other] = [ids[random.index(ids.length)]!, ids[random.index(ids.length)]!];
    if (one !== other) judge(library, one, other, verdict % 5 === 0 ? 'different' : 'same');
  }
  savePassOn(library, passOn);
  const judged = new JudgedPairs(listVerdicts(library), passOn);
  const { hashes } = presentSamples(library);
  const isSame = (row: number, other: number): boolean =>
    row !== other && judged.inForce(hashes[row]!, hashes[other]!) === 'same';
  let [pairs, negatives, share] = [0, 0, 0];
  const withPartner = new Set<number>();
  const shareOf = (row: number, other: number): number | undefined => {
    const { ids: known, share: shares } = anchors[row]?.negatives ?? recorded(0, {}).negatives;
    return shares[known.indexOf(ids[other]!)];
  };
  for (let row = 0; row < ids.length; row++) {
    for (let other = 0; other < row; other++) {
      if (other >= 24 || !isSame(row, other)) continue;
      const known = [shareOf(row, other), shareOf(other, row)].filter((one) => one !== undefined);
      pairs += 1;
      if (known.length > 0) negatives += 1;
      share += known.reduce((total, one) => total + one, 0);
      for (const anchor of [row, other]) if (anchor < 24) withPartner.add(anchor);
    }
  }
  const found = judgedSameNegatives(library, runId)!;
  expect(negatives).toBeGreaterThan(3);
  expect(found).toMatchObject({ epoch: 3, pairs, negatives, anchors: withPartner.size });
  expect(found.gradientShare).toBeCloseTo(share / withPartner.size, 6);
});

test('is nothing without a ledger', () => {
  const { library, runId } = made(3);
  expect(judgedSameNegatives(library, runId)).toBeNull();
});

test('a pair judged different itself is none of them, though a ring makes it the same', () => {
  const { library, ids, runId } = made(4);
  const [one = 0, two = 0, three = 0, four = 0] = ids;
  saveLedger(library, runId, 1, [recorded(one, { [two]: 0.25, [three]: 0.5 })]);
  savePassOn(library, 'groups');
  judge(library, one, two, 'same');
  judge(library, two, three, 'same');
  judge(library, three, four, 'same');
  judge(library, four, one, 'same');
  judge(library, one, three, 'different');
  // Recorded is `one` alone: of its pairs those with `two` and `four` are the same, not that with `three`.
  expect(judgedSameNegatives(library, runId)).toEqual({
    ...{ epoch: 1, pairs: 2, negatives: 1, anchors: 1, gradientShare: 0.25 },
  });
});
