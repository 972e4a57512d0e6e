import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { saveEmbeddings } from '../../src-main/engine/store/embeddings.ts';
import { saveFile } from '../../src-main/engine/store/files.ts';
import { saveFolder } from '../../src-main/engine/store/folders.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import type { Library } from '../../src-main/engine/store/library-file.ts';
import { saveMap } from '../../src-main/engine/store/maps.ts';
import { createRun, updateRun } from '../../src-main/engine/store/runs.ts';
import { saveSample } from '../../src-main/engine/store/samples.ts';
import { saveThumbnail } from '../../src-main/engine/store/thumbnails.ts';
import { clusteredUnitRows } from '../engine/neighbours/random-unit-rows.ts';

export const labelsInLibrary = 20;

/**
 * Writes a library of `count` made-up pictures with a run of each name, embedded by a seed of its own
 * and on the map; thumbnails, where some are given (WebP), go round those.
 */
export function fillLibrary(
  file: string,
  count: number,
  dimensions: number,
  thumbnails: readonly Uint8Array[] = [],
  runs: readonly string[] = ['bench'],
): void {
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  const ids = savePictures(library, count, thumbnails);
  for (const [place, name] of runs.entries()) {
    fillRun(library, { name, ids, dimensions, seed: 1 + place });
  }
  library.close();
}

interface FilledRun {
  readonly name: string;
  readonly ids: Uint32Array;
  readonly dimensions: number;
  readonly seed: number;
}

function fillRun(library: Library, { name, ids, dimensions, seed }: FilledRun): void {
  const count = ids.length;
  const shape = { count, dimensions, clusters: labelsInLibrary, spread: 0.6 };
  const vectors = clusteredUnitRows({ ...shape, seed });
  const weightsHash = name;
  saveEmbeddings(library, weightsHash, 'h', ids, { dimensions, vectors });
  saveMap(library, weightsHash, {
    parameters: { method: 'umap', seed: 1, neighbours: 15, minDistance: 0.1 },
    sampleIds: ids,
    coordinates: clusteredPlaces(count, seed),
  });
  const run = createRun(library, {
    name,
    kind: 'trained',
    encoder: 'resnet8',
    objective: 'hard',
    settings: { temperature: 0.5, beta: 1, tauPlus: 0.1 },
    state: 'done',
  });
  updateRun(library, run.id, { weightsHash });
}

/** Saves made-up pictures, which have no run; returns their ids. */
export function savePictures(
  library: Library,
  count: number,
  thumbnails: readonly Uint8Array[] = [],
): Uint32Array {
  return library.write(() => {
    const folder = saveFolder(library, '/pictures', 'deepest');
    return Uint32Array.from({ length: count }, (_, index) => {
      const hash = createHash('sha256').update(String(index)).digest('hex');
      const sampleId = saveSample(library, { hash, width: 64, height: 64, format: 'png' });
      const thumbnail = thumbnails[index % thumbnails.length];
      if (thumbnail) saveThumbnail(library, sampleId, thumbnail);
      const path = pathOfPicture(index);
      const size = { sizeBytes: 1, modifiedMs: 0 };
      const label = labelOfPicture(index);
      saveFile(library, { folderId: folder.id, path, sampleId, label, split: null, ...size });
      return sampleId;
    });
  });
}

function labelOfPicture(index: number): string {
  return `label ${index % labelsInLibrary}`;
}

/** The path of a made-up picture, in its folder. */
export function pathOfPicture(index: number): string {
  return `${labelOfPicture(index)}/${index}.png`;
}

/** A place on the map for each picture: one round cloud a label, as UMAP lays clusters out. */
function clusteredPlaces(count: number, seed: number): Float32Array {
  const generator = xoroshiro128plus(seed);
  const around = (width: number): number =>
    width *
    (uniformFloat64(generator) + uniformFloat64(generator) + uniformFloat64(generator) - 1.5);
  const centres = Float64Array.from({ length: 2 * labelsInLibrary }, () => around(12));
  return Float32Array.from({ length: 2 * count }, (_, place) => {
    const label = Math.floor(place / 2) % labelsInLibrary;
    return (centres[2 * label + (place % 2)] ?? 0) + around(1.6);
  });
}
