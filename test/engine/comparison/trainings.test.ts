import { describe, expect, test } from 'vitest';
import type { ComparedRun, Comparison } from '../../../src-main/contract/comparison.ts';
import { sidesMeasures, sideText } from '../../../src-main/contract/comparison-measures.ts';
import { trainingsWords } from '../../../src-main/contract/trainings-words.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';
import { comparedLibrary, dimensions, pictures } from './compared-library.ts';
import type { ComparedRunRows } from './compared-library.ts';

const k = 5;

/** Runs of a training; `spread` is how badly its encoder separates the labels. */
function seeds(name: string, count: number, spread: number): ComparedRunRows[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}-s${index + 1}`,
    settings: { objective: name, seed: index + 1 },
    vectors: clusteredUnitRows({
      ...{ count: pictures, dimensions, clusters: 4, spread },
      seed: 10 * spread + index,
    }),
  }));
}

async function compare(engine: Engine, a: ComparedRun, b: ComparedRun): Promise<Comparison> {
  const { state, error } = await runToState(engine, 'compare', { runs: [a, b], k });
  expect(error).toBeNull();
  expect(state).toBe('done');
  return (await engine.call('comparison.withMaps', { a, b, k }))!.comparison;
}

const one = (name: string): ComparedRun => ({ run: name });
const all = (name: string): ComparedRun => ({ run: name, seeds: true });

async function threeEach() {
  const engine = await comparedLibrary([...seeds('near', 3, 0.3), ...seeds('far', 3, 2)]);
  const comparison = await compare(engine, all('near-s2'), all('far-s1'));
  const { trainings } = comparison;
  const [knn] = trainings.scores;
  return { engine, comparison, trainings, knn };
}

describe('two trainings with three seeds each', () => {
  test('are compared over their seeds, each scored as a comparison of it scores it', async () => {
    const { engine, comparison, trainings, knn } = await threeEach();
    expect(trainings).toMatchObject({ method: 'seeds', spreadOf: null });
    expect(trainings.a).toEqual({
      name: 'near',
      runs: ['near-s1', 'near-s2', 'near-s3'],
      isWhole: true,
      shown: 'near-s2',
      seed: 2,
    });
    expect([comparison.a, comparison.b]).toEqual(['near (3 seeds)', 'far (3 seeds)']);
    const values = [];
    for (const name of ['far-s1', 'far-s2', 'far-s3']) {
      const { accuracy } = await compare(engine, one('near-s1'), one(name));
      values.push(accuracy!.b);
    }
    expect(knn).toMatchObject({ score: 'knn', b: { values } });
    expect(knn!.b.mean).toBeCloseTo((values[0]! + values[1]! + values[2]!) / 3, 12);
    expect(knn!.test!.p).toBeLessThan(0.05);
    expect(knn!.exact).toEqual({ p: 0.1, smallest: 0.1 });
  });

  test('say so in words, and what three seeds cannot show', async () => {
    const { comparison, knn } = await threeEach();
    const words = trainingsWords(comparison).join(' ');
    expect(words).toMatch(/over their seeds. Shown are near-s2 and far-s1/);
    expect(words).toMatch(/3 seeds of near against 3 seeds of far, by the t test/);
    expect(words).toMatch(/3 against 3 cannot go below p = .10; it takes 4 seeds of each/);
    const [measure] = sidesMeasures(comparison);
    expect(measure!.a).toBe(knn!.a.mean);
    expect(measure!.change).toEqual(knn!.test);
    expect(sideText(measure!, 'b')).toMatch(/^\d+\.\d\u00a0% ±\d+\.\d$/);
  });

  test('have the overlap between seeds beside theirs, and a rate on all that changed', async () => {
    const { comparison, trainings } = await threeEach();
    expect(trainings.overlap).toMatchObject({ of: 'near and far', pairs: 6 });
    expect(comparison.mostChanged.every(({ q }) => q !== null && q > 0 && q <= 1)).toBe(true);
    expect(comparison.mostChangedLabels.every(({ q }) => q !== null)).toBe(true);
    for (const { isBeyondSeeds } of comparison.changedGroups) expect(isBeyondSeeds).not.toBeNull();
  });

  test('are told of in a comparison of one run each, too, whose intervals are of these networks', async () => {
    const { engine, trainings } = await threeEach();
    const single = await compare(engine, one('near-s2'), one('far-s1'));
    expect([single.a, single.b]).toEqual(['near-s2', 'far-s1']);
    expect(single.trainings.scores).toEqual(trainings.scores);
    const [measure] = sidesMeasures(single);
    expect(measure!.change).toEqual(single.accuracy!.change);
    expect(measure!.a).toBe(single.accuracy!.a);
    expect(trainingsWords(single)[0]).toMatch(/about these two networks on these pictures/);
  });

  test('of one training: there is no p, and a group is not compared with itself', async () => {
    const { engine } = await threeEach();
    const same = await compare(engine, one('near-s1'), one('near-s3'));
    expect(same.trainings.method).toBe('same-training');
    expect(same.trainings.scores.every(({ test: tested }) => tested === null)).toBe(true);
    const { sd } = same.trainings.scores[0]!.a;
    expect(same.trainings.scores[0]!.betweenSeeds).toBeCloseTo(Math.SQRT2 * sd!, 12);
    const runs = [all('near-s1'), all('near-s2')];
    const { error } = await runToState(engine, 'compare', { runs, k });
    expect(error?.message).toMatch(/Both sides are all seeds of "near"/);
  });
});

test('a single run is given the spread of the other side, an untrained encoder none', async () => {
  const [loaded] = seeds('loaded', 1, 0.5);
  const runs = [...seeds('near', 3, 0.3), ...seeds('far', 1, 2)];
  const engine = await comparedLibrary([...runs, { ...loaded!, kind: 'loaded' }]);
  const single = await compare(engine, all('near-s1'), one('far-s1'));
  expect(single.trainings.method).toBe('one-run');
  expect(single.trainings.scores[0]!.test).not.toBeNull();
  expect(single.trainings.scores[0]!.exact!.smallest).toBe(0.25);
  const untrained = await compare(engine, one('loaded-s1'), all('near-s1'));
  expect(untrained.trainings.method).toBe('seeds');
  expect(untrained.trainings.scores[0]!.exact).toBeNull();
});

test('two single runs borrow the spread of a training of the same encoder, else nothing is said', async () => {
  const runs = [...seeds('near', 1, 0.3), ...seeds('far', 1, 2)];
  const alone = await comparedLibrary(runs);
  const unknown = await compare(alone, one('near-s1'), one('far-s1'));
  expect(unknown.trainings).toMatchObject({ method: 'unknown', scores: [], overlap: null });
  expect(unknown.mostChanged.every(({ q }) => q === null)).toBe(true);
  expect(trainingsWords(unknown).join(' ')).toMatch(/unknown, so there is no p. Train each with 3/);
  const lent = await comparedLibrary([...runs, ...seeds('third', 3, 1)]);
  const borrowed = await compare(lent, one('near-s1'), one('far-s1'));
  expect(borrowed.trainings).toMatchObject({ method: 'borrowed', spreadOf: 'third' });
  expect(borrowed.trainings.scores[0]!.test).not.toBeNull();
});

test('a comparison whose seeds were trained later is measured again before it is shown', async () => {
  const engine = await comparedLibrary(seeds('near', 3, 0.3).concat(seeds('far', 2, 2)));
  const [a, b] = [one('near-s1'), one('far-s1')];
  await engine.call('runs.delete', { run: 'far-s2' });
  await compare(engine, a, b);
  await engine.call('runs.restore', { run: 5 });
  expect(await engine.call('comparison.withMaps', { a, b, k })).toBeNull();
  expect((await compare(engine, a, b)).trainings.b.runs).toEqual(['far-s1', 'far-s2']);
});
