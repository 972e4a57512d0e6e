import { expect, test } from 'vitest';
import { readRows } from '../../../src-main/engine/neighbours/read-rows.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

const stored = { weightsHash: 'w', space: 'h' } as const;

/** Vectors whose bytes are mostly zeros, which would end a text. */
function vectorsOf(count: number, dimensions: number): Float32Array {
  return Float32Array.from({ length: count * dimensions }, (_, index) => (index % 3) - 1);
}

function filled(count: number, dimensions: number): { library: Library; ids: Uint32Array } {
  const library = temporaryLibrary();
  const names = Array.from({ length: count }, (_, index) => `${index}.png`);
  const ids = library.write(() => addSamples(library, names));
  saveEmbeddings(library, 'w', 'h', ids, { dimensions, vectors: vectorsOf(count, dimensions) });
  return { library, ids };
}

/** The rows of some of the pictures, from what was saved. */
function expected(places: readonly number[], count: number, dimensions: number): Float32Array {
  const all = vectorsOf(count, dimensions);
  return Float32Array.from(
    places.flatMap((place) => [...all.subarray(place * dimensions, (place + 1) * dimensions)]),
  );
}

test.each([
  ['in several blocks', 3000, 512],
  ['of few numbers', 700, 3],
  ['in one block', 5, 8],
])('rows %s come back as they were saved, by ascending id', async (_, count, dimensions) => {
  const { library, ids } = filled(count, dimensions);
  const rows = await readRows(library, stored, ids);
  expect(rows).toMatchObject({ count, dimensions });
  expect(rows.ids).toEqual(ids);
  expect(rows.vectors).toEqual(vectorsOf(count, dimensions));
});

test('what is not wanted is left out, and what has no vector has no row', async () => {
  const [count, dimensions] = [1000, 8];
  const { library, ids } = filled(count, dimensions);
  // Neighbours by id, some far apart, and two that were never embedded.
  const places = [0, 1, 5, 6, 7, 300, 301, 998, 999];
  const wanted = Uint32Array.from([...places.map((place) => ids[place]!), 5000, 900_000]);
  const rows = await readRows(library, stored, wanted);
  expect(rows).toMatchObject({ count: places.length, dimensions });
  expect(rows.ids).toEqual(wanted.slice(0, -2));
  expect(rows.vectors).toEqual(expected(places, count, dimensions));
});

test('other weights and another space have no part in it', async () => {
  const { library, ids } = filled(20, 4);
  for (const other of [{ ...stored, space: 'z' } as const, { ...stored, weightsHash: 'v' }]) {
    expect(await readRows(library, other, ids)).toMatchObject({ count: 0, dimensions: 0 });
  }
});
