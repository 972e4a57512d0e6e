import { describe, expect, test } from 'vitest';
import {
  embeddedSampleIds,
  hasEmbeddings,
  readEmbeddings,
  samplesWithoutEmbedding,
  saveEmbeddings,
} from '../../../src-main/engine/store/embeddings.ts';
import { deleteFile } from '../../../src-main/engine/store/files.ts';
import { hasMap, latestMap, readMap, saveMap } from '../../../src-main/engine/store/maps.ts';
import { readNeighbours, saveNeighbours } from '../../../src-main/engine/store/neighbours.ts';
import {
  readPixels,
  samplesWithoutPixels,
  savePixels,
} from '../../../src-main/engine/store/pixels.ts';
import { addSamples, temporaryLibrary } from './temporary-library.ts';

const paths = ['a.png', 'b.png', 'c.png'];

describe('embeddings', () => {
  test('come back as one array in the order asked for', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, paths);
    const vectors = Float32Array.of(1, 2, 3, 4, 5, 6);
    saveEmbeddings(library, 'w', 'h', ids, { dimensions: 2, vectors });
    expect(readEmbeddings(library, 'w', 'h', Uint32Array.of(ids[2]!, ids[0]!))).toEqual({
      dimensions: 2,
      vectors: Float32Array.of(5, 6, 1, 2),
    });
  });

  test('of 10,000 pictures are read by their ids, not by searching the ids for each row', () => {
    const library = temporaryLibrary();
    const names = Array.from({ length: 10_000 }, (_, index) => `${index}.png`);
    const ids = library.write(() => addSamples(library, names));
    const vectors = new Float32Array(ids.length * 128).fill(1);
    saveEmbeddings(library, 'w', 'h', ids, { dimensions: 128, vectors });
    const started = performance.now();
    expect(readEmbeddings(library, 'w', 'h', ids)).toEqual({ dimensions: 128, vectors });
    // 0.1 s on a busy machine; 24 s when SQLite's planner turns the join round.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('are missing by weights and space, and reading a missing one is an error', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, paths);
    const some = ids.slice(1, 2);
    saveEmbeddings(library, 'w', 'h', some, { dimensions: 1, vectors: Float32Array.of(1) });
    expect(samplesWithoutEmbedding(library, 'w', 'h', ids)).toEqual(
      Uint32Array.of(ids[0]!, ids[2]!),
    );
    expect(samplesWithoutEmbedding(library, 'w', 'z', ids)).toEqual(ids);
    expect(hasEmbeddings(library, 'w', 'h')).toBe(true);
    expect(hasEmbeddings(library, 'w', 'z')).toBe(false);
    expect(() => readEmbeddings(library, 'w', 'h', ids)).toThrow('2 of 3 pictures');
  });

  test('outlive their picture’s files, which only hides them', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, paths);
    saveEmbeddings(library, 'w', 'h', ids, { dimensions: 1, vectors: Float32Array.of(1, 2, 3) });
    deleteFile(library, 1, 'a.png');
    expect(embeddedSampleIds(library, 'w', 'h')).toEqual(ids.slice(1));
    expect(samplesWithoutEmbedding(library, 'w', 'h', ids)).toHaveLength(0);
  });

  test('refuse rows of a wrong length', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, paths);
    const vectors = Float32Array.of(1, 2, 3, 4);
    expect(() => saveEmbeddings(library, 'w', 'h', ids, { dimensions: 2, vectors })).toThrow(
      RangeError,
    );
  });
});

describe('pixels', () => {
  test('come back as one array in the order asked for', () => {
    const library = temporaryLibrary();
    const [a, b, c] = addSamples(library, paths);
    savePixels(library, a!, 1, Uint8Array.of(1, 2, 3));
    savePixels(library, b!, 1, Uint8Array.of(4, 5, 6));
    savePixels(library, b!, 2, new Uint8Array(12));
    expect(readPixels(library, Uint32Array.of(b!, a!), 1)).toEqual(Uint8Array.of(4, 5, 6, 1, 2, 3));
    expect(samplesWithoutPixels(library, Uint32Array.of(c!, b!, a!), 1)).toEqual(
      Uint32Array.of(c!),
    );
    expect(() => readPixels(library, Uint32Array.of(a!), 2)).toThrow('not decoded at 2 x 2');
  });
});

describe('neighbours', () => {
  test('belong to exactly the samples they were computed for', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, paths);
    const table = {
      k: 1,
      ids: Uint32Array.of(2, 1, 2),
      similarities: Float32Array.of(0.5, 0.5, 0.25),
    };
    saveNeighbours(library, 'w', 'h', ids, table);
    expect(readNeighbours(library, 'w', 'h', ids)).toEqual(table);
    expect(readNeighbours(library, 'w', 'h', ids.slice(1))).toBeNull();
    expect(readNeighbours(library, 'v', 'h', ids)).toBeNull();
  });
});

describe('maps', () => {
  test('are found by their parameters in any order, and the latest by weights alone', () => {
    const library = temporaryLibrary();
    const sampleIds = addSamples(library, paths);
    const coordinates = Float32Array.of(1, 2, 3, 4, 5, 6);
    const parameters = { seed: 1, method: 'umap' };
    expect(hasMap(library, 'w')).toBe(false);
    saveMap(library, 'w', { parameters, sampleIds, coordinates });
    saveMap(library, 'w', {
      parameters: { seed: 2, method: 'umap' },
      sampleIds,
      coordinates: coordinates.map((value) => -value),
    });
    expect(readMap(library, 'w', sampleIds, { method: 'umap', seed: 1 })).toEqual({
      parameters,
      sampleIds,
      coordinates,
    });
    expect(latestMap(library, 'w')?.parameters).toEqual({ seed: 2, method: 'umap' });
    expect(latestMap(library, 'v')).toBeNull();
  });
});
