import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { readTrainingVerdicts } from '../../../src-main/engine/training/read-training-verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

/** The rate is so small that what is seen is what the training begins as. */
const adapter: TrainInput = {
  ...smallTraining,
  ...{ encoder: 'adapter', on: 'pixels', views: 2, epochs: 1, learningRate: 1e-12 },
};

async function trained(library: Library, job: number, change: Partial<TrainInput>) {
  const input = { ...adapter, ...change, name: `run ${job}` };
  const { run } = await runTrainJob(testContext({ library, job }), input);
  return findRun(library, run);
}

/** How many other pictures are nearer than the second of a pair is to its first, by sample ids. */
function rank(
  library: Library,
  weightsHash: string,
  [one, other]: readonly [number, number],
): number {
  const { ids } = presentSamples(library);
  const { vectors, dimensions } = readEmbeddings(library, weightsHash, 'h', ids);
  const vectorOf = (id: number) => {
    const row = ids.indexOf(id);
    return vectors.subarray(row * dimensions, (row + 1) * dimensions);
  };
  const anchor = vectorOf(one);
  const similarity = (id: number): number =>
    anchor.reduce((sum, value, at) => sum + value * vectorOf(id)[at]!, 0);
  const own = similarity(other);
  return [...ids].filter((id) => id !== one && id !== other && similarity(id) > own).length;
}

function meanRank(library: Library, hash: string, pairs: readonly (readonly [number, number])[]) {
  return pairs.reduce((sum, pair) => sum + rank(library, hash, pair), 0) / pairs.length;
}

/** The drawings of one emoji by two vendors, as sample ids. */
function twins(library: Library): [number, number][] {
  const { ids, paths } = presentSamples(library);
  const byEmoji = Map.groupBy(ids.keys(), (row) => paths[row]!.split('__')[0]!);
  return [...byEmoji.values()].map(([one = 0, other = 0]) => [ids[one]!, ids[other]!]);
}

function judge(library: Library, pairs: [number, number][], verdict: 'same' | 'different'): void {
  const { ids, hashes } = presentSamples(library);
  const hashOf = new Map(Array.from(ids, (id, row) => [id, hashes[row]!]));
  for (const [one, other] of pairs) {
    const pair: [string, string] = [hashOf.get(one)!, hashOf.get(other)!];
    saveVerdict(library, pair, { verdict, note: '', runId: null });
  }
}

describe('an adapter that begins by verdicts', () => {
  it('has fed pairs near from the beginning; those that are held out are not fed', async () => {
    const library = await scannedLibrary();
    const pairs = twins(library);
    judge(library, pairs, 'same');
    const choice = { verdicts: 'attract', heldOut: 0.25 } as const;
    const judged = await trained(library, 1, choice);
    const before = await trained(library, 2, { ...choice, adapterStart: 'features' });
    expect(judged.settings).toMatchObject({ adapterStart: 'judged', frozen: { whitened: 384 } });
    expect(before.settings).toMatchObject({ frozen: { whitened: null } });
    const { verdicts, sampleIds } = readTrainingVerdicts(library, judged)!;
    const held = new Set(sampleIds.filter((_, row) => verdicts.heldOutGroups[row]! >= 0));
    const heldPairs = new Set(verdicts.heldOutPairs);
    const isHeld = ([one]: readonly [number, number]) => held.has(one) || heldPairs.has(one);
    const fed = pairs.filter((pair) => !isHeld(pair));
    expect(pairs.filter(isHeld)).toHaveLength(12);
    const from = meanRank(library, before.weightsHash!, fed);
    expect(meanRank(library, judged.weightsHash!, fed)).toBeLessThan(from / 3);
  });

  it('begins as the features are where verdicts only mask', async () => {
    const library = await scannedLibrary();
    judge(library, twins(library), 'same');
    const masked = await trained(library, 3, { verdicts: 'mask', heldOut: 0 });
    const ignored = await trained(library, 4, { verdicts: 'ignore' });
    // Neither draws pictures together, so that both begin as the features are.
    expect(masked.settings).not.toHaveProperty('adapterStart');
    const { ids } = presentSamples(library);
    const [one, other] = [masked, ignored].map(
      ({ weightsHash }) => readEmbeddings(library, weightsHash!, 'h', ids).vectors,
    );
    for (const [index, value] of one!.entries()) expect(value).toBeCloseTo(other![index]!, 5);
  });

  it('pushes apart what was judged different', async () => {
    const library = await scannedLibrary();
    const pairs = twins(library).slice(0, 12);
    judge(library, pairs, 'different');
    const choice = { verdicts: 'attract', heldOut: 0, differentRate: 1 } as const;
    const judged = await trained(library, 1, choice);
    const before = await trained(library, 2, { ...choice, adapterStart: 'features' });
    const from = meanRank(library, before.weightsHash!, pairs);
    expect(meanRank(library, judged.weightsHash!, pairs)).toBeGreaterThan(from + 20);
  });

  it('begins by labels where they are positives', async () => {
    const library = await scannedLibrary();
    const { ids, labelIndex } = presentSamples(library);
    const sameLabel = [...ids].flatMap((id, row) =>
      [...ids.keys()]
        .filter((other) => other > row && labelIndex[other] === labelIndex[row])
        .map((other): [number, number] => [id, ids[other]!]),
    );
    const labelled = await trained(library, 1, { objective: 'supcon' });
    const before = await trained(library, 2, { objective: 'supcon', adapterStart: 'features' });
    const from = meanRank(library, before.weightsHash!, sameLabel.slice(0, 200));
    expect(meanRank(library, labelled.weightsHash!, sameLabel.slice(0, 200))).toBeLessThan(
      from / 2,
    );
  });
});
