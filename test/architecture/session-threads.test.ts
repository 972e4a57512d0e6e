import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importGraph } from './import-graph.ts';

const root = join(import.meta.dirname, '../../src-main');
const sources = [...importGraph(root).keys()].map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}));
/** These take the settings of their caller. */
const passOn = ['engine/numeric/double-products.ts', 'engine/numeric/matrix-products.ts'];
const saysThreads = /sessionThreads\(|intraOpNumThreads/;

it('keep to the number of threads that the user wants, wherever ONNX Runtime is started', () => {
  const starts = sources.filter(({ text }) => text.includes('InferenceSession.create('));
  expect(starts.length).toBeGreaterThan(10);
  const silent = starts.filter(({ text }) => !saysThreads.test(text)).map(({ file }) => file);
  expect(silent.toSorted()).toEqual(passOn);
  const callers = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:Matrix|Double)Products\.create\((.*)\)/g)].map(([, given]) => ({
      ...{ file, given },
    })),
  );
  expect(callers.length).toBeGreaterThan(4);
  expect(callers.filter(({ given }) => !saysThreads.test(given ?? ''))).toEqual([]);
});
