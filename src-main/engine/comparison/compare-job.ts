import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { ComparedRun, Comparison } from '../../contract/comparison.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { comparedLoss, lossRows } from './compared-loss.ts';
import { comparedRows, comparedSide, scoredBy } from './compared-side.ts';
import { findCompared } from './compared-weights.ts';
import type { ComparedWeights } from './compared-weights.ts';
import { compareRows } from './compare-rows.ts';
import type { ComparedSide } from './side-scores.ts';
import { describedComparison } from './described-comparison.ts';
import { measureSeeds } from './measure-seeds.ts';
import { seededSides } from './seeded-sides.ts';
import { neighboursForHalves } from './subsampled-deviations.ts';
import { leaveOutText } from '../../contract/leave-out.ts';
import { libraryLeaveOut } from '../evaluation/library-leave-out.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { knnNeighbours, precisionNeighbours } from '../../contract/run-scores.ts';
import { ComparisonStore, sharedIds } from './stored-comparison.ts';
import type { MeasuredComparison, StoredComparison } from './stored-comparison.ts';
import { layoutMap } from '../map/layout-map.ts';
import { defaultMapParameters } from '../map/map-parameters.ts';
import { positionsOf } from '../map/map-positions.ts';
import { embeddedSampleIds } from '../store/embeddings.ts';
import { latestMap } from '../store/maps.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { CheckedJobInput, JobRunner } from '../jobs/job-runner.ts';
import { layOutMissingMap } from '../map/missing-map.ts';
import { silenceTensorflow } from '../graph/silence-tensorflow.ts';

interface NamedEmbeddings extends ComparedWeights {
  readonly embeddings: RunEmbeddings;
}

type ComparisonSettings = Pick<CheckedJobInput<'compare'>, 'k' | 'most' | 'seed'>;
type Report = (fraction: number, message: string) => void;

/** The part of the progress that laying out maps takes, if maps are asked for. */
const mapShare = 0.5;
/** The part of a pair's progress that its seeds take. */
const seedShare = 0.3;

/** Compares every two of the runs or checkpoints on the pictures that both have embedded. */
export const runCompareJob: JobRunner<'compare'> = async (context, input) => {
  const runs: NamedEmbeddings[] = [];
  for (const wanted of input.runs) runs.push(await readCompared(context, wanted));
  const whole: Report = (progress, message) => context.report({ progress, message });
  const measured = input.maps ? 1 - mapShare : 1;
  const pairs = runs.flatMap((first, index) =>
    runs.slice(index + 1).map((second) => [first, second] as const),
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

/**
 * Lays out the maps that are missing and, with the alignment "started", those that start from
 * another run's.
 */
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
  const reportPart = (message: string) => (fraction: number) =>
    report((done + fraction) / all, message);
  for (const { name, embeddings } of runs) {
    await layOutMissingMap(context, embeddings, reportPart(`Laying out the map of ${name}`));
    done += 1;
  }
  for (const [first, second] of started) {
    const message = `Laying out ${second.name} from the map of ${first.name}`;
    await layOutStartedMap(context, [first, second], input, reportPart(message));
    done += 1;
  }
}

/** Reads the embeddings of a run or checkpoint; embeds first with a checkpoint that has none. */
async function readCompared(context: JobContext, wanted: ComparedRun): Promise<NamedEmbeddings> {
  const { library } = context;
  const compared = findCompared(library, wanted);
  const { name, epoch, weightsHash, run } = compared;
  if (epoch !== null && embeddedSampleIds(library, weightsHash, 'h').length === 0) {
    // Imported here, because TensorFlow.js takes long to import and is needed for embedding only.
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
  const store = storeOf(context, first, second, { k, most, seed });
  const { ids } = store;
  if (k >= ids.length) {
    throw new EngineError(
      'bad-argument',
      `"${first.name}" and "${second.name}" share ${ids.length} embedded pictures: k = ${k} neighbours need more of them. Choose a smaller k.`,
    );
  }
  const sides = seededSides(context.library, first, second);
  const measured =
    store.read() ??
    (await measurePair(context, [first, second], store, { k, most, seed }, (fraction, message) =>
      report((1 - seedShare) * fraction, message),
    ));
  await measureSeeds(context, sides, store, k, (fraction, message) =>
    report(1 - seedShare + seedShare * fraction, message),
  );
  const described = describedComparison(context.library, [first, second], store, measured);
  if (described === null) throw new Error('All seeds were measured.');
  return described;
}

/** Measures two runs on the pictures that both have, and stores what was found. */
async function measurePair(
  context: JobContext,
  [first, second]: readonly [NamedEmbeddings, NamedEmbeddings],
  store: ComparisonStore,
  { k, most, seed }: ComparisonSettings,
  report: Report,
): Promise<StoredComparison> {
  const { ids } = store;
  const wanted = neighboursForHalves(
    Math.max(k, mutualNeighbourCount, knnNeighbours, precisionNeighbours),
  );
  const by = await scoredBy(context, ids, store.known);
  const sideAt = (part: number, { embeddings }: NamedEmbeddings) =>
    comparedSide(context, embeddings, {
      ...{ ids, k: wanted, voters: neighboursForHalves(precisionNeighbours), groups: by.groups },
      onProgress: (done) => report(part + 0.2 * done, 'Finding neighbours'),
      probed: (done) => {
        report(0.4 + part + 0.2 * done, 'Fitting the linear probes');
        return context.yieldToEvents();
      },
    });
  const one = await sideAt(0, first);
  const other = await sideAt(0.2, second);
  const rowsOf = ({ weightsHash }: NamedEmbeddings, side: ComparedSide, index: 0 | 1) =>
    lossRows(context.library, weightsHash, store.losses[index], ids, side);
  const { columns, ...rows } = await compareRows(one, other, store.known, {
    ...{ k, most, seed, groups: by.groups, sample: by.sample },
    losses: [rowsOf(first, one, 0), rowsOf(second, other, 1)],
    yieldToEvents: async (done) => {
      report(0.8 + 0.2 * done, 'Comparing');
      await context.yieldToEvents();
    },
  });
  const alignment = { a: first.alignment, b: second.alignment };
  const result: StoredComparison = {
    comparison: {
      ...withIds(rows, ids, store.labels),
      ...{ alignment, leftOut: leaveOutText(libraryLeaveOut(context.library)) },
    },
    overlap: Array.from(columns.overlap, rounded),
    hardness: Array.from(columns.hardness, rounded),
  };
  store.save(result);
  return result;
}

function storeOf(
  { library }: JobContext,
  first: NamedEmbeddings,
  second: NamedEmbeddings,
  settings: ComparisonSettings,
): ComparisonStore {
  const ids = sharedIds(first.embeddings, second.embeddings);
  const hashes = [first.weightsHash, second.weightsHash] as const;
  const losses = [comparedLoss(library, first, ids), comparedLoss(library, second, ids)] as const;
  return new ComparisonStore(library, hashes, ids, { ...settings, losses });
}

/**
 * Lays out the second run's shared pictures by UMAP, starting from their positions on the first
 * run's map.
 */
async function layOutStartedMap(
  context: JobContext,
  [first, second]: readonly [NamedEmbeddings, NamedEmbeddings],
  input: CheckedJobInput<'compare'>,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const store = storeOf(context, first, second, input);
  const map = latestMap(context.library, first.weightsHash);
  const start = map && positionsOf(map, store.ids);
  if (map === null || start === null) return;
  const startedMap = store.startedMap(map);
  if (startedMap.read() !== null) return;
  const side = await comparedRows(
    context,
    second.embeddings,
    store.ids,
    defaultMapParameters.neighbours,
    () => undefined,
  );
  startedMap.save(await layoutMap({ ...side, start, signal: context.signal, onProgress }));
}

/** Replaces rows by sample ids, and the numbers of labels by their names. */
function withIds(
  rows: Omit<Awaited<ReturnType<typeof compareRows>>, 'columns'>,
  ids: Uint32Array,
  labels: readonly string[],
): Omit<MeasuredComparison, 'alignment' | 'leftOut'> {
  const idsOf = (rowsOfIds: readonly number[]): number[] => rowsOfIds.map((row) => ids[row] ?? 0);
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
      q: null,
    })),
    changedGroups: rows.changedGroups.map((group) => ({
      ids: idsOf(group.rows),
      gained: idsOf(group.gained),
      lost: idsOf(group.lost),
      isBeyondSeeds: null,
    })),
  };
}

/** Rounds to four digits: enough for a colour, in a tenth of the space. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
