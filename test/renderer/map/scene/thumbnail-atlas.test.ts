import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atlasLayout, ThumbnailAtlas } from '../../../../src-renderer/map/scene/thumbnail-atlas.ts';

/** Pictures that are being loaded, by address: the test says when they are there, or fail. */
let pending = new Map<string, { arrive(): void; fail(): void }>();
let closed = 0;
let now = 0;

class LoadedImage {
  src = '';
  naturalWidth = 200;
  naturalHeight = 100;
  decode(): Promise<void> {
    return new Promise((resolve, reject) => {
      pending.set(this.src, { arrive: resolve, fail: () => reject(new Error('no picture')) });
    });
  }
}

const cuts: unknown[][] = [];

beforeEach(() => {
  pending = new Map();
  closed = 0;
  now = 0;
  cuts.length = 0;
  vi.stubGlobal('Image', LoadedImage);
  vi.stubGlobal('createImageBitmap', (_image: unknown, ...cut: unknown[]) => {
    cuts.push(cut);
    return Promise.resolve({ close: () => (closed += 1) });
  });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Lets everything that waits for nothing but its turn happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

async function arrive(...ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    pending.get(`/${id}`)?.arrive();
    pending.delete(`/${id}`);
  }
  await settle();
}

/** Asks for pictures and lets each arrive until none is on its way. */
async function load(atlas: ThumbnailAtlas, ids: readonly number[]): Promise<void> {
  atlas.want(ids);
  while (pending.size > 0) await arrive(...[...pending.keys()].map((url) => Number(url.slice(1))));
}

const open = (onLoad: () => void = () => undefined) => new ThumbnailAtlas((id) => `/${id}`, onLoad);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe('thumbnails at hand', () => {
  it('are loaded six at a time, the most urgent first, and told of as they come', async () => {
    let told = 0;
    const atlas = open(() => (told += 1));
    atlas.want(range(1, 10));
    expect([...pending.keys()]).toEqual(['/1', '/2', '/3', '/4', '/5', '/6']);
    expect(atlas.slotOf(3)).toBe(-1);
    expect(atlas.arrivedAt(3)).toBe(Infinity);
    now = 250;
    await arrive(3);
    expect([atlas.slotOf(3), atlas.arrivedAt(3), told]).toEqual([0, 250, 1]);
    expect(pending.has('/7')).toBe(true);
  });

  it('are the middle square of the picture', async () => {
    await load(open(), [1]);
    expect(cuts[0]).toEqual([
      50,
      0,
      100,
      100,
      expect.objectContaining({ resizeWidth: atlasLayout.tile }),
    ]);
  });

  it('are no longer loaded once nobody wants them', async () => {
    const atlas = open();
    atlas.want(range(1, 20));
    atlas.want([40, 1]);
    await arrive(...range(1, 7));
    expect([...pending.keys()]).toEqual(['/40']);
  });

  it('make room for new ones, the one wanted longest ago first', async () => {
    const atlas = open();
    await load(atlas, range(0, 128));
    expect(new Set(range(0, 128).map((id) => atlas.slotOf(id)))).toEqual(new Set(range(0, 128)));
    const slot = atlas.slotOf(5);
    atlas.want(range(0, 128).filter((id) => id !== 5));
    await load(atlas, [500]);
    expect([atlas.slotOf(500), atlas.slotOf(5), closed]).toEqual([slot, -1, 1]);
    expect(atlas.slotOf(6)).toBeGreaterThanOrEqual(0);
  });

  it('keep their positions while all of them are wanted now', async () => {
    const atlas = open();
    await load(atlas, range(0, 128));
    // More than there is room for: the last of them is not even asked for.
    atlas.want([...range(0, 128), 600]);
    expect(pending.size).toBe(0);
    expect(atlas.slotOf(600)).toBe(-1);
  });

  it('that fail are tried again after five seconds, and do not hold up others', async () => {
    const atlas = open();
    atlas.want([1, 2]);
    pending.get('/1')?.fail();
    pending.delete('/1');
    await arrive(2);
    expect([atlas.slotOf(1), atlas.slotOf(2)]).toEqual([-1, 0]);
    now = 4999;
    atlas.want([1, 2]);
    expect(pending.size).toBe(0);
    now = 5000;
    await load(atlas, [1, 2]);
    expect(atlas.slotOf(1)).toBe(1);
  });

  it('are given back when the map closes, also those that come too late', async () => {
    const atlas = open();
    await load(atlas, [1]);
    atlas.want([1, 2]);
    atlas.dispose();
    await arrive(2);
    expect(closed).toBe(2);
    expect(atlas.slotOf(2)).toBe(-1);
  });
});

it('lays 128 tiles side by side, none over another', () => {
  const corners = range(0, 128).map((slot) => atlasLayout.cornerOf(slot));
  expect(new Set(corners.map(({ x, y }) => `${x} ${y}`)).size).toBe(128);
  for (const { x, y } of corners) {
    expect([x % atlasLayout.tile, y % atlasLayout.tile]).toEqual([0, 0]);
    expect(x + atlasLayout.tile).toBeLessThanOrEqual(atlasLayout.width);
    expect(y + atlasLayout.tile).toBeLessThanOrEqual(atlasLayout.height);
  }
});
