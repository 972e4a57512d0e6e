import { describe, expect, it } from 'vitest';
import { kernelTable } from '../../../src-main/engine/graph/kernels/kernel-table.ts';
import { expectClose, feedsOf, programOf, runOn } from './compare-devices.ts';
import { blockedCases } from './blocked-cases.ts';
import { elementwiseCases, reductionCases, shapeCases } from './kernel-cases.ts';
import { pictureCases } from './picture-cases.ts';

const cases = { elementwiseCases, reductionCases, shapeCases, pictureCases, blockedCases };

describe.each(Object.entries(cases))('%s', (_, list) => {
  it.each(list.map((testCase) => [testCase.name, testCase] as const))(
    '%s gives what tfjs gives',
    async (_name, testCase) => {
      const spec = programOf(testCase);
      const feeds = feedsOf(testCase);
      const wanted = await runOn('tfjs-cpu', spec, feeds);
      expectClose(await runOn('cpu', spec, feeds), wanted, 2e-5);
      // As other devices and files have it.
      expectClose(await runOn('cpu', spec, feeds, { channelBlock: 0 }), wanted, 2e-5);
    },
  );
});

it('knows the kernels that a training step needs', () => {
  expect(Object.keys(kernelTable).length).toBeGreaterThan(100);
});
