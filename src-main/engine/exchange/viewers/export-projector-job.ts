import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRun } from '../../neighbours/embedding-cache.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { JobRunner } from '../../jobs/job-runner.ts';
import { checkSpaceForExport } from '../destination/disk-space.ts';
import { exportPath } from '../destination/export-destination.ts';
import { fileError } from '../../../files/file-errors.ts';
import { withFileSet } from '../destination/file-set.ts';
import { flatTable } from '../../formats/tables/flat-columns.ts';
import type { OutputFile } from '../../formats/tables/output-file.ts';
import { picture, wholeTable } from '../../formats/tables/table.ts';
import type { Table } from '../../formats/tables/table.ts';
import { embeddingsTable } from '../tables/embeddings-table.ts';
import { wantedEmbeddedRun } from '../tables/run-source.ts';
import { factsFromAnchor, trainingFacts } from './picture-facts.ts';
import { projectorConfig, projectorFiles, writeMetadata, writeVectors } from './projector-files.ts';
import { Sprite, spriteGrid } from './sprite.ts';
import { convertThumbnails, thumbnailsAtOnce } from './convert-thumbnails.ts';

/** The most points that the projector shows (LIMIT_NUM_POINTS of its data provider). */
const mostShown = 100_000;
/** Estimated bytes: of a number with nine digits, sign, point and tab, and of a pixel in a PNG. */
const bytesPerNumber = 13;
const bytesPerPixel = 4;
/** The shares of the progress bar. */
const vectorShare = 0.4;

/** Writes a folder that TensorBoard's projector opens: vectors, metadata, a sprite and its configuration. */
export const runExportProjectorJob: JobRunner<'exportProjector'> = async (context, input) => {
  const { library, now } = context;
  const started = now();
  const run = wantedEmbeddedRun(library, input.run);
  context.report({ progress: 0, message: 'Reading embeddings', run: run.id });
  const vectors = embeddingsTable(library, input);
  const { pictures, count } = vectors;
  const dimensions = vectorLength(vectors);
  const facts = trainingFacts(library, run, pictures.ids);
  if (input.anchor !== undefined) {
    const embeddings = await readRun(library, run.name, run.weightsHash);
    const from = { run, embeddings, reference: input.anchor, space: input.anchorSpace };
    facts.push(...(await factsFromAnchor(library, from, pictures.ids)));
  }
  const metadata = wholeTable(
    {
      columns: [picture('', 'the picture'), ...facts.map(({ column }) => column)],
      pictures,
      source: {},
    },
    count,
    [Int32Array.from(pictures.ids.keys()), ...facts.map(({ values }) => values)],
  );
  const folder = await exportPath(library.file, input.folder);
  const grid = spriteGrid(count);
  let missing = 0;
  const files = await inFolder(folder, async () => {
    const pixels = (grid.across * grid.tile) ** 2;
    await checkSpaceForExport(folder, bytesPerNumber * count * dimensions + bytesPerPixel * pixels);
    return await withFileSet({ overwrite: input.overwrite, file: folder }, async (set) => {
      const create = (name: keyof typeof projectorFiles) =>
        set.create(join(folder, projectorFiles[name]));
      const config = projectorConfig(`${run.name}, ${input.space}`, [count, dimensions], grid);
      await (await create('config')).text(config);
      await writeVectors(vectors, await create('vectors'), async (done) => {
        const progress = (vectorShare * done) / count;
        context.report({ progress, message: `Writing vectors: ${done} of ${count}` });
        await context.yieldToEvents();
      });
      await writeMetadata(flatTable(metadata), await create('metadata'));
      missing = await drawSprite(context, pictures.hashes, grid, await create('sprite'));
    });
  });
  context.report({ progress: 1, message: `${count} pictures`, run: run.id });
  const remarks = remarksOn(count, missing);
  const { tile } = grid;
  return { files, run: run.id, pictures: count, tile, remarks, seconds: (now() - started) / 1000 };
};

function vectorLength({ columns }: Table): number {
  const vector = columns.at(-1);
  return vector?.kind === 'number' ? (vector.length ?? 1) : 0;
}

/**
 * Runs `work` in a folder, which is created if necessary and in that case deleted when the work fails.
 */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true });
    return await work();
  } catch (error) {
    if (made !== undefined) await rmdir(folder);
    throw fileError(error, folder);
  }
}

/** Writes the sprite; resolves to the number of pictures without a thumbnail. */
async function drawSprite(
  context: JobContext,
  hashes: readonly string[],
  grid: ReturnType<typeof spriteGrid>,
  file: OutputFile,
): Promise<number> {
  const sprite = new Sprite(grid);
  let missing = 0;
  for (let first = 0; first < hashes.length; first += thumbnailsAtOnce) {
    const some = hashes.slice(first, first + thumbnailsAtOnce);
    const tiles = await convertThumbnails(context.library, some, (picture) =>
      sprite.tileOf(picture),
    );
    for (const tile of tiles) {
      sprite.add(tile);
      if (tile === null) missing++;
    }
    const done = first + some.length;
    const progress = vectorShare + ((0.95 - vectorShare) * done) / hashes.length;
    context.report({ progress, message: `Drawing pictures: ${done} of ${hashes.length}` });
    await context.yieldToEvents();
  }
  await file.append(await sprite.png());
  return missing;
}

function remarksOn(count: number, missing: number): string[] {
  const remarks: string[] = [];
  if (count > mostShown) {
    remarks.push(`TensorBoard’s projector shows the first ${mostShown} of ${count} pictures only.`);
  }
  if (missing > 0) remarks.push(`${missing} pictures have no thumbnail: their tiles are empty.`);
  return remarks;
}
