import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LibraryState } from '../../../src-renderer/state/library.svelte.ts';
import { openEmojiEngine, type EmojiEngine } from './emoji-engine.ts';

describe('the open library', () => {
  let engine: EmojiEngine;
  beforeAll(async () => {
    engine = await openEmojiEngine();
  });
  afterAll(() => engine.close());

  it('has the pictures, labels and skips that a real engine found', async () => {
    const library = new LibraryState(engine.connection);
    expect(library.isOpen).toBe(false);
    expect(library.pictures.count).toBe(0);
    await library.refresh();
    expect(library.isOpen).toBe(true);
    expect(library.pictures.count).toBe(96);
    expect(library.pictures.columns.labels.toSorted()).toEqual([
      ...['animal-bird', 'animal-mammal', 'clothing', 'food-fruit'],
      ...['musical-instrument', 'plant-flower', 'sky-weather', 'transport-ground'],
    ]);
    expect(await engine.client.call('runs.list', {})).toMatchObject([{ run: 1, embedded: true }]);
  });
});
