import type { Comparison } from '../../contract/comparison.ts';
import { seedScores } from '../../contract/trainings-comparison.ts';
import type {
  SeedOverlap,
  SeedScore,
  TrainingsComparison,
  TrainingsScore,
} from '../../contract/trainings-comparison.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import { permutationTest } from '../numeric/permutation-test.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import { judgedSameOf } from './compared-weights.ts';
import type { ComparedWeights } from './compared-weights.ts';
import { differenceTest, spreadOf } from './difference-test.ts';
import type { TestedSide } from './difference-test.ts';
import { labelRates, pictureRates, withSeedRates } from './seed-null.ts';
import { seedPairs } from './seed-pieces.ts';
import type { SeedPair, SideScores } from './seed-pieces.ts';
import type { SeedStore } from './seed-store.ts';
import { nullGroups, seededSides } from './seeded-sides.ts';
import type { SeededSides } from './seeded-sides.ts';
import type { ComparisonStore, StoredComparison } from './stored-comparison.ts';

/**
 * A stored comparison with what it says of the runs' trainings; null where something of their seeds was
 * not measured yet.
 */
export function describedComparison(
  library: Library,
  [first, second]: readonly [ComparedWeights, ComparedWeights],
  store: ComparisonStore,
  { comparison, overlap }: StoredComparison,
): Comparison | null {
  const sides = seededSides(library, first, second);
  const seeds = store.seedStore(library, comparison.k);
  const scores = scoresOf(seeds, sides);
  const pairs = pairsOf(seeds, sides);
  if (scores === null || pairs === null) return null;
  const columns = pairs.map((pair) => pair.overlap);
  const labelOfRow = singleLabels(store.known.labels, store.known.labelMembers);
  const rates = pictureRates(overlap, columns);
  const overlapOfSeeds = seedOverlap(sides, pairs);
  return {
    ...withSeedRates(comparison, {
      pictures: rates && new Map(Array.from(store.ids, (id, row) => [id, rates[row] ?? 1])),
      labels: labelRates(store.labels, labelOfRow, overlap, columns),
      largestGroup: overlapOfSeeds?.largestGroup ?? null,
    }),
    ...judgedSameOf(library, first, second),
    a: titleOf(first, sides.a),
    b: titleOf(second, sides.b),
    trainings: {
      method: sides.method,
      a: trainingOf(first, sides.a),
      b: trainingOf(second, sides.b),
      spreadOf: sides.borrowed?.name ?? null,
      scores: seedScores.flatMap((score) => trainingsScore(score, sides, scores)),
      overlap: overlapOfSeeds,
    },
  };
}

/** All runs whose scores on the shared pictures are needed. */
export function scoredRuns({ a, b, borrowed, method }: SeededSides): Run[] {
  if (method === 'unknown') return [];
  return [
    ...new Map(
      [...a.runs, ...b.runs, ...(borrowed?.runs ?? [])].map((run) => [run.id, run]),
    ).values(),
  ];
}

type KnownScores = ReadonlyMap<number, SideScores>;

function scoresOf(store: SeedStore, sides: SeededSides): KnownScores | null {
  const known = new Map<number, SideScores>();
  for (const run of scoredRuns(sides)) {
    const scores = store.scores(run);
    if (scores === undefined) return null;
    if (scores !== null) known.set(run.id, scores);
  }
  return known;
}

function pairsOf(store: SeedStore, sides: SeededSides): SeedPair[] | null {
  const known: SeedPair[] = [];
  for (const pair of nullGroups(sides).flatMap(seedPairs)) {
    const measured = store.pair(pair);
    if (measured === undefined) return null;
    if (measured !== null) known.push(measured);
  }
  return known;
}

function seedOverlap(sides: SeededSides, pairs: readonly SeedPair[]): SeedOverlap | null {
  if (pairs.length === 0) return null;
  const mean = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0) / values.length;
  return {
    of: nullGroups(sides)
      .map(({ name }) => name)
      .join(' and '),
    pairs: pairs.length,
    neighbourOverlap: mean(pairs.map(({ overlap }) => mean(overlap))),
    rankBiasedOverlap: mean(pairs.map((pair) => pair.rankBiasedOverlap)),
    largestGroup: Math.max(...pairs.map(({ largestGroup }) => largestGroup)),
  };
}

/** A score of both trainings; empty where a side has none. */
function trainingsScore(
  score: SeedScore,
  { a, b, borrowed, method }: SeededSides,
  known: KnownScores,
): TrainingsScore[] {
  const valuesOf = (runs: readonly Run[]): number[] => knownValues(score, runs, known);
  const [one, other]: readonly [TestedSide, TestedSide] = [
    { ...spreadOf(valuesOf(a.runs)), hasSeeds: a.hasSeeds },
    { ...spreadOf(valuesOf(b.runs)), hasSeeds: b.hasSeeds },
  ];
  if (one.values.length === 0 || other.values.length === 0) return [];
  const spread = borrowed && lentSpread(valuesOf(borrowed.runs));
  const isTested = method !== 'same-training' && method !== 'unknown';
  const sd = spread?.sd ?? pooled([one, other]);
  return [
    {
      score,
      a: withoutSeeds(one),
      b: withoutSeeds(other),
      test: isTested ? differenceTest(one, other, spread) : null,
      exact: isTested && !borrowed ? exactTest(one, other) : null,
      betweenSeeds: sd === null ? null : Math.SQRT2 * sd,
    },
  ];
}

function exactTest(one: TestedSide, other: TestedSide): TrainingsScore['exact'] {
  return one.hasSeeds && other.hasSeeds ? permutationTest(one.values, other.values) : null;
}

/** How far a third training's seeds are apart; null where it has not two. */
function lentSpread(values: readonly number[]): { sd: number; seeds: number } | null {
  const { sd } = spreadOf(values);
  return sd === null ? null : { sd, seeds: values.length };
}

/** The score of each of the runs that were scored. */
function knownValues(score: SeedScore, runs: readonly Run[], known: KnownScores): number[] {
  return runs
    .filter(({ id }) => known.has(id))
    .map(({ id, metrics }) => (score === 'alignment' ? metrics.alignment : known.get(id)?.[score]))
    .filter((value) => value !== null && value !== undefined);
}

function withoutSeeds({ values, mean, sd }: TestedSide): TrainingsScore['a'] {
  return { values, mean, sd };
}

/** The standard deviation within both sides together; null where no side has two seeds. */
function pooled(sides: readonly TestedSide[]): number | null {
  const known = sides.filter(({ hasSeeds, sd }) => hasSeeds && sd !== null);
  const degrees = known.reduce((total, { values }) => total + values.length - 1, 0);
  if (degrees === 0) return null;
  const squares = known.reduce(
    (total, { sd, values }) => total + (sd ?? 0) ** 2 * (values.length - 1),
    0,
  );
  return Math.sqrt(squares / degrees);
}

function trainingOf(
  { isWhole, name: shown, run: { settings } }: ComparedWeights,
  { name, runs }: SeededSides['a'],
): TrainingsComparison['a'] {
  const seed = typeof settings['seed'] === 'number' ? settings['seed'] : null;
  return { name, runs: runs.map((run) => run.name), isWhole, shown, seed };
}

function titleOf({ isWhole, name }: ComparedWeights, side: SeededSides['a']): string {
  return isWhole && side.runs.length > 1 ? `${side.name} (${side.runs.length} seeds)` : name;
}
