import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { PageContent } from '../renderer/map/page/page-api.ts';
import { launchBrowser } from './browser.ts';
import { nextFrames, pixelsOf, sendToMap, showOnMap, takeEvents } from './map-page.ts';
import {
  bare,
  distance,
  five,
  ground,
  palette,
  positionOf,
  scale,
  size,
  useMapSession,
} from './map-session.ts';

const session = useMapSession();

/** How colourful a pixel is: 0 for grey. */
function chroma(pixel: readonly number[]): number {
  return Math.max(...pixel) - Math.min(...pixel);
}

describe('drawing', () => {
  it('puts every picture where it is, in the colour of its category', async () => {
    const pixel = await pixelsOf(session.page);
    const at = (x: number, y: number): number[] => {
      const position = positionOf(x, y);
      return pixel(position.x, position.y);
    };
    expect(at(-5, -3)[0]).toBeGreaterThan(200);
    expect(at(-5, -3)[1]).toBeLessThan(40);
    expect(at(5, 3)[1]).toBeGreaterThan(200);
    expect(at(0, 0)[2]).toBeGreaterThan(200);
    expect(at(2.5, 0)).toEqual(ground);
  });

  it('fades dimmed pictures to grey and enlarges strong ones', async () => {
    const normal = await pixelsOf(session.page);
    await showOnMap(session.page, { emphasis: Uint8Array.of(0, 2, 1, 1, 1) });
    const pixel = await pixelsOf(session.page);
    const dim = positionOf(-5, -3);
    expect(chroma(pixel(dim.x, dim.y))).toBeLessThan(0.5 * chroma(normal(dim.x, dim.y)));
    const strong = positionOf(5, 3);
    const rim = { x: strong.x + 6, y: strong.y };
    expect(chroma(normal(rim.x, rim.y))).toBeLessThan(20);
    expect(chroma(pixel(rim.x, rim.y))).toBeGreaterThan(100);
  });

  it('draws an edge from the anchor to the right picture, in the colour of its bin', async () => {
    await showOnMap(session.page, { anchor: 33, edges: [{ id: 22, kind: 'ring', strength: 1 }] });
    const from = positionOf(0, 0);
    const to = positionOf(5, 3);
    const bend = 0.14 / 2;
    const crest = {
      x: (from.x + to.x) / 2 + (to.y - from.y) * bend,
      y: (from.y + to.y) / 2 - (to.x - from.x) * bend,
    };
    const pixel = await pixelsOf(session.page);
    const around = [-1, 0, 1].map((dy) => distance(pixel(crest.x, crest.y + dy), ground));
    expect(Math.max(...around)).toBeGreaterThan(60);
    const [red = 0, green = 0, blue = 0] = pixel(crest.x, crest.y);
    expect(Math.min(green, blue)).toBeGreaterThan(red);
    expect(pixel(size.width - crest.x, crest.y)).toEqual(ground);
    const ring = pixel(from.x - 9, from.y);
    expect(distance(ring, [0xf2, 0xb3, 0x3d])).toBeLessThan(60);
  });

  it('shows real pictures as thumbnails and the anchor on film', async () => {
    await showOnMap(session.page, { hasThumbnails: true, anchor: 33 });
    const corner = positionOf(-5, 3);
    const film = { x: 300, y: 250 - 60 };
    const isDrawn = async ({ x, y }: { x: number; y: number }): Promise<boolean> =>
      distance((await pixelsOf(session.page))(x, y), ground) > 60;
    await expect.poll(() => isDrawn({ ...corner, x: corner.x - 12 })).toBe(true);
    await expect.poll(() => isDrawn(film)).toBe(true);
    await session.page.mouse.click(corner.x - 11, corner.y + 10);
    expect((await takeEvents(session.page)).anchors).toEqual([44]);
    await session.page.mouse.click(film.x, film.y);
    expect((await takeEvents(session.page)).anchors).toEqual([33]);
  });

  it('comes back after the graphics card was reset', async () => {
    const lose = (call: string): Promise<unknown> =>
      session.page.evaluate(`
        globalThis.lost ??= document.querySelector('canvas').getContext('webgl2')
          .getExtension('WEBGL_lose_context');
        globalThis.lost.${call}()`);
    await lose('loseContext');
    await session.page.getByText('The graphics card was reset').waitFor();
    await lose('restoreContext');
    await session.page.getByText('The graphics card was reset').waitFor({ state: 'detached' });
    await nextFrames(session.page);
    const blue = (await pixelsOf(session.page))(300, 250);
    expect(blue[2]).toBeGreaterThan(200);
  });
});

describe('other maps', () => {
  it.each([
    ['glides', false],
    ['jumps, with reduced motion,', true],
  ])('%s from one map to the next', async (_name, reducedMotion) => {
    const install = (page: Page): Promise<void> => page.clock.install({ time: 1000 });
    const timed = await session.open(session.browser, install);
    await timed.clock.pauseAt(60_000);
    const show = async (change: Partial<PageContent>, ms: number): Promise<number[]> => {
      await sendToMap(timed, change);
      await timed.clock.runFor(ms);
      return (await pixelsOf(timed))(300, 250 - 1.5 * scale);
    };
    const two = (y: number): Partial<PageContent> => ({
      points: {
        ids: Uint32Array.of(1, 2, 3),
        coordinates: Float32Array.of(-5, -3, 5, 3, 0, y),
      },
      colours: { categories: Uint8Array.of(1, 1, 2), palette },
    });
    expect(await show({ ...bare, ...two(0), reducedMotion }, 300)).toEqual(ground);
    await show(two(3), 0);
    const greens: number[] = [];
    for (let step = 0; step < 10; step += 1) greens.push((await show({}, 16))[1]!);
    expect(Math.max(...greens) > 100).toBe(!reducedMotion);
    const end = await pixelsOf(timed);
    expect(end(300, 250 - 3 * scale)[1]).toBeGreaterThan(200);
    await timed.close();
  });

  it('draws the same positions and colours without WebGL2, and says so', async () => {
    const plain = await launchBrowser({ webgl: false });
    try {
      const flat = await session.open(plain);
      await showOnMap(flat, { ...bare, ...five, anchor: 33 });
      const pixel = await pixelsOf(flat);
      const at = positionOf(-5, -3);
      expect(pixel(at.x, at.y)[0]).toBeGreaterThan(200);
      expect(await flat.getByText('WebGL2 is missing').isVisible()).toBe(true);
      await flat.mouse.click(at.x, at.y);
      expect((await takeEvents(flat)).anchors).toEqual([11]);
    } finally {
      await plain.close();
    }
  });

  it('draws an empty map', async () => {
    const none = { ids: new Uint32Array(), coordinates: new Float32Array() };
    await showOnMap(session.page, { points: none });
    await session.page.mouse.move(300, 250);
    expect((await pixelsOf(session.page))(300, 250)).toEqual(ground);
    expect(session.troubles).toEqual([]);
  });
});
