import { basename, dirname } from 'node:path';
import sharp from 'sharp';
import { mutualNeighbourCount } from '../../../contract/bins.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { EmbeddedRun } from '../../neighbours/embedded-run.ts';
import type { RunEmbeddings } from '../../neighbours/embedding-cache.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { CheckedJobInput, JobRunner } from '../../jobs/job-runner.ts';
import { storedNeighbours } from '../../neighbours/stored-neighbours.ts';
import { openRun } from '../../neighbours/open-run.ts';
import { latestMap } from '../../store/maps.ts';
import { checkSpaceForExport } from '../destination/disk-space.ts';
import { exportPath } from '../destination/export-destination.ts';
import { fileError } from '../../../files/file-errors.ts';
import { withFileSet } from '../destination/file-set.ts';
import { flatTable } from '../../formats/tables/flat-columns.ts';
import { parquetCells, parquetColumn } from '../../formats/parquet/parquet-file.ts';
import { listSchema, ParquetRows } from '../../formats/parquet/parquet-rows.ts';
import type { ParquetColumn } from '../../formats/parquet/parquet-rows.ts';
import type { OutputFile } from '../../formats/tables/output-file.ts';
import { pictureList } from '../tables/picture-list.ts';
import { numbers, picture, wholeTable } from '../../formats/tables/table.ts';
import type { Table } from '../../formats/tables/table.ts';
import { sourceOfRun } from '../tables/run-source.ts';
import { atlasNeighbours, atlasRows } from './atlas-rows.ts';
import type { AtlasNeighbours, AtlasRows } from './atlas-rows.ts';
import { factsFromAnchor, trainingFacts } from './picture-facts.ts';
import { convertThumbnails, thumbnailsAtOnce } from './convert-thumbnails.ts';

type Input = CheckedJobInput<'exportAtlas'>;

/** Rows whose thumbnails are held in memory together: some megabytes. */
const rowsPerGroup = 1024;
/** Estimated bytes of a thumbnail of 160 pixels, and of a row's text, numbers and neighbours. */
const bytesPerThumbnail = 12_000;
const bytesPerRow = 600;
/** The shares of the progress bar. */
const neighbourShare = 0.3;

// Compression would gain nothing: pictures are compressed already, and lists of neighbours differ.
const asTheyAre = { encoding: 'PLAIN', statistics: false } as const;
const neighbourColumn: ParquetColumn = {
  schema: [
    { name: 'neighbors', repetition_type: 'REQUIRED', num_children: 2 },
    ...listSchema('ids', { type: 'INT32' }),
    ...listSchema('distances', { type: 'FLOAT' }),
  ],
  encoded: asTheyAre,
};
const imageColumn: ParquetColumn = {
  schema: [
    { name: 'image', repetition_type: 'OPTIONAL', num_children: 2 },
    { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
    { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  ],
  encoded: { ...asTheyAre, codec: 'UNCOMPRESSED' },
};

/**
 * Writes a Parquet file for Embedding Atlas: one row per picture of the run's latest map with its
 * position, its nearest neighbours and its thumbnail, in the formats of Embedding Atlas's
 * documentation.
 */
export const runExportAtlasJob: JobRunner<'exportAtlas'> = async (context, input) => {
  const { library, now } = context;
  const started = now();
  const { run, embeddings } = await openRun(context, input.run);
  const map = latestMap(library, run.weightsHash);
  if (map === null) {
    throw new EngineError('not-found', `The run "${run.name}" has no map yet: make one first.`);
  }
  const rows = atlasRows(map, embeddings);
  const neighboursOf = await neighboursFor(context, embeddings, rows, input.neighbours);
  const table = await atlasTable(context, input, run, embeddings, rows);
  const count = rows.ids.length;
  const file = await exportPath(library.file, input.file);
  await makeRoom(file, count * (bytesPerRow + (input.thumbnails ? bytesPerThumbnail : 0)));
  const extra = {
    ...(neighboursOf && { neighboursOf }),
    ...(input.thumbnails && { hashes: table.pictures.hashes }),
  };
  const files = await withFileSet({ overwrite: input.overwrite, file }, async (set) =>
    writeRows(context, table, extra, await set.create(file)),
  );
  context.report({ progress: 1, message: `${count} pictures`, run: run.id });
  const left = embeddings.count - count;
  return {
    files,
    run: run.id,
    pictures: count,
    columns: columnsOf(table, extra).map(({ schema: [{ name }] }) => name),
    remarks:
      left > 0
        ? [`${left} embedded pictures are not on the map: lay it out again to see them.`]
        : [],
    seconds: (now() - started) / 1000,
  };
};

/** The neighbours of each row; null where none are wanted, or there is only one picture. */
async function neighboursFor(
  context: JobContext,
  embeddings: RunEmbeddings,
  rows: AtlasRows,
  most: number,
) {
  if (most === 0) return null;
  const { library, signal } = context;
  const found = await storedNeighbours(library, embeddings, Math.max(most, mutualNeighbourCount), {
    signal,
    onProgress: (fraction) =>
      context.report({ progress: neighbourShare * fraction, message: 'Finding neighbours' }),
  });
  return found && atlasNeighbours(rows, found, most);
}

/**
 * Hash, path and label of each picture, its position on the map, and what the training and an anchor
 * say about it.
 */
async function atlasTable(
  { library }: JobContext,
  { anchor, anchorSpace }: Input,
  run: EmbeddedRun,
  embeddings: RunEmbeddings,
  { ids, x, y }: AtlasRows,
): Promise<Table> {
  const facts = trainingFacts(library, run, ids);
  if (anchor !== undefined) {
    const from = { run, embeddings, reference: anchor, space: anchorSpace };
    facts.push(...(await factsFromAnchor(library, from, ids)));
  }
  const columns = [
    picture('', 'the picture'),
    numbers('x', 'float32', 'map', 'its position on the map, to the right'),
    numbers('y', 'float32', 'map', 'its position on the map, upwards'),
    ...facts.map(({ column }) => column),
  ];
  const source = { ...sourceOfRun(run), what: 'atlas' };
  const table = wholeTable({ columns, pictures: pictureList(library, ids), source }, ids.length, [
    Int32Array.from(ids.keys()),
    ...[x, y, ...facts.map(({ values }) => values)],
  ]);
  return flatTable(table);
}

async function makeRoom(file: string, bytes: number): Promise<void> {
  try {
    await checkSpaceForExport(dirname(file), bytes);
  } catch (error) {
    throw fileError(error, file);
  }
}

/** The cells of a row besides the columns of its table. */
interface Extra {
  readonly neighboursOf?: (first: number, last: number) => AtlasNeighbours[];
  /** Content hashes of the pictures whose thumbnails are written. */
  readonly hashes?: readonly string[];
}

function columnsOf({ columns }: Table, { neighboursOf, hashes }: Extra): ParquetColumn[] {
  return [
    ...columns.map(parquetColumn),
    ...(neighboursOf ? [neighbourColumn] : []),
    ...(hashes ? [imageColumn] : []),
  ];
}

async function writeRows(
  context: JobContext,
  table: Table,
  extra: Extra,
  output: OutputFile,
): Promise<void> {
  const { count, source, pictures } = table;
  const columns = columnsOf(table, extra);
  const parquet = new ParquetRows(output, { columns, source, groupRows: rowsPerGroup });
  const own = await wholeCells(table);
  for (let first = 0; first < count; first += thumbnailsAtOnce) {
    const last = Math.min(count, first + thumbnailsAtOnce);
    const hashes = extra.hashes?.slice(first, last);
    const images = hashes && (await convertThumbnails(context.library, hashes, asPngOrJpeg));
    await parquet.add([
      ...own.map((cells) => cells.slice(first, last)),
      ...(extra.neighboursOf ? [extra.neighboursOf(first, last)] : []),
      ...(images
        ? [images.map((bytes, index) => imageOf(bytes, pictures.paths[first + index]))]
        : []),
    ]);
    const progress = neighbourShare + ((1 - neighbourShare) * last) / count;
    context.report({ progress, message: `Writing: ${last} of ${count} pictures` });
    await context.yieldToEvents();
  }
  await parquet.finish();
}

/** All cells, column by column: a few words and numbers for each picture. */
async function wholeCells(table: Table): Promise<unknown[][]> {
  const cells: unknown[][] = table.columns.map(() => []);
  for await (const { values } of table.chunks()) {
    for (const [index, column] of table.columns.entries()) {
      for (const cell of parquetCells(column, values[index] ?? [])) cells[index]?.push(cell);
    }
  }
  return cells;
}

/** Embedding Atlas cannot read WebP: JPEG, or PNG where a picture is partly transparent. */
async function asPngOrJpeg(thumbnail: Uint8Array): Promise<Buffer> {
  const picture = sharp(thumbnail);
  const { hasAlpha } = await picture.metadata();
  return await (hasAlpha ? picture.png() : picture.jpeg({ quality: 85 })).toBuffer();
}

function imageOf(bytes: Uint8Array | null, path = '') {
  return bytes === null ? null : { bytes, path: basename(path) };
}
