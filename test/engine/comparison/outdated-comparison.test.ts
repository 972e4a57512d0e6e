import { expect, test } from 'vitest';
import { outdatedSentence } from '../../../src-main/contract/outdated-comparison.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';
import { comparedLibrary, dimensions, pictures } from './compared-library.ts';

const k = 5;
const [a, b] = [{ run: 'one' }, { run: 'other' }];

function library() {
  const rows = (seed: number): Float32Array =>
    clusteredUnitRows({ count: pictures, dimensions, clusters: 4, spread: 0.8, seed });
  return comparedLibrary([
    { name: 'one', vectors: rows(1) },
    { name: 'other', vectors: rows(2) },
  ]);
}

test('two runs that were never compared are not out of date', async () => {
  const engine = await library();
  expect(await engine.call('comparison.outdated', { a, b, k })).toBeNull();
});

test('a verdict puts a comparison out of date, in both orders, until it is made again', async () => {
  const engine = await library();
  await runToState(engine, 'compare', { runs: [a, b], k });
  expect(await engine.call('comparison.outdated', { a, b, k })).toBeNull();
  // Another k was never asked for.
  expect(await engine.call('comparison.outdated', { a, b, k: k + 1 })).toBeNull();
  const { hashes } = await engine.call('library.samples', {});
  const [one = '', other = ''] = hashes;
  await engine.call('verdicts.set', { pair: [one, other], verdict: 'same' });
  const outdated = { changed: ['verdicts'] };
  expect(await engine.call('comparison.withMaps', { a, b, k })).toBeNull();
  expect(await engine.call('comparison.outdated', { a, b, k })).toEqual(outdated);
  expect(await engine.call('comparison.outdated', { a: b, b: a, k })).toEqual(outdated);
  await runToState(engine, 'compare', { runs: [a, b], k });
  expect(await engine.call('comparison.outdated', { a, b, k })).toBeNull();
});

test('what changed is said in a sentence', () => {
  expect(outdatedSentence({ changed: ['verdicts'] })).toBe(
    'These were compared before; since then, verdicts (or labels of pictures) changed.',
  );
  expect(outdatedSentence({ changed: ['labels', 'leftOut'] })).toContain(
    'labels and what is left out of voting changed',
  );
  expect(outdatedSentence({ changed: [] })).toContain('An older version');
});
