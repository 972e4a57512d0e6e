import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EmbeddingCache } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { createRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

/** Some runs, each with vectors of its own. */
function libraryOf(names: readonly string[]): Library {
  const library = temporaryLibrary();
  const ids = addSamples(library, ['a.png', 'b.png']);
  for (const [place, name] of names.entries()) {
    const vectors = Float32Array.of(place, 1, 2, 3);
    saveEmbeddings(library, name, 'h', ids, { dimensions: 2, vectors });
    const run = createRun(library, {
      ...{ name, kind: 'trained', encoder: 'resnet8', objective: 'hard', settings: {} },
      state: 'done',
    });
    updateRun(library, run.id, { weightsHash: name });
  }
  return library;
}

test('what was prepared is not read again', async () => {
  const library = libraryOf(['one']);
  const cache = new EmbeddingCache(library);
  cache.prepare('one');
  const prepared = await cache.ofRun('one');
  library.query('DELETE FROM embeddings').run();
  expect(await cache.ofRun('one')).toBe(prepared);
  expect(prepared.vectors).toEqual(Float32Array.of(0, 1, 2, 3));
});

test('preparing takes no place of a run that is used', async () => {
  const library = libraryOf(['one', 'two', 'three', 'four']);
  const cache = new EmbeddingCache(library);
  const used = await Promise.all(['one', 'two', 'three'].map((name) => cache.ofRun(name)));
  cache.prepare('four');
  for (const [place, name] of ['one', 'two', 'three'].entries()) {
    expect(await cache.ofRun(name)).toBe(used[place]);
  }
});

test('preparing is silent where there is nothing, or the library is closed meanwhile', async () => {
  const library = libraryOf(['one']);
  const cache = new EmbeddingCache(library);
  cache.prepare('unknown');
  cache.prepare('one');
  library.close();
  for (let turn = 0; turn < 5; turn++) await setImmediate();
  await expect(cache.ofRun('unknown')).rejects.toThrow();
});
