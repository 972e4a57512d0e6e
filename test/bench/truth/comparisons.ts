import { join } from 'node:path';
import { seedScores } from '../../../src-main/contract/trainings-comparison.ts';
import type { SeedScore } from '../../../src-main/contract/trainings-comparison.ts';
import { differenceTest, spreadOf } from '../../../src-main/engine/comparison/difference-test.ts';
import { labelRates, pictureRates } from '../../../src-main/engine/comparison/seed-null.ts';
import { measureSeedPair } from '../../../src-main/engine/comparison/seed-pieces.ts';
import { subsampledDeviations } from '../../../src-main/engine/comparison/subsampled-deviations.ts';
import {
  countsOfAll,
  MeasuresOfPart,
} from '../../../src-main/engine/comparison/subsampled-measures.ts';
import { seedRandom, shuffledOrder } from '../../../src-main/engine/numeric/random.ts';
import { exchangeableNetworks } from './exchangeable-networks.ts';
import { measuredHeads, trainHeads } from './seeded-heads.ts';
import type { MeasuredHead } from './seeded-heads.ts';
import type { TruthFigure, TruthSection } from './truth-figure.ts';

const heads = 40;
const comparisons = 200;
const seedsEach = 3;
const k = 15;
const samples = 200;
const listComparisons = 100;

/** Comparisons under nulls: trainings that differ by seed alone, and networks that do not differ. */
export const comparisonsSection: TruthSection = {
  title: 'Comparisons that hold',
  async measure({ libraryFile, scratch, report }) {
    const file = await trainHeads(libraryFile, join(scratch, 'home'), heads, report);
    const { measured, labels, labelNames } = await measuredHeads(file, report);
    report(`${comparisons} comparisons of ${seedsEach} seeds with ${seedsEach}`);
    const drawn = drawnGroups(measured);
    return [
      ...seedScores.map((score) => groupAlarms(score, drawn)),
      ...seedScores.map((score) => borrowedAlarms(score, drawn)),
      ...(await pairIntervals(drawn, labels)),
      ...listAlarms(drawn, labels, labelNames),
      ...(await coverage(report)),
    ];
  },
};

type Groups = readonly (readonly [readonly MeasuredHead[], readonly MeasuredHead[]])[];

/** Disjoint groups of seeds, from one shuffle of the heads after another. */
function drawnGroups(measured: readonly MeasuredHead[]): Groups {
  const random = seedRandom(1);
  const drawn: (readonly [readonly MeasuredHead[], readonly MeasuredHead[]])[] = [];
  while (drawn.length < comparisons) {
    const order = Array.from(shuffledOrder(measured.length, random), (index) => measured[index]);
    const known = order.filter((head) => head !== undefined);
    for (let start = 0; start + 2 * seedsEach <= known.length; start += 2 * seedsEach) {
      const middle = start + seedsEach;
      drawn.push([known.slice(start, middle), known.slice(middle, middle + seedsEach)]);
    }
  }
  return drawn.slice(0, comparisons);
}

function valuesOf(side: readonly MeasuredHead[], score: SeedScore): number[] {
  return side.map(({ scores }) => scores[score]);
}

function groupAlarms(score: SeedScore, drawn: Groups): TruthFigure {
  const tested = drawn.map(([a, b]) =>
    differenceTest(seeded(valuesOf(a, score)), seeded(valuesOf(b, score)), null),
  );
  return {
    name: `p < .05 of ${seedsEach} against ${seedsEach} seeds, ${score}, % of ${comparisons} comparisons that differ by seed alone`,
    value: percent(tested.map((one) => (one?.p ?? 1) < 0.05)),
    expected: `5; by chance 2 to 9 (the comparisons share ${heads} heads, so it varies a little more)`,
  };
}

/** One run against one, by the spread of other seeds of the training. */
function borrowedAlarms(score: SeedScore, drawn: Groups): TruthFigure {
  const alarms = drawn.map(([[a], [, ...others]], index) => {
    const [b] = drawn[index]?.[1] ?? [];
    const rest = [
      ...valuesOf(others, score),
      ...valuesOf((drawn[index]?.[0] ?? []).slice(1), score),
    ];
    const { sd } = spreadOf(rest);
    const known = { sd: sd ?? 0, seeds: rest.length };
    const [one, other] = [a, b].map((head) => seeded(head ? [head.scores[score]] : []));
    return one && other ? (differenceTest(one, other, known)?.p ?? 1) < 0.05 : false;
  });
  return {
    name: `p < .05 of one run against one by the spread of 4 other seeds, ${score}, %`,
    value: percent(alarms),
    ...(score === 'knn' && { before: '3 of 10 pairs (McNemar)' }),
    expected: '5',
  };
}

async function pairIntervals(drawn: Groups, labels: Int32Array): Promise<TruthFigure[]> {
  const excluded = { knn: [] as boolean[], precisionAt20: [] as boolean[] };
  for (const [[first], [second]] of drawn.slice(0, 60)) {
    if (!first || !second) continue;
    const runs = [first, second] as const;
    const reach = await deviationsOf(runs, labels);
    const difference = differenceOf(runs, labels);
    for (const name of ['knn', 'precisionAt20'] as const) {
      excluded[name].push(Math.abs(difference[name]) > 1.96 * reach[name]);
    }
  }
  return (['knn', 'precisionAt20'] as const).map((name) => ({
    name: `interval of two single runs excludes 0, ${name}, % of 60 pairs that differ by seed alone`,
    value: percent(excluded[name]),
    before: name === 'knn' ? '30 (p < .05)' : 70,
    expected: 'no error rate: it is about two networks that do differ; no p is made of it',
  }));
}

/** How often anything at all is marked as changed beyond the seeds where nothing but the seed is. */
function listAlarms(drawn: Groups, labels: Int32Array, names: readonly string[]): TruthFigure[] {
  const marked = drawn.slice(0, listComparisons).map(([a, b]) => {
    const overlapOf = (one: MeasuredHead | undefined, other: MeasuredHead | undefined) =>
      one && other ? measureSeedPair(one.neighbours, other.neighbours, k).overlap : [];
    const pairs = [a, b].flatMap(([one, two, three]) => [
      ...[overlapOf(one, two), overlapOf(one, three), overlapOf(two, three)],
    ]);
    const overlap = overlapOf(a[0], b[0]);
    const pictures = pictureRates(overlap, pairs) ?? [];
    const byLabel = labelRates(names, labels, overlap, pairs) ?? new Map<string, number>();
    return {
      pictures: Array.from(pictures).some((rate) => rate < 0.05),
      labels: [...byLabel.values()].some((rate) => rate < 0.05),
    };
  });
  return (['pictures', 'labels'] as const).map((list) => ({
    name: `any of the ${list} marked as changed beyond the seeds, % of ${listComparisons} comparisons that differ by seed alone`,
    value: percent(marked.map((one) => one[list])),
    expected: 'at most 5',
  }));
}

/** How often intervals hold the true difference, 0, of two exchangeable networks. */
async function coverage(report: (message: string) => void): Promise<TruthFigure[]> {
  report(`${samples} samples of an exact null`);
  const measures = ['knn', 'precisionAt20', 'hardness'] as const;
  const held: Record<(typeof measures)[number], boolean[]> = {
    ...{ knn: [], precisionAt20: [], hardness: [] },
  };
  for (let sample = 0; sample < samples; sample++) {
    const { labels, runs } = exchangeableNetworks(300, 1000 + sample);
    const reach = await deviationsOf(runs, labels);
    const difference = differenceOf(runs, labels);
    for (const name of measures) {
      held[name].push(Math.abs(difference[name]) <= 1.96 * reach[name]);
    }
  }
  return measures.map((name) => ({
    name: `coverage of the 95 % interval over pictures, ${name}, % of ${samples} samples of an exact null`,
    value: percent(held[name]),
    ...(name !== 'hardness' && { before: '72 to 77' }),
    expected: name === 'knn' ? '95; cautious, because votes are not smooth' : '95',
  }));
}

function deviationsOf(runs: Parameters<typeof subsampledDeviations>[0], labels: Int32Array) {
  const known = { labels, scored: labels };
  return subsampledDeviations(runs, known, { k, seed: 1 }, () => Promise.resolve());
}

function differenceOf(runs: Parameters<typeof subsampledDeviations>[0], labels: Int32Array) {
  const measures = new MeasuresOfPart(runs, { labels, scored: labels }, countsOfAll(k));
  return measures.of(allOf(labels));
}

function allOf(labels: Int32Array): Uint8Array {
  return new Uint8Array(labels.length).fill(1);
}

function seeded(values: readonly number[]) {
  return { ...spreadOf(values), hasSeeds: true };
}

function percent(hits: readonly boolean[]): number {
  return (100 * hits.filter(Boolean).length) / hits.length;
}
