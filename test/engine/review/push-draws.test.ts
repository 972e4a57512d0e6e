import { describe, expect, test } from 'vitest';
import { pushDraws, pushSource } from '../../../src-main/engine/review/push-draws.ts';
import type { PushDraw } from '../../../src-main/engine/review/push-draws.ts';
import { anchorExplainer } from '../../../src-main/engine/review/explained-anchor.ts';
import { wilsonInterval } from '../../../src-main/engine/review/wilson-interval.ts';
import type { RunEmbeddings } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { saveLedger } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { createRun } from '../../../src-main/engine/store/runs.ts';
import type { Run } from '../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

/** Pictures at random on a sphere in space, the first ones of which do not change with `count`. */
function embedded(ids: Uint32Array): RunEmbeddings {
  const random = seedRandom(5);
  const vectors = Float32Array.from(
    Array.from(ids, () => {
      const point = [random.normal(), random.normal(), random.normal()];
      const length = Math.hypot(...point);
      return point.map((value) => value / length);
    }).flat(),
  );
  const rowOfId = new Map(Array.from(ids, (id, row) => [id, row]));
  const rows = { vectors, dimensions: 3, count: ids.length };
  return { ...rows, ids, rowOfId, weightsHash: 'w', neighbours: null };
}

function made(pictures: number): { library: Library; ids: Uint32Array; run: Run } {
  const library = temporaryLibrary();
  const names = Array.from({ length: pictures }, (_, index) => `${index}.png`);
  const ids = addSamples(library, names);
  const run = createRun(library, {
    ...{ name: 'hard', kind: 'trained', encoder: 'resnet8', objective: 'hard' },
    ...{ settings: { temperature: 0.5, beta: 1, tauPlus: 0.1 }, state: 'done' },
  });
  return { library, ids, run };
}

async function firstDraws(source: Parameters<typeof pushDraws>[0], count: number) {
  const draws: PushDraw[] = [];
  for await (const draw of pushDraws(source)) {
    if (draws.push(draw) === count) break;
  }
  return draws;
}

const isFalse = ({ anchor, id }: PushDraw): boolean => (anchor + id) % 7 === 0;

describe('pairs drawn by their share of the push', () => {
  test('from a ledger estimate the false share of the recorded push, and Wilson covers it', () => {
    const { library, ids, run } = made(30);
    const random = seedRandom(2);
    let [push, falsePush] = [0, 0];
    const recorded = Array.from(ids.subarray(0, 25), (sampleId) => {
      const others = [...new Set(Array.from({ length: 6 }, () => ids[random.index(30)]!))].filter(
        (id) => id !== sampleId,
      );
      // Some are attracted: their share is below 0, and they are never drawn. Nor are positives of the
      // loss that are let go of, whose zone is 3.
      const isPositive = (index: number): boolean => index === 3;
      const share = others.map((_, index) =>
        index === 2 ? -0.1 : 0.2 * random.uniform(0, 1) ** 3,
      );
      for (const [index, id] of others.entries()) {
        const taken = isPositive(index) ? 0 : Math.max(0, Math.fround(share[index]!));
        push += taken;
        if (isFalse({ anchor: sampleId, id, share: 0 })) falsePush += taken;
      }
      const zeros = new Float32Array(others.length);
      return {
        ...{ sampleId, loss: 1, effectiveNegatives: 1, clamped: 0, sameLabelShare: 0 },
        negatives: {
          ids: Uint32Array.from(others),
          ...{ similarity: zeros, weight: zeros, share: Float32Array.from(share) },
          met: new Uint16Array(others.length),
          zone: Uint8Array.from(others, (_, index) => (isPositive(index) ? 3 : 0)),
        },
      };
    });
    saveLedger(library, run.id, 4, recorded);
    const pictures = { samples: presentSamples(library), embeddings: embedded(ids) };
    const rate = falsePush / push;
    expect(rate).toBeGreaterThan(0.05);
    const samples = 300;
    let [sum, covered] = [0, 0];
    for (let seed = 0; seed < samples; seed += 1) {
      const source = pushSource(library, pictures, run, seed);
      // Shares with attracted ones do not say how much is pushed in all.
      expect(source.recorded).toBeNull();
      const draws = Array.from({ length: 100 }, (_, number) => source.draw(number)!);
      expect(draws.every(({ share }) => share > 0)).toBe(true);
      const found = draws.filter(isFalse).length;
      sum += found / 100;
      const { low, high } = wilsonInterval(found, 100)!;
      if (low <= rate && rate <= high) covered += 1;
    }
    // The standard deviation of the mean of 300 shares of 100 draws is at most 0.5 / √30000 = 0.0029.
    expect(Math.abs(sum / samples - rate)).toBeLessThan(0.012);
    expect(covered / samples).toBeGreaterThan(0.9);
  });

  test('from explanations estimate the mean false share of the anchors’ push', async () => {
    const { library, ids, run } = made(24);
    const pictures = { samples: presentSamples(library), embeddings: embedded(ids) };
    const explain = anchorExplainer(pictures, run);
    const shares = Array.from(ids, (anchor) => {
      const { ids: others, share } = explain(anchor);
      const push = share.map((one) => Math.max(0, one));
      const total = push.reduce((sum, one) => sum + one, 0);
      const onFalse = push.filter((_, index) => isFalse({ anchor, id: others[index]!, share: 0 }));
      return onFalse.reduce((sum, one) => sum + one, 0) / total;
    });
    const rate = shares.reduce((sum, one) => sum + one, 0) / shares.length;
    let found = 0;
    const samples = 60;
    for (let seed = 0; seed < samples; seed += 1) {
      const draws = await firstDraws(pushSource(library, pictures, run, seed), 50);
      expect(draws).toHaveLength(50);
      found += draws.filter(isFalse).length / 50;
    }
    // The standard deviation of the mean of 3000 draws is at most 0.5 / √3000 = 0.0091.
    expect(Math.abs(found / samples - rate)).toBeLessThan(0.03);
  });

  test('from explanations stay nearly all the same when a picture is added', async () => {
    const { library, ids, run } = made(80);
    const samples = presentSamples(library);
    const before = ids.slice(0, 79);
    const draws = async (some: Uint32Array) =>
      firstDraws(pushSource(library, { samples, embeddings: embedded(some) }, run, 1), 60);
    const [one, other] = [await draws(before), await draws(ids)];
    const kept = one.filter(
      ({ anchor, id }, number) => other[number]!.anchor === anchor && other[number]!.id === id,
    );
    // Each draw of 60 falls on the new picture with a probability of about 1/80, twice.
    expect(kept.length).toBeGreaterThan(54);
    expect(new Set(one.map(({ anchor }) => anchor)).size).toBeGreaterThan(25);
  });

  test('are none where nothing is pushed', async () => {
    const { library, ids, run } = made(3);
    const samples = presentSamples(library);
    const alone = { samples, embeddings: embedded(ids.slice(0, 1)) };
    expect(await firstDraws(pushSource(library, alone, run, 1), 5)).toEqual([]);
  });
});
