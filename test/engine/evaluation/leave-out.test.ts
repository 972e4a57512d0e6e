import { describe, expect, test } from 'vitest';
import { parseLeaveOut } from '../../../src-main/contract/leave-out.ts';
import { scoreProtocol } from '../../../src-main/contract/run-scores.ts';
import type { EvaluateResult } from '../../../src-main/contract/runs.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { comparedLibrary, dimensions, pictures } from '../comparison/compared-library.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { normaliseRows } from '../neighbours/random-unit-rows.ts';

const twins = 8;
/** Pictures so far apart have the same label. */
const apart = 28;
const labels = 4;

/** Rows at random, of which the first eight have a twin of their label. */
function rowsWithTwins(seed: number): Float32Array {
  const random = seedRandom(seed);
  const rows = Float32Array.from({ length: pictures * dimensions }, () => random.normal());
  for (let row = 0; row < twins; row++) {
    const own = rows.subarray(row * dimensions, (row + 1) * dimensions);
    rows.set(own, (row + apart) * dimensions);
  }
  return normaliseRows(rows, dimensions);
}

function isTwin(row: number, other: number): boolean {
  return Math.abs(row - other) === apart && Math.min(row, other) < twins;
}

/** kNN by sorting all others, of which twins may be left out. */
function plainKnn(rows: Float32Array, withTwins: boolean): number {
  let right = 0;
  for (let row = 0; row < pictures; row++) {
    const similarity = (other: number): number => {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) {
        sum += rows[row * dimensions + d]! * rows[other * dimensions + d]!;
      }
      return sum;
    };
    const votes = new Float64Array(labels);
    Array.from({ length: pictures }, (_, other) => other)
      .filter((other) => other !== row && (withTwins || !isTwin(row, other)))
      .sort((a, b) => similarity(b) - similarity(a))
      .slice(0, 5)
      .forEach((other) => (votes[other % labels]! += Math.exp(similarity(other) / 0.07)));
    if (votes.indexOf(Math.max(...votes)) === row % labels) right += 1;
  }
  return right / pictures;
}

describe('pictures that do not vote for each other', () => {
  test('are left out of scores, which are kept with what was left out', async () => {
    const vectors = rowsWithTwins(1);
    const engine = await comparedLibrary([{ name: 'one', vectors }]);
    const evaluate = async (leaveOut?: string): Promise<EvaluateResult> => {
      const input = leaveOut === undefined ? {} : { leaveOut: parseLeaveOut(leaveOut) };
      const { result } = await runToState(engine, 'evaluate', { run: 'one', ...input });
      return result as EvaluateResult;
    };
    const metrics = async () => (await engine.call('runs.list', {}))[0]!.metrics;
    const all = await evaluate();
    expect(all).toMatchObject({ knn: plainKnn(vectors, true), leftOut: '', scoredPictures: 60 });
    const without = await evaluate('near-duplicates');
    expect(without.knn).toBe(plainKnn(vectors, false));
    expect(without.knn).toBeLessThan(all.knn! - 0.05);
    expect(without.linear).toBeLessThan(all.linear!);
    // Another choice than the library's is told, but not kept.
    expect(await metrics()).toMatchObject({ knn: all.knn, leftOut: '', protocol: scoreProtocol });
    await engine.call('scores.chooseLeaveOut', parseLeaveOut('near-duplicates'));
    expect(await evaluate()).toMatchObject({ knn: without.knn, leftOut: 'near-duplicates' });
    expect(await metrics()).toMatchObject({ knn: without.knn, leftOut: 'near-duplicates' });
  });

  test('by their paths: a part that all share leaves nobody to vote', async () => {
    const engine = await comparedLibrary([{ name: 'one', vectors: rowsWithTwins(2) }]);
    const leaveOut = parseLeaveOut('name:label (\\d)');
    const { result } = await runToState(engine, 'evaluate', { run: 'one', leaveOut });
    expect(result).toMatchObject({ knn: null, scoredPictures: 0, singletons: 60 });
    const found = await engine.call('scores.nameGroups', { name: 'label (\\d)' });
    expect(found).toEqual({ groups: labels, pictures });
  });

  test('are left out of a comparison, whose accuracies are those of the runs', async () => {
    const runs = [1, 2].map((seed) => ({ name: `run ${seed}`, vectors: rowsWithTwins(seed) }));
    const engine = await comparedLibrary(runs);
    await engine.call('scores.chooseLeaveOut', parseLeaveOut('near-duplicates'));
    const scores: EvaluateResult[] = [];
    for (const { name } of runs) {
      const { result } = await runToState(engine, 'evaluate', { run: name });
      scores.push(result as EvaluateResult);
    }
    const compared = { runs: runs.map(({ name }) => ({ run: name })), k: 7 };
    const { result } = await runToState(engine, 'compare', compared);
    const [one, other] = scores;
    expect(result).toMatchObject({
      comparisons: [
        {
          leftOut: 'near-duplicates',
          accuracy: { a: one!.knn, b: other!.knn },
          linear: { a: one!.linear, b: other!.linear },
          balanced: { knn: { a: one!.knnBalanced, b: other!.knnBalanced } },
          precisionAt20: { a: one!.precisionAt20, chance: one!.precisionChance },
          rankMe: { a: one!.rankMe, b: other!.rankMe },
        },
      ],
    });
  });
});
