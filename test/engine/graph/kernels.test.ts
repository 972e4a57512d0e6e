import { describe, expect, it } from 'vitest';
import { kernelTable } from '../../../src-main/engine/graph/kernels/kernel-table.ts';
import { expectClose, feedsOf, programOf, runOn } from './compare-devices.ts';
import { elementwiseCases, reductionCases, shapeCases } from './kernel-cases.ts';
import { pictureCases } from './picture-cases.ts';

const cases = { elementwiseCases, reductionCases, shapeCases, pictureCases };

describe.each(Object.entries(cases))('%s', (_, list) => {
  it.each(list.map((testCase) => [testCase.name, testCase] as const))(
    '%s gives what tfjs gives',
    async (_name, testCase) => {
      const spec = programOf(testCase);
      const feeds = feedsOf(testCase);
      expectClose(await runOn('cpu', spec, feeds), await runOn('tfjs-cpu', spec, feeds), 2e-5);
    },
  );
});

it('knows the kernels that a training step needs', () => {
  expect(Object.keys(kernelTable).length).toBeGreaterThan(100);
});
