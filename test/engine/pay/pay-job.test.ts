import { expect, it } from 'vitest';
import type { PayResult } from '../../../src-main/contract/pay.ts';
import { payResult } from '../../../src-main/contract/pay.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { runPayJob } from '../../../src-main/engine/pay/pay-job.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { readTrainingVerdicts } from '../../../src-main/engine/training/read-training-verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from '../training/job-contexts.ts';

const training: TrainInput = {
  ...smallTraining,
  ...{ encoder: 'head', on: 'pixels', views: 4, batch: 48, epochs: 2 },
};
const payOf = (library: Library) => (run: string, against?: string) =>
  runPayJob(testContext({ library, job: 20 }), { run, seed: 1, ...(against && { against }) });

/** Half-trained heads on pixels: one without verdicts, one that holds a quarter out, one fed all. */
async function trainedLibrary(): Promise<Library> {
  const library = await scannedLibrary();
  const { hashes } = presentSamples(library);
  const say = (one: number, verdict: 'same' | 'different', other: number): void =>
    void saveVerdict(library, [hashes[one]!, hashes[other]!], {
      ...{ verdict, note: '', runId: null },
    });
  for (let index = 0; index < 96; index += 2) say(index, 'same', index + 1);
  for (let index = 0; index < 40; index += 2) say(index, 'different', index + 40);
  await runTrainJob(testContext({ library, job: 1 }), { ...training, name: 'plain' });
  const judged = { ...training, verdicts: 'attract' as const, heldOut: 0.25 };
  await runTrainJob(testContext({ library, job: 2 }), { ...judged, name: 'judged' });
  await runTrainJob(testContext({ library, job: 3 }), {
    ...judged,
    ...{ heldOut: 0, name: 'all fed' },
  });
  return library;
}

/** The ranks of judged pairs in a run, from both pictures, by sorting all cosines. */
function ranksOf(library: Library, run: string, pairs: Uint32Array): number[] {
  const { ids } = presentSamples(library);
  const { weightsHash } = findRun(library, run);
  const { vectors, dimensions } = readEmbeddings(library, weightsHash!, 'h', ids);
  const cosine = (one: number, other: number): number => {
    const [a, b] = [ids.indexOf(one) * dimensions, ids.indexOf(other) * dimensions];
    return vectors
      .subarray(a, a + dimensions)
      .reduce((sum, value, at) => sum + value * vectors[b + at]!, 0);
  };
  const rank = (from: number, to: number): number =>
    1 +
    [...ids].filter((id) => id !== from && id !== to && cosine(from, id) > cosine(from, to)).length;
  return Array.from({ length: pairs.length / 2 }, (_, at) => [pairs[2 * at]!, pairs[2 * at + 1]!])
    .map(([one, other]) => [rank(one!, other!), rank(other!, one!)])
    .flat();
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

/** Gives ranks that sorting all cosines gives, fed and held out, before and after. */
function expectRanks(library: Library, result: PayResult): void {
  const { verdicts } = readTrainingVerdicts(library, findRun(library, 'judged'))!;
  for (const [found, pairs] of [
    [result.same.fed!, verdicts.pairs],
    [result.same.heldOut!, verdicts.heldOutPairs],
  ] as const) {
    const [before, after] = [ranksOf(library, 'plain', pairs), ranksOf(library, 'judged', pairs)];
    expect(found.meanRank.before).toBeCloseTo(mean(before), 6);
    expect(found.meanRank.after).toBeCloseTo(mean(after), 6);
    expect(found.nearest.after).toBeCloseTo(mean(after.map((rank) => Number(rank === 1))), 9);
    expect(found.factor.mean).toBeCloseTo(
      Math.exp(mean(after.map((rank, at) => Math.log(rank / before[at]!)))),
      6,
    );
    expect(found.push.after).not.toBeNull();
  }
  // What was fed as positives was attracted, what was held out was pushed as any other.
  expect(result.same.fed!.push.after!).toBeLessThan(0);
  expect(result.same.heldOut!.push.after!).toBeGreaterThanOrEqual(0);
}

/** Tells of the labels what the runs’ own scores say, and lists the pairs that moved most. */
function expectLabelsAndMoves(library: Library, result: PayResult): void {
  expect(result.knn?.before).toBeCloseTo(findRun(library, 'plain').metrics.knn!, 9);
  expect(result.knn?.after).toBeCloseTo(findRun(library, 'judged').metrics.knn!, 9);
  const { gained, lost, pictures } = result.knn!;
  expect((gained - lost) / pictures).toBeCloseTo(result.knn!.after - result.knn!.before, 9);
  for (const [moved, sign] of [
    [result.gained, -1],
    [result.lost, 1],
  ] as const) {
    const factors = moved.map(({ before, after }) => sign * Math.log(after / before));
    expect(factors.every((factor) => factor > 0)).toBe(true);
    expect(factors).toEqual(factors.toSorted((a, b) => b - a));
  }
  expect(result.sentences[0]).toMatch(/^The pairs judged the same that were fed moved from rank /);
}

it('measures what a training was fed and what it held out against another run', async () => {
  const library = await trainedLibrary();
  const pay = payOf(library);
  const result: PayResult = payResult.parse(await pay('judged'));
  // Measures against the same training without verdicts.
  {
    expect(result.against).toMatchObject({ name: 'plain', reason: 'without-verdicts' });
    const { same, different, pictures } = result;
    expect(pictures).toBe(96);
    expect([same.fed?.pairs, same.heldOut?.pairs]).toEqual([36, 12]);
    expect([same.fed?.groups, same.heldOut?.pictures]).toEqual([36, 24]);
    expect((different.fed?.pairs ?? 0) + (different.heldOut?.pairs ?? 0)).toBe(20);
  }
  expectRanks(library, result);
  expectLabelsAndMoves(library, result);
  // Still does once what it was trained on is embedded; that is second, after a run that is named.
  {
    await runEmbedJob(testContext({ library, job: 9 }), { encoder: 'pixels', device: 'cpu' });
    expect((await pay('judged')).against).toMatchObject({ name: 'plain' });
    const { id } = findRun(library, 'plain');
    updateRun(library, id, { deletedAt: 1 });
    expect((await pay('judged')).against).toMatchObject({ name: 'pixels', reason: 'trained-on' });
    updateRun(library, id, { deletedAt: null });
    const chosen = await pay('judged', 'all fed');
    expect(chosen.against).toMatchObject({ name: 'all fed', reason: 'chosen' });
    await expect(pay('judged', 'judged')).rejects.toThrow('cannot be measured against itself');
  }
  // Says of a training that held nothing out that it cannot tell.
  {
    const { verdict, same, sentences } = await pay('all fed', 'plain');
    expect(verdict).toBe('none-held-out');
    expect(same.heldOut).toBeNull();
    expect(same.fed?.pairs).toBe(48);
    expect(sentences[0]).toContain('no pair judged the same was held out');
  }
  // Is refused for a run that no verdicts trained.
  {
    await expect(pay('plain')).rejects.toThrow('No verdicts trained "plain"');
  }
}, 240_000);
