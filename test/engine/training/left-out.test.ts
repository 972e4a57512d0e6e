import { expect, it } from 'vitest';
import { embeddedSampleIds } from '../../../src-main/engine/store/embeddings.ts';
import { leaveOutOfTraining } from '../../../src-main/engine/store/left-out.ts';
import { ledgerEpoch } from '../../../src-main/engine/store/ledger.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

it('a training leaves pictures out as anchors and as negatives, embeds them all the same, and says so', async () => {
  const library = await scannedLibrary();
  const { ids, hashes } = presentSamples(library);
  leaveOutOfTraining(library, hashes.slice(10, 20), true);
  const leftOut = new Set(ids.subarray(10, 20));
  const messages: string[] = [];
  const context = testContext({
    library,
    job: 1,
    onReport: ({ message }) => messages.push(message),
  });
  // 86 pictures in batches of 8 make 10 steps of 80 pictures; some sit out of an epoch by chance.
  const { run } = await runTrainJob(context, { ...smallTraining, epochs: 1, batch: 8 });
  expect(messages[0]).toBe('Preparing; 10 pictures left out of training');
  const { settings, weightsHash } = findRun(library, run);
  expect(settings).toMatchObject({ pictures: 86, leftOut: 10 });
  const recorded = [...ledgerEpoch(library, run, 1)];
  expect(recorded.length).toBe(80);
  const met = recorded.flatMap(({ sampleId, negatives }) => [sampleId, ...negatives.ids]);
  expect(met.filter((id) => leftOut.has(id))).toEqual([]);
  expect([...embeddedSampleIds(library, weightsHash ?? '', 'h')]).toEqual([...ids]);
});
