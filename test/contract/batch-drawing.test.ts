import { expect, it } from 'vitest';
import {
  begunBatches,
  recordedBatches,
  resolveBatches,
} from '../../src-main/contract/batch-drawing.ts';
import { trainInput } from '../../src-main/contract/runs.ts';

it('records nothing of batches at random, so that a run is as one of an older version', () => {
  expect(recordedBatches(resolveBatches({ verdicts: 'ignore' }), 'ignore')).toEqual({});
  const drawn = { batches: 'group', groupBy: 'neighbours', groupSize: 6 } as const;
  const recorded = recordedBatches(resolveBatches({ ...drawn, verdicts: 'mask' }), 'mask');
  expect(recorded).toMatchObject({ ...drawn, proximityCandidates: 1000, differentRate: 0.5 });
  expect(recorded).not.toHaveProperty('restartProbability');
  // What was recorded is what goes on.
  expect(begunBatches(recorded, 'mask')).toEqual(recorded);
  resolveBatches({ ...begunBatches(recorded, 'mask'), verdicts: 'mask' });
});

it('goes on with a run of an older version at random, and without what was judged different', () => {
  const older = { batch: 64, verdicts: 'mask' };
  const begun = begunBatches(older, 'mask');
  expect(begun).toEqual({ batches: 'random', differentRate: 0 });
  expect(resolveBatches({ ...begun, verdicts: 'mask' }).differentRate).toBe(0);
  expect(begunBatches({}, 'ignore')).toEqual({ batches: 'random' });
});

it('leaves the input of a training as it was where nothing is chosen', () => {
  const input = trainInput.parse({});
  expect(Object.keys(input).filter((key) => key.includes('atch'))).toEqual(['batch']);
  expect(input).not.toHaveProperty('differentRate');
});
