import { expect, test } from 'vitest';
import { runToState } from '../../contract/wait-for-job.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';
import { comparedLibrary, dimensions, pictures } from './compared-library.ts';

const k = 5;
const rows = (seed: number): Float32Array =>
  clusteredUnitRows({ count: pictures, dimensions, clusters: 4, spread: 0.8, seed });

test('a comparison that was made is known in the other order too, as measuring it so would give it', async () => {
  const runs = [
    { name: 'one', vectors: rows(1), mapSeed: 1 },
    { name: 'other', vectors: rows(2), mapSeed: 1 },
  ];
  const swapped = { a: { run: 'other' }, b: { run: 'one' }, k };
  const [mirrored, measured] = await Promise.all([
    comparedLibrary(runs).then(async (engine) => {
      await runToState(engine, 'compare', { runs: [{ run: 'one' }, { run: 'other' }], k });
      return engine.call('comparison.withMaps', swapped);
    }),
    comparedLibrary(runs).then(async (engine) => {
      await runToState(engine, 'compare', { runs: [swapped.a, swapped.b], k });
      return engine.call('comparison.withMaps', swapped);
    }),
  ]);
  expect(measured!.comparison.mostChanged.length).toBeGreaterThan(5);
  const { cka, ...rest } = measured!.comparison;
  expect(mirrored!.comparison).toMatchObject(rest);
  // Its sums are added in another order.
  expect(mirrored!.comparison.cka).toBeCloseTo(cka!, 12);
  expect([...mirrored!.hardness]).toEqual([...measured!.hardness].map((value) => value || 0));
  expect(mirrored!.overlap).toEqual(measured!.overlap);
});
