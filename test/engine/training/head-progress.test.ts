import { expect, test } from 'vitest';
import { headCostInput } from '../../../src-main/contract/head-cost.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import type { JobReport } from '../../../src-main/engine/jobs/job-context.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { headMethods } from '../../../src-main/engine/methods/head-methods.ts';
import type { OpenLibraries } from '../../../src-main/engine/session/open-libraries.ts';
import { updateRun } from '../../../src-main/engine/store/runs.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const views = 2;
const pictures = 96;

async function reportsOf(library: Library, job: number): Promise<JobReport[]> {
  const reports: JobReport[] = [];
  const context = testContext({ library, job, onReport: (report) => reports.push(report) });
  const head = { encoder: 'head', on: 'pixels', views, epochs: 2 } as const;
  await runTrainJob(context, { ...smallTraining, ...head });
  return reports;
}

/** The counts of messages that begin so, each with the progress that was told with it. */
function counted(reports: readonly JobReport[], words: string): [done: number, progress: number][] {
  return reports.flatMap(({ message, progress }) => {
    const done = /: (\d+) of \d+$/.exec(message)?.[1];
    return message.startsWith(words) && done !== undefined ? [[Number(done), progress]] : [];
  });
}

test('progress goes with the passes of the encoder that are still needed', async () => {
  const library = await scannedLibrary();
  const first = await reportsOf(library, 1);
  // Each picture goes through the encoder once, each of its two views once, and each of its two common
  // views, by which the alignment is measured.
  const passes = pictures * (1 + views + 2);
  const [embedded, viewed] = [
    counted(first, 'Embedding with'),
    counted(first, 'Computing features'),
  ];
  expect(viewed.at(-1)![0]).toBe(pictures);
  const aligned = counted(first, 'Computing views for the alignment');
  const [lastDone, prepared] = aligned.at(-1)!;
  expect(lastDone).toBe(pictures);
  for (const [done, progress] of aligned) {
    const before = pictures * (1 + views);
    expect(progress).toBeCloseTo((prepared * (before + 2 * done)) / passes, 9);
  }
  for (const [done, progress] of embedded) {
    expect(progress).toBeCloseTo((prepared * done) / passes, 9);
  }
  for (const [done, progress] of viewed) {
    expect(progress).toBeCloseTo((prepared * (pictures + done * views)) / passes, 9);
  }
  expect(prepared).toBeGreaterThan(0.5);
  const whole = first.map(({ progress }) => progress);
  expect(whole).toEqual(whole.toSorted((a, b) => a - b));
});

test('what is there already takes no part of the progress', async () => {
  const library = await scannedLibrary();
  await runEmbedJob(testContext({ library, job: 1 }), { encoder: 'pixels', device: 'cpu' });
  const first = await reportsOf(library, 2);
  const start = first.find(({ message }) => message.startsWith('Computing'))!;
  expect(start.progress).toBe(0);
  const again = await reportsOf(library, 3);
  const [epoch] = again.filter(({ message }) => message.startsWith('Epoch'));
  // 96 pictures in batches of 24, two epochs: the first step is an eighth of the training.
  expect(epoch!.progress).toBeCloseTo(0.93 / 8, 9);
});

test('the form is told the time by the encoder’s measured speed, once it is measured', async () => {
  const library = await scannedLibrary();
  const { modelFolder } = testContext({ library, job: 0 });
  const opened = { opened: () => ({ library }) } as unknown as OpenLibraries;
  const costOf = (wanted: number = views) => {
    const input = { on: 'pixels', views: wanted, seed: smallTraining.seed };
    return headMethods(opened, modelFolder)['heads.cost'](headCostInput.parse(input));
  };
  expect(await costOf()).toMatchObject({ pictures, cached: 0, seconds: null });
  const { run } = await runEmbedJob(testContext({ library, job: 1 }), {
    ...{ encoder: 'pixels', device: 'cpu' },
  });
  updateRun(library, run, { imagesPerSecond: 16 });
  expect((await costOf()).seconds).toBeCloseTo((pictures * views) / 16, 9);
  await reportsOf(library, 2);
  expect(await costOf()).toMatchObject({ cached: pictures, seconds: 0 });
  const { seconds } = await costOf(4);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).not.toBeCloseTo((pictures * 4) / 16, 6);
});
