import { JudgedPairs } from '../../../src-main/contract/judged-pairs.ts';
import type { PassOn } from '../../../src-main/contract/pass-on.ts';
import { groupVerdicts } from '../../../src-main/contract/verdict-groups.ts';
import type { PairVerdict } from '../../../src-main/contract/verdict-groups.ts';
import { Calibrations } from '../../../src-main/engine/explain/suspicion/calibrations.ts';
import { EmbeddingCache } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { seedRandom, shuffledOrder } from '../../../src-main/engine/numeric/random.ts';
import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { pairsInOrder } from '../../../src-main/engine/review/pair-order.ts';
import { pushSource } from '../../../src-main/engine/review/push-draws.ts';
import { verdictQueueOf } from '../../../src-main/engine/review/verdict-queue.ts';
import { wilsonInterval } from '../../../src-main/engine/review/wilson-interval.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { ledgerEpoch, lastLedgerEpoch } from '../../../src-main/engine/store/ledger.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import type { TruthFigure, TruthSection } from './truth-figure.ts';

const simulations = 200;
/** Verdicts of an estimate: those of a sitting of some minutes. */
const judgedPairs = 200;
/** The run whose queue is judged: of all runs of the demo it has the most pairs that are the same. */
const queueRun = 'starter';
/** The run whose push is estimated. */
const runName = 'hard';

/** What verdicts with errors make of pairs, and whether the estimates' intervals hold. */
export const verdictsSection: TruthSection = {
  title: 'Verdicts: how errors pass on, and the estimates of Review',
  measure: async ({ libraryFile, report }) => {
    const library = openLibrary(libraryFile, { mode: 'write', now: Date.now });
    try {
      const samples = presentSamples(library);
      const session = {
        library,
        embeddings: new EmbeddingCache(library),
        calibrations: new Calibrations(),
        samples: () => samples,
      };
      const labelOf = new Map(samples.hashes.map((hash, at) => [hash, samples.labelIndex[at]]));
      const isSame = (one: string, other: string): boolean =>
        labelOf.get(one) === labelOf.get(other);
      report('the queue');
      const queue = await verdictQueueOf(session, {
        ...{ run: queueRun, order: 'matter', seed: 1, limit: 2 * samples.hashes.length },
      });
      const pairs = queue.pairs.map(
        ({ anchor, candidate }) => [anchor.hash, candidate.hash] as const,
      );
      report('errors that pass on');
      const passed = [
        ...spread(pairs, isSame, { verdicts: 800, errors: 0.01 }),
        ...spread(pairs, isSame, { verdicts: 1200, errors: 0.02 }),
      ];
      report('the intervals');
      const embeddings = await session.embeddings.ofRun(runName);
      const run = findRun(library, runName);
      const hashOf = new Map(Array.from(samples.ids, (id, at) => [id, samples.hashes[at] ?? '']));
      const isFalse = (one: number, other: number): boolean =>
        isSame(hashOf.get(one) ?? '', hashOf.get(other) ?? '');
      const rate = rateCoverage(samples.hashes, isSame);
      const push = falsePush(
        ledgerEpoch(library, run.id, lastLedgerEpoch(library, run.id) ?? 0),
        isFalse,
      );
      const drawn = Array.from({ length: simulations }, (_, seed) => {
        const source = pushSource(library, { samples, embeddings }, run, seed);
        let found = 0;
        for (let draw = 0; draw < judgedPairs; draw += 1) {
          const pair = source.draw(draw);
          if (pair !== null && isFalse(pair.anchor, pair.id)) found += 1;
        }
        return found;
      });
      return [...passed, ...rate, ...coverage('share of the push that is false', drawn, push)];
    } finally {
      library.close();
    }
  },
};

interface Sitting {
  readonly verdicts: number;
  /** The part of the verdicts that are wrong. */
  readonly errors: number;
}

/** What the share of wrong pairs and the largest group were when every "same" passed on. */
const before: Readonly<Record<number, { readonly wrong: string; readonly largest?: number }>> = {
  800: { wrong: 'a quarter' },
  1200: { wrong: '82 %', largest: 426 },
};

/** The wrong ones of the pairs that count as the same, by each way to pass on; means of 20 sittings. */
function spread(
  pairs: readonly (readonly [string, string])[],
  isSame: (one: string, other: string) => boolean,
  sitting: Sitting,
): TruthFigure[] {
  const ways = ['transitive', 'pairs', 'groups'] as const;
  const sums = new Map(ways.map((way) => [way, { wrong: 0, largest: 0, masked: 0 }]));
  const sittings = 20;
  for (let seed = 1; seed <= sittings; seed += 1) {
    const verdicts = judged(pairs, isSame, sitting, seedRandom(seed));
    for (const way of ways) {
      const found = wrongPairs(maskedGroups(verdicts, way), verdicts, isSame);
      const sum = sums.get(way);
      if (sum === undefined) continue;
      sum.wrong += found.wrong / found.masked / sittings;
      sum.largest += found.largest / sittings;
      sum.masked += found.masked / sittings;
    }
  }
  const what = `${sitting.verdicts} "same" with ${100 * sitting.errors} % errors`;
  return ways.flatMap((way): TruthFigure[] => {
    const { wrong, largest, masked } = sums.get(way) ?? { wrong: 0, largest: 0, masked: 0 };
    const old = before[sitting.verdicts];
    const name = way === 'transitive' ? 'every chain (as before)' : way;
    return [
      {
        ...{ name: `${what}, passed on by ${name}: wrong part of masked pairs`, value: wrong },
        ...(old?.wrong !== undefined && { before: old.wrong }),
        expected: `of ${masked.toFixed(0)} pairs; ${100 * sitting.errors} % of the verdicts are wrong`,
      },
      {
        ...{
          name: `${what}, passed on by ${name}: largest group, pictures`,
          value: Math.round(largest),
        },
        ...(old?.largest !== undefined && { before: old.largest }),
      },
    ];
  });
}

/**
 * Pairs of the queue at random that a person calls the same, each wrong with the probability of an
 * error: then it is a pair of the queue that is different.
 */
function judged(
  pairs: readonly (readonly [string, string])[],
  isSame: (one: string, other: string) => boolean,
  { verdicts, errors }: Sitting,
  random: Random,
): PairVerdict[] {
  const kept: PairVerdict[] = [];
  const different = pairs.filter((pair) => !isSame(...pair));
  const order = shuffledOrder(pairs.length, random);
  for (const pair of Array.from(order, (index) => pairs[index] ?? (['', ''] as const))) {
    if (kept.length === verdicts) break;
    if (!isSame(...pair)) continue;
    const isWrong = random.uniform(0, 1) < errors;
    const given = isWrong ? (different[random.index(different.length)] ?? pair) : pair;
    kept.push({ hashA: given[0], hashB: given[1], verdict: 'same' });
  }
  return kept;
}

function maskedGroups(
  verdicts: readonly PairVerdict[],
  way: PassOn | 'transitive',
): readonly (readonly string[])[] {
  return way === 'transitive'
    ? groupVerdicts(verdicts).groups
    : new JudgedPairs(verdicts, way).passing;
}

/** The pairs within groups and those judged themselves, how many of them are wrong, and the largest group. */
function wrongPairs(
  groups: readonly (readonly string[])[],
  verdicts: readonly PairVerdict[],
  isSame: (one: string, other: string) => boolean,
): { readonly masked: number; readonly wrong: number; readonly largest: number } {
  const masked = new Map<string, boolean>();
  const add = (one: string, other: string): void =>
    void masked.set([one, other].sort().join(' '), isSame(one, other));
  for (const group of groups) {
    for (const [at, one] of group.entries()) {
      for (const other of group.slice(at + 1)) add(one, other);
    }
  }
  for (const { hashA, hashB } of verdicts) add(hashA, hashB);
  const wrong = [...masked.values()].filter((same) => !same).length;
  // A pair is a group of two where none passes on.
  return {
    masked: masked.size,
    wrong,
    largest: Math.max(2, ...groups.map(({ length }) => length)),
  };
}

/** The rate of false negatives among all pairs, from the beginning of the random order of each seed. */
function rateCoverage(
  hashes: readonly string[],
  isSame: (one: string, other: string) => boolean,
): TruthFigure[] {
  let [same, all] = [0, 0];
  for (const [at, one] of hashes.entries()) {
    for (const other of hashes.slice(at + 1)) {
      all += 1;
      if (isSame(one, other)) same += 1;
    }
  }
  const found = Array.from({ length: simulations }, (_, seed) => {
    let [seen, count] = [0, 0];
    for (const [one, other] of pairsInOrder(hashes, seed)) {
      if (isSame(hashes[one] ?? '', hashes[other] ?? '')) count += 1;
      if (++seen === judgedPairs) break;
    }
    return count;
  });
  return coverage('rate of false negatives among all pairs', found, same / all);
}

/** The part of the push on recorded negatives that is false, summed over all of them. */
function falsePush(
  anchors: ReturnType<typeof ledgerEpoch>,
  isFalse: (one: number, other: number) => boolean,
): number {
  let [push, onFalse] = [0, 0];
  for (const { sampleId, negatives } of anchors) {
    for (const [index, id] of negatives.ids.entries()) {
      const share = Math.max(0, negatives.share[index] ?? 0);
      push += share;
      if (isFalse(sampleId, id)) onFalse += share;
    }
  }
  return onFalse / push;
}

/** How often Wilson's interval holds the truth, and the mean of the estimates; from counts of false pairs. */
function coverage(name: string, found: readonly number[], truth: number): TruthFigure[] {
  const held = found.filter((count) => {
    const { low, high } = wilsonInterval(count, judgedPairs) ?? { low: 0, high: 0 };
    return low <= truth && truth <= high;
  });
  const mean = found.reduce((sum, count) => sum + count, 0) / found.length / judgedPairs;
  const from = `${found.length} simulations of ${judgedPairs} verdicts`;
  return [
    {
      name: `${name}: mean of the estimates`,
      value: mean,
      expected: `true: ${truth.toFixed(4)}; ${from}`,
    },
    {
      ...{
        name: `${name}: its 95 % interval holds the truth in`,
        value: held.length / found.length,
      },
      expected: `0.95; ${from}`,
    },
  ];
}
