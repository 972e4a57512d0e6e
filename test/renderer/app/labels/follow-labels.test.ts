import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { binNames } from '../../../../src-main/contract/bins.ts';
import { setLabels } from '../../../../src-renderer/app/actions/set-labels.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';
import { newApp } from '../../open-app.ts';

let engine: EmojiEngine;
let app: AppState;
beforeAll(async () => {
  engine = await openEmojiEngine();
  ({ app } = newApp(() => engine.connect()));
  await app.start();
  await app.chooseAnchor(app.library.pictures.idAt(0));
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});

/** The negatives that the explanation puts into the bin of false ones. */
const falseNegatives = (): number => {
  const found = app.explanation.current;
  return [...(found?.bin ?? [])].filter((bin) => binNames[bin] === 'false').length;
};

describe('what is on screen, on a real engine', () => {
  it('is older than the labels once their rule has changed, and follows when it is asked again', async () => {
    expect(app.explanation.current?.anchor.label).toBe('animal-bird');
    expect(app.explanation.isOutdated).toBe(false);
    // The 11 other birds are false negatives by their label.
    expect(falseNegatives()).toBeGreaterThanOrEqual(11);
    const withLabels = falseNegatives();
    await setLabels(app, 'none');
    expect(app.explanation.isOutdated).toBe(true);
    await app.explainAnchor();
    expect(app.explanation.current?.anchor.label).toBeNull();
    expect(falseNegatives()).toBeLessThan(11);
    await setLabels(app, 'folder');
    expect(app.explanation.isOutdated).toBe(true);
    await app.explainAnchor();
    expect(falseNegatives()).toBe(withLabels);
  });

  it('is older than a label that another window gave', async () => {
    expect(app.explanation.isOutdated).toBe(false);
    const hash = app.library.pictures.hashAt(1);
    await engine.client.call('labels.edit', { edits: [{ hash, labels: ['a hen'] }] });
    await expect.poll(() => app.explanation.isOutdated).toBe(true);
    expect(app.library.pictures.labelAt(1)).toBe('a hen');
  });

  it('has its review queue and its comparison read again', async () => {
    await app.review.load(pixelRun);
    app.comparison.show({ run: pixelRun }, { run: pixelRun });
    await app.comparison.load();
    const before = app.comparison.loaded;
    const hash = app.library.pictures.hashAt(1);
    await engine.client.call('labels.edit', { edits: [{ hash, labels: null }] });
    await expect.poll(() => app.review.shownQueue).toBeNull();
    await expect.poll(() => app.comparison.loaded).not.toBe(before);
    expect(app.library.pictures.labelAt(1)).toBe('animal-bird');
  });

  it('keeps pairs under review that another page gave', async () => {
    const pair = {
      anchor: app.library.pictures.hashAt(0),
      candidate: app.library.pictures.hashAt(1),
    };
    app.review.open([pair], 'Near-duplicates');
    const hash = app.library.pictures.hashAt(2);
    await engine.client.call('labels.edit', { edits: [{ hash, labels: [] }] });
    await expect.poll(() => app.library.pictures.labelAt(2)).toBeNull();
    expect(app.review.given?.pairs).toEqual([pair]);
    await engine.client.call('labels.edit', { edits: [{ hash, labels: null }] });
    await expect.poll(() => app.library.pictures.labelAt(2)).toBe('animal-bird');
  });

  it('is no older after a scan that changes no label', async () => {
    await app.explainAnchor();
    await app.library.refresh();
    expect(app.explanation.isOutdated).toBe(false);
  });
});
