import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { layoutMap } from '../../../src-main/engine/map/layout-map.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { saveMap } from '../../../src-main/engine/store/maps.ts';
import { createRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryFolder } from '../store/temporary-library.ts';

export const pictures = 60;
export const dimensions = 8;

export interface ComparedRunRows {
  readonly name: string;
  readonly vectors: Float32Array;
  /** The seed of its map; without one it has none. */
  readonly mapSeed?: number;
  /** How many of the pictures it has embedded; all, if not given. */
  readonly embedded?: number;
  /** What it was trained with; runs with the same but for the seed form a seed group. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly kind?: 'trained' | 'loaded';
}

/** An engine with a library of `pictures` pictures of four labels and these runs, gone after the test. */
export async function comparedLibrary(
  runs: readonly ComparedRunRows[],
  more: (library: Library, ids: Uint32Array) => void = () => undefined,
): Promise<Engine> {
  const folder = temporaryFolder();
  const file = join(folder, 'library.sqlite');
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  const paths = Array.from({ length: pictures }, (_, index) => `label ${index % 4}/${index}.png`);
  const ids = addSamples(library, paths);
  for (const run of runs) await addRun(library, ids, run);
  more(library, ids);
  library.close();
  const engine = createEngine({
    dataFolder: folder,
    modelFolder: folder,
    workingFolder: folder,
    now: () => Date.now(),
  });
  onTestFinished(() => engine.close());
  await engine.call('library.open', { file });
  return engine;
}

async function addRun(
  library: Library,
  ids: Uint32Array,
  { name, vectors, mapSeed, embedded = pictures, settings = {}, kind = 'trained' }: ComparedRunRows,
): Promise<void> {
  const sampleIds = ids.subarray(0, embedded);
  const rows = vectors.subarray(0, embedded * dimensions);
  saveEmbeddings(library, name, 'h', sampleIds, { dimensions, vectors: rows });
  if (mapSeed !== undefined) {
    const parameters = { method: 'umap' as const, seed: mapSeed, neighbours: 15, minDistance: 0.1 };
    const shape = { vectors: rows, count: embedded, dimensions };
    const coordinates = await layoutMap({ ...shape, parameters });
    saveMap(library, name, { parameters, sampleIds, coordinates });
  }
  const encoder = { kind, encoder: 'resnet8', objective: 'simclr' } as const;
  const { id } = createRun(library, { name, ...encoder, settings, state: 'done' });
  updateRun(library, id, { weightsHash: name });
}
