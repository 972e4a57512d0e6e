import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { ComparedRun, Comparison } from '../../contract/comparison.ts';
import { EngineError } from '../../contract/errors.ts';
import { findCompared } from './compared-weights.ts';
import type { ComparedWeights } from './compared-weights.ts';
import { compareRows } from './compare-rows.ts';
import type { ComparedSide } from './compare-rows.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { hardestNegatives } from '../evaluation/false-negative-rate.ts';
import { ComparisonPlace, sharedIds } from './kept-comparison.ts';
import type { KeptComparison } from './kept-comparison.ts';
import { layoutMap } from '../map/layout-map.ts';
import { defaultMapParameters } from '../map/map-parameters.ts';
import { placesOf } from '../map/places-of.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import { embeddedSampleIds } from '../store/embeddings.ts';
import { latestMap } from '../store/maps.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { CheckedJobInput, JobRunner } from '../jobs/job-runner.ts';
import { keptNeighbours } from '../neighbours/kept-neighbours.ts';
import { layOutMissingMap } from '../map/missing-map.ts';
import { silenceTensorflow } from '../graph/silence-tensorflow.ts';

interface NamedEmbeddings extends ComparedWeights {
  readonly embeddings: RunEmbeddings;
}

type Report = (fraction: number, message: string) => void;

/** The part of the work that laying out maps is, where it is asked for. */
const mapShare = 0.5;

/** Compares each run or checkpoint with each other one on the pictures that both have embedded. */
export const runCompareJob: JobRunner<'compare'> = async (context, input) => {
  const runs: NamedEmbeddings[] = [];
  for (const wanted of input.runs) runs.push(await readCompared(context, wanted));
  const whole: Report = (progress, message) => context.report({ progress, message });
  const measured = input.maps ? 1 - mapShare : 1;
  const pairs = runs.flatMap((first, place) =>
    runs.slice(place + 1).map((second) => [first, second] as const),
  );
  const comparisons: Comparison[] = [];
  for (const [first, second] of pairs) {
    const report: Report = (fraction, message) =>
      whole((measured * (comparisons.length + fraction)) / pairs.length, message);
    comparisons.push(await comparePair(context, first, second, input, report));
  }
  if (input.maps) {
    await layOutMaps(context, runs, pairs, input, (fraction, message) =>
      whole(measured + mapShare * fraction, message),
    );
  }
  whole(1, 'Compared');
  return { comparisons };
};

/** The maps that are missing, and where it is asked for those that start from another run's. */
async function layOutMaps(
  context: JobContext,
  runs: readonly NamedEmbeddings[],
  pairs: readonly (readonly [NamedEmbeddings, NamedEmbeddings])[],
  input: CheckedJobInput<'compare'>,
  report: Report,
): Promise<void> {
  const started = input.alignment === 'started' ? pairs : [];
  const all = runs.length + started.length;
  let done = 0;
  const tell = (message: string) => (fraction: number) => report((done + fraction) / all, message);
  for (const { name, embeddings } of runs) {
    await layOutMissingMap(context, embeddings, tell(`Laying out the map of ${name}`));
    done += 1;
  }
  for (const [first, second] of started) {
    const message = `Laying out ${second.name} from the map of ${first.name}`;
    await layOutStartedMap(context, [first, second], input, tell(message));
    done += 1;
  }
}

/** A checkpoint that was not embedded yet is embedded first. */
async function readCompared(context: JobContext, wanted: ComparedRun): Promise<NamedEmbeddings> {
  const { library } = context;
  const compared = findCompared(library, wanted);
  const { name, epoch, weightsHash, run } = compared;
  if (epoch !== null && embeddedSampleIds(library, weightsHash, 'h').length === 0) {
    // TensorFlow.js is loaded only when there is something to embed.
    await silenceTensorflow();
    const { embedRun } = await import('../encoders/embed-run.ts');
    const { findTrainedEncoder } = await import('../encoders/find-trained-encoder.ts');
    const encoder = await findTrainedEncoder(context, run, epoch);
    await embedRun(context, encoder, run, run.device ?? 'auto');
  }
  return { ...compared, embeddings: await readRun(library, name, weightsHash) };
}

async function comparePair(
  context: JobContext,
  first: NamedEmbeddings,
  second: NamedEmbeddings,
  { k, most, seed }: CheckedJobInput<'compare'>,
  report: Report,
): Promise<Comparison> {
  const place = placeOf(context, first, second, { k, most, seed });
  const { ids } = place;
  if (k >= ids.length) {
    throw new EngineError(
      'bad-argument',
      `"${first.name}" and "${second.name}" share ${ids.length} embedded pictures: k = ${k} neighbours need more of them. Choose a smaller k.`,
    );
  }
  const names = { a: first.name, b: second.name };
  const kept = place.read();
  if (kept !== null) return { ...kept.comparison, ...names };
  const [one, other] = [
    await sideOf(context, first, ids, k, (done) => report(0.25 * done, 'Finding neighbours')),
    await sideOf(context, second, ids, k, (done) =>
      report(0.25 + 0.25 * done, 'Finding neighbours'),
    ),
  ];
  const { columns, ...rows } = await compareRows(one, other, place.known, {
    k,
    most,
    seed,
    yieldToEvents: async (done) => {
      report(0.5 + 0.5 * done, 'Comparing');
      await context.yieldToEvents();
    },
  });
  const alignment = { a: first.alignment, b: second.alignment };
  const result: KeptComparison = {
    comparison: { ...withIds(rows, ids, place.labels), alignment },
    overlap: Array.from(columns.overlap, rounded),
    hardness: Array.from(columns.hardness, rounded),
  };
  place.save(result);
  return { ...result.comparison, ...names };
}

function placeOf(
  { library }: JobContext,
  first: NamedEmbeddings,
  second: NamedEmbeddings,
  settings: Pick<CheckedJobInput<'compare'>, 'k' | 'most' | 'seed'>,
): ComparisonPlace {
  const ids = sharedIds(first.embeddings, second.embeddings);
  const hashes = [first.weightsHash, second.weightsHash] as const;
  return new ComparisonPlace(library, hashes, ids, settings);
}

/** Lays the second run's shared pictures out by UMAP from their places on the first's map. */
async function layOutStartedMap(
  context: JobContext,
  [first, second]: readonly [NamedEmbeddings, NamedEmbeddings],
  input: CheckedJobInput<'compare'>,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const place = placeOf(context, first, second, input);
  const map = latestMap(context.library, first.weightsHash);
  const start = map && placesOf(map, place.ids);
  if (map === null || start === null) return;
  const kept = place.startedMap(map);
  if (kept.read() !== null) return;
  const side = await sideOf(context, second, place.ids, defaultMapParameters.neighbours, () => {});
  kept.save(await layoutMap({ ...side, start, signal: context.signal, onProgress }));
}

/** Rows and numbers of labels become ids of pictures and names. */
function withIds(
  rows: Omit<Awaited<ReturnType<typeof compareRows>>, 'columns'>,
  ids: Uint32Array,
  labels: readonly string[],
): Omit<Comparison, 'a' | 'b' | 'alignment'> {
  const idsOf = (places: readonly number[]): number[] => places.map((row) => ids[row] ?? 0);
  return {
    ...rows,
    mostChanged: rows.mostChanged.map((changed) => ({
      ...changed,
      id: ids[changed.id] ?? 0,
      gained: idsOf(changed.gained),
      lost: idsOf(changed.lost),
    })),
    mostChangedLabels: rows.mostChangedLabels.map(({ label, ...change }) => ({
      label: labels[label] ?? '',
      ...change,
    })),
    changedGroups: rows.changedGroups.map((group) => ({
      ids: idsOf(group.rows),
      gained: idsOf(group.gained),
      lost: idsOf(group.lost),
    })),
  };
}

/** A run on the shared pictures, with its neighbours among them: those kept, where they are all of its. */
async function sideOf(
  { library, signal }: JobContext,
  { embeddings }: NamedEmbeddings,
  ids: Uint32Array,
  k: number,
  onProgress: (fraction: number) => void,
): Promise<ComparedSide> {
  const { dimensions, rowOfId, vectors: all } = embeddings;
  const wanted = Math.min(Math.max(k, mutualNeighbourCount, hardestNegatives), ids.length - 1);
  if (ids.length === embeddings.count) {
    const neighbours = await keptNeighbours(library, embeddings, wanted, { signal, onProgress });
    if (neighbours !== null) return { vectors: all, count: ids.length, dimensions, neighbours };
  }
  const vectors = new Float32Array(ids.length * dimensions);
  for (const [row, id] of ids.entries()) {
    const start = (rowOfId.get(id) ?? 0) * dimensions;
    vectors.set(all.subarray(start, start + dimensions), row * dimensions);
  }
  const rows = { vectors, count: ids.length, dimensions };
  return {
    ...rows,
    neighbours: await exactNeighbours({ ...rows, k: wanted, signal, onProgress }),
  };
}

/** Enough digits for a colour, and a tenth of the space. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
