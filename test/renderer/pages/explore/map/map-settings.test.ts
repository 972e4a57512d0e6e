import { describe, expect, it } from 'vitest';
import type { MapSettings } from '../../../../../src-main/contract/map.ts';
import {
  isSameLayout,
  MapSettingsForm,
  mapWords,
} from '../../../../../src-renderer/pages/explore/map/map-settings.svelte.ts';

const usual: MapSettings = {
  method: 'umap',
  neighbours: 15,
  minDistance: 0.1,
  metric: 'cosine',
  seed: 1,
};

describe('the form of a map’s settings', () => {
  it('begins with those of the map on screen and gives a UMAP', () => {
    expect(new MapSettingsForm(usual).checked).toEqual(usual);
    expect(new MapSettingsForm({ ...usual, method: 'pca', seed: 4 }).checked).toEqual({
      ...usual,
      seed: 4,
    });
  });

  it.each([
    ['neighbours', 1, 'Neighbours: a whole number from 2 to 200.'],
    ['neighbours', 201, 'Neighbours: a whole number from 2 to 200.'],
    ['neighbours', null, 'Neighbours: a whole number from 2 to 200.'],
    ['minDistance', -0.01, 'Min distance: from 0 to 0.99.'],
    ['minDistance', 1, 'Min distance: from 0 to 0.99.'],
    ['seed', 1.5, 'Seed: a whole number from 0.'],
    ['seed', null, 'Seed: a whole number from 0.'],
  ] as const)('says of %s %s what would do', (field, value, sentence) => {
    const form = new MapSettingsForm(usual);
    form[field] = value;
    expect(form.checked).toBe(sentence);
  });

  it('takes the ends of what it says', () => {
    const form = new MapSettingsForm(usual);
    [form.neighbours, form.minDistance, form.seed] = [2, 0, 0];
    expect(form.checked).toMatchObject({ neighbours: 2, minDistance: 0, seed: 0 });
    [form.neighbours, form.minDistance] = [200, 0.99];
    expect(form.checked).toMatchObject({ neighbours: 200, minDistance: 0.99 });
  });
});

describe('a map in a few words', () => {
  it('has what is unusual of it', () => {
    expect(mapWords(usual)).toBe('UMAP · 15 neighbours · seed 1');
    expect(mapWords({ ...usual, metric: 'euclidean', minDistance: 0.3, seed: 2 })).toBe(
      'UMAP · 15 neighbours · distance 0.3 · euclidean · seed 2',
    );
    expect(mapWords({ ...usual, method: 'pca' })).toBe('PCA');
  });

  it('is laid out the same where nothing that counts differs', () => {
    expect(isSameLayout(usual, { ...usual })).toBe(true);
    for (const change of [{ neighbours: 16 }, { minDistance: 0 }, { seed: 2 }]) {
      expect(isSameLayout(usual, { ...usual, ...change })).toBe(false);
    }
    expect(isSameLayout(usual, { ...usual, method: 'pca' })).toBe(false);
    expect(isSameLayout({ ...usual, method: 'pca' }, { ...usual, method: 'pca', seed: 9 })).toBe(
      true,
    );
  });
});
