import { describe, expect, it } from 'vitest';
import { batchDefaults, resolveBatches } from '../../../../src-main/contract/batch-drawing.ts';
import type { BatchChoice } from '../../../../src-main/contract/batch-drawing.ts';
import { seedRandom, shuffledOrder } from '../../../../src-main/engine/numeric/random.ts';
import type { UnitRows } from '../../../../src-main/engine/numeric/unit-rows.ts';
import type { DrawnFrom } from '../../../../src-main/engine/training/batches/batch-drawer.ts';
import {
  createBatchDrawer,
  randomBatches,
} from '../../../../src-main/engine/training/batches/create-drawer.ts';
import type { BatchPlan } from '../../../../src-main/engine/training/batches/create-drawer.ts';
import { startGroups } from '../../../../src-main/engine/training/batches/group-state.ts';
import { verdictPairsArray } from '../../../../src-main/engine/training/step/judged-pair-mask.ts';
import { differentPairsArray } from '../../../../src-main/engine/training/step/known-negatives.ts';

const pictures = 103;
const batch = 8;
const sampleIds = Uint32Array.from({ length: pictures }, (_, index) => 1000 + index);

/** Pictures on a circle: the nearest of each are those beside it. */
const onCircle: UnitRows = {
  vectors: Float32Array.from({ length: 2 * pictures }, (_, at) => {
    const angle = (2 * Math.PI * Math.floor(at / 2)) / pictures;
    return at % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  }),
  count: pictures,
  dimensions: 2,
};

function stateAt(epoch: number, arrays: DrawnFrom['arrays'] = {}): DrawnFrom {
  return { sampleIds, arrays, epoch };
}

interface Change {
  readonly choice?: BatchChoice;
  readonly verdicts?: BatchPlan['verdicts'];
  readonly meeting?: BatchPlan['meeting'];
}

async function drawn(
  { choice = {}, verdicts = 'ignore', meeting = 'one batch' }: Change,
  state = stateAt(5),
  seed = 1,
) {
  const settings = resolveBatches({ ...choice, verdicts });
  const drawer = createBatchDrawer(
    { settings, batch, verdicts, meeting },
    { embed: () => Promise.resolve(onCircle), yieldToEvents: () => Promise.resolve() },
  );
  const { batches, arrays } = await drawer.draw(state, seedRandom(seed));
  return { batches: batches.map((one) => [...one]), arrays };
}

const small = { proximityCandidates: 1000, proximityNeighbours: 6 } as const;

/** How far apart on the circle two pictures are, in steps. */
function apart(one: number, other: number): number {
  const steps = Math.abs(one - other);
  return Math.min(steps, pictures - steps);
}

/** The median over all pictures of how many steps away the nearest of their batch is. */
function nearestInBatch(batches: readonly number[][]): number {
  const nearest = batches.flatMap((ids) =>
    ids.map((id) => Math.min(...ids.filter((other) => other !== id).map((o) => apart(id, o)))),
  );
  return nearest.toSorted((a, b) => a - b)[Math.floor(nearest.length / 2)]!;
}

describe('the batches of an epoch', () => {
  it('at random are a shuffled order cut into batches, as before there was another way', async () => {
    const order = shuffledOrder(pictures, seedRandom(1));
    const expected = Array.from({ length: 12 }, (_, step) =>
      [...order.subarray(step * batch, (step + 1) * batch)].map((index) => sampleIds[index]),
    );
    const random = seedRandom(1);
    const { batches } = await randomBatches(batch).draw(stateAt(0), random);
    expect(batches.map((one) => [...one])).toEqual(expected);
    expect((await drawn({})).batches).toEqual(expected);
    // Nor do they draw a number more: views and weights after them are the same.
    const other = seedRandom(1);
    shuffledOrder(pictures, other);
    expect(random.state()).toEqual(other.state());
  });

  it.each([
    ['random', {}],
    ['by label', { batches: 'group' }],
    ['by neighbours', { batches: 'group', groupBy: 'neighbours', ...small }],
    ['by proximity', { batches: 'proximity', ...small }],
  ] as const)('%s hold every picture once, but for those that fill no batch', async (_, choice) => {
    const groups = Int32Array.from(sampleIds, (id) => (id % 7 === 0 ? -1 : id % 5));
    const satOut = new Set(shuffledOrder(pictures, seedRandom(1)).subarray(12 * batch));
    const { batches } = await drawn({ choice }, stateAt(5, { batchGroups: groups }));
    expect(batches.map(({ length }) => length)).toEqual(new Array(12).fill(batch));
    const expected = [...sampleIds].filter((_, index) => !satOut.has(index));
    expect(batches.flat().sort((a, b) => a - b)).toEqual(expected);
    const again = await drawn({ choice }, stateAt(5, { batchGroups: groups }));
    expect(again.batches).toEqual(batches);
  });

  it('by label hold K pictures of each of P labels', async () => {
    const ids = Uint32Array.from({ length: 96 }, (_, index) => index + 1);
    const { groupsArray, labelOf } = {
      groupsArray: 'batchGroups',
      labelOf: (id: number) => id % 6,
    };
    const settings = { ...batchDefaults, batches: 'group', groupSize: 4 } as const;
    const arrays = startGroups(settings, { sampleIds: ids, arrays: {} }, labelOf);
    expect(Object.keys(arrays)).toEqual([groupsArray]);
    const drawer = createBatchDrawer(
      { settings, batch, verdicts: 'ignore', meeting: 'one batch' },
      {
        embed: () => Promise.reject(new Error('not asked')),
        yieldToEvents: () => Promise.resolve(),
      },
    );
    const { batches } = await drawer.draw({ sampleIds: ids, arrays, epoch: 0 }, seedRandom(3));
    expect(batches).toHaveLength(12);
    const purities = batches.map((one) => {
      const counts = new Map<number, number>();
      for (const id of one) counts.set(labelOf(id), (counts.get(labelOf(id)) ?? 0) + 1);
      return [...counts.values()].sort().join(' ');
    });
    // The last batches may have only one label left, twice four of it.
    expect(purities.slice(0, 10)).toEqual(new Array(10).fill('4 4'));
  });

  it('by verdict groups hold together what chains of "same" connect', async () => {
    const same = Uint32Array.of(1003, 1050, 1050, 1090);
    const choice = { batches: 'group', groupBy: 'verdicts' } as const;
    const settings = resolveBatches({ ...choice, verdicts: 'attract' });
    const arrays = { [verdictPairsArray]: same };
    const groups = startGroups(settings, { sampleIds, arrays }, () => -1);
    for (const seed of [1, 2, 3, 4]) {
      const state = stateAt(0, { ...arrays, ...groups });
      const { batches } = await drawn({ choice, verdicts: 'attract' }, state, seed);
      const of = batches.flatMap((ids) => {
        const members = ids.filter((id) => [1003, 1050, 1090].includes(id)).length;
        return members === 0 ? [] : [members];
      });
      expect(of).toHaveLength(1);
    }
    expect(() => startGroups(settings, { sampleIds, arrays: {} }, () => -1)).toThrow(
      /No two pictures of this training were judged the same/,
    );
  });

  it('by proximity are of near pictures, and by neighbours too; random ones are not', async () => {
    const random = nearestInBatch((await drawn({})).batches);
    const byWalks = { batches: 'proximity', ...small } as const;
    const walked = nearestInBatch((await drawn({ choice: byWalks })).batches);
    const byGroup = { batches: 'group', groupBy: 'neighbours', ...small } as const;
    const grouped = nearestInBatch((await drawn({ choice: byGroup })).batches);
    // Eight of 103 on a circle: the nearest of the other seven is at 103 / 2 / 8 ≈ 6 steps.
    expect(random).toBeGreaterThanOrEqual(3);
    expect(walked).toBeLessThanOrEqual(2);
    expect(grouped).toBeLessThanOrEqual(2);
  });

  it('by proximity are random before the first graph', async () => {
    const choice = { batches: 'proximity', randomEpochs: 2, ...small } as const;
    const random = (await drawn({})).batches;
    expect((await drawn({ choice }, stateAt(1))).batches).toEqual(random);
    expect((await drawn({ choice }, stateAt(2))).batches).not.toEqual(random);
  });

  it('keep a graph of several epochs in the state, and one of a single epoch nowhere', async () => {
    const once = await drawn({ choice: { batches: 'proximity', ...small } }, stateAt(1));
    expect(once.arrays).toEqual({});
    const choice = { batches: 'proximity', graphEpochs: 3, ...small } as const;
    const { arrays } = await drawn({ choice }, stateAt(1));
    expect(arrays['proximityGraph']).toHaveLength(pictures * small.proximityNeighbours);
    const settings = resolveBatches({ ...choice, verdicts: 'ignore' });
    const drawer = createBatchDrawer(
      { settings, batch, verdicts: 'ignore', meeting: 'one batch' },
      {
        embed: () => Promise.reject(new Error('not asked')),
        yieldToEvents: () => Promise.resolve(),
      },
    );
    const { batches } = await drawer.draw(stateAt(3, arrays), seedRandom(1));
    expect(nearestInBatch(batches.map((one) => [...one]))).toBeLessThanOrEqual(2);
    await expect(drawer.draw(stateAt(4, arrays), seedRandom(1))).rejects.toThrow('not asked');
  });

  it('with verdicts that mask hold no walk over what was judged the same', async () => {
    // Each picture and the next are the same, so that none of the 12 batches may hold both.
    const pairs = Uint32Array.from({ length: 102 }, (_, at) => 1000 + at);
    const state = stateAt(5, { [verdictPairsArray]: pairs });
    const choice = { batches: 'proximity', ...small } as const;
    const together = (batches: readonly number[][]): number =>
      batches.filter((ids) => ids.some((id) => id % 2 === 0 && ids.includes(id + 1))).length;
    const ignored = await drawn({ choice }, state);
    expect(together(ignored.batches)).toBeGreaterThan(6);
    const masked = await drawn({ choice, verdicts: 'mask' }, state);
    // Only what is left over at the epoch's end may meet.
    expect(together(masked.batches)).toBeLessThanOrEqual(1);
  });
});

describe('pairs that were judged different', () => {
  const pairs = [
    [1000, 1052],
    [1001, 1040],
    [1040, 1080],
    [1007, 1066],
  ] as const;
  const state = stateAt(5, { [differentPairsArray]: Uint32Array.from(pairs.flat()) });

  async function met(change: Change, seeds: number): Promise<number> {
    let together = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { batches } = await drawn({ verdicts: 'mask', ...change }, state, seed);
      expect(new Set(batches.flat()).size).toBe(12 * batch);
      for (const [one, other] of pairs) {
        const at = batches.findIndex((ids) => ids.includes(one));
        const otherAt = batches.findIndex((ids) => ids.includes(other));
        const distance = Math.abs(at - otherAt);
        const wanted = change.meeting === 'batch after batch' ? 1 : 0;
        if (at >= 0 && otherAt >= 0 && distance === wanted) together += 1;
      }
    }
    return together / (seeds * pairs.length);
  }

  it('all meet in one batch at a rate of 1, and by chance alone at 0', async () => {
    expect(await met({ choice: { differentRate: 1 } }, 20)).toBe(1);
    // 7 of 102 others are in the batch, 12 · 8 of 103 pictures in any.
    expect(await met({ choice: { differentRate: 0 } }, 100)).toBeLessThan(0.15);
  });

  it('meet at the rate between, over a queue in batches one after the other', async () => {
    const half = await met({ choice: { differentRate: 0.5 } }, 200);
    // 0.5 and half of the chance of 0.064; the deviation of 800 pairs is 0.018.
    expect(Math.abs(half - 0.53)).toBeLessThan(0.07);
    const inQueue = { choice: { differentRate: 1 }, meeting: 'batch after batch' } as const;
    expect(await met(inQueue, 20)).toBe(1);
  });

  it('meet in batches by proximity too', async () => {
    const choice = { batches: 'proximity', differentRate: 1, ...small } as const;
    expect(await met({ choice }, 10)).toBe(1);
  });

  it('more than a batch holds meet as far as there is room', async () => {
    const chain = Array.from({ length: 20 }, (_, at) => [1000 + at, 1001 + at]).flat();
    const arrays = { [differentPairsArray]: Uint32Array.from(chain) };
    const choice = { differentRate: 1 };
    const { batches } = await drawn({ choice, verdicts: 'mask' }, stateAt(5, arrays));
    expect(new Set(batches.flat()).size).toBe(12 * batch);
    const inOne = batches.map((ids) => ids.filter((id) => id <= 1020).length);
    expect(Math.max(...inOne)).toBe(batch);
  });
});

describe('a choice of how batches are drawn', () => {
  it('is refused where the way has no such setting, or verdicts are missing', () => {
    const refused = (choice: BatchChoice) => () =>
      resolveBatches({ ...choice, verdicts: 'ignore' });
    expect(refused({ groupSize: 4 })).toThrow(/groupSize is no setting of batches .* at random/);
    expect(refused({ batches: 'proximity', groupBy: 'label' })).toThrow(/by proximity/);
    expect(refused({ batches: 'group', groupBy: 'verdicts' })).toThrow(/need verdicts/);
    expect(refused({ differentRate: 0.5 })).toThrow(/needs verdicts/);
    expect(resolveBatches({ verdicts: 'ignore' }).differentRate).toBe(0);
    expect(resolveBatches({ verdicts: 'attract' }).differentRate).toBe(batchDefaults.differentRate);
  });
});
