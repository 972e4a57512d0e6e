import { describe, expect, it } from 'vitest';
import { boundsOf, fitCamera, toScreen } from '../../src-renderer/map/scene/camera.ts';
import type { PageContent } from '../renderer/map/page/page-api.ts';
import { nextFrames, pixelsOf, showOnMap, takeEvents } from './map-page.ts';
import {
  channels,
  distance,
  ground,
  palette,
  positionOf,
  size,
  useMapSession,
} from './map-session.ts';

const session = useMapSession();

/** A deterministic cloud with ids that are nothing like positions. */
function cloud(
  count: number,
  keep: (index: number) => boolean,
): Pick<PageContent, 'points' | 'colours'> {
  let seed = 5;
  const random = (): number => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const rows = Array.from({ length: count }, (_, index) => ({
    id: 1_000_000 - index * 7,
    x: random() * 20,
    y: random() * 15,
    category: index % 4,
  })).filter((_, index) => keep(index));
  return {
    points: {
      ids: Uint32Array.from(rows, (row) => row.id),
      coordinates: Float32Array.from(rows.flatMap((row) => [row.x, row.y])),
    },
    colours: { categories: Uint8Array.from(rows, (row) => row.category), palette },
  };
}

describe('pointing', () => {
  it('names the picture under the pointer, gives it a card and lets it go', async () => {
    const at = positionOf(5, 3);
    await session.page.mouse.move(at.x + 3, at.y + 3);
    await nextFrames(session.page);
    expect(await session.page.getByTestId('card').innerText()).toBe('22');
    await session.page.mouse.move(200, 100);
    await session.page.getByTestId('card').waitFor({ state: 'detached' });
    expect((await takeEvents(session.page)).hovered).toEqual([22, null]);
  });

  it('lights up a picture that is hovered elsewhere', async () => {
    const before = (await pixelsOf(session.page))(300 + 9, 250);
    await session.page.evaluate('globalThis.mapPage.hover(33)');
    await nextFrames(session.page);
    expect(distance((await pixelsOf(session.page))(300 + 9, 250), before)).toBeGreaterThan(80);
    await session.page.evaluate('globalThis.mapPage.hover(null)');
  });

  it.each([
    ['all pictures', () => true],
    ['a subset', (index: number) => index % 3 !== 1],
  ])('the id under the pointer is the id shown: %s', async (_name, keep) => {
    const content = cloud(400, keep);
    await showOnMap(session.page, content);
    const { ids, coordinates } = content.points;
    const { categories } = content.colours;
    const fitted = fitCamera(boundsOf(coordinates), size, 56);
    const pixel = await pixelsOf(session.page);
    let checked = 0;
    for (let index = 0; index < ids.length; index += 6) {
      const data = { x: coordinates[index * 2]!, y: coordinates[index * 2 + 1]! };
      const at = toScreen(fitted, size, data);
      const [x, y] = [Math.round(at.x) + (index % 5) - 2, Math.round(at.y) + (index % 7) - 3];
      await session.page.mouse.move(x + 0.5, y + 0.5);
      const hovered = (await takeEvents(session.page)).hovered.at(-1) ?? null;
      if (hovered === null || distance(pixel(x, y), ground) < 100) continue;
      const colour = palette[categories[ids.indexOf(hovered)]!]!;
      const shown = palette.map((css) => distance(pixel(x, y), channels(css)));
      expect(colour, `${hovered} at ${x}, ${y}`).toBe(palette[shown.indexOf(Math.min(...shown))]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(30);
  });

  it('makes the clicked picture the anchor, and nothing on empty ground', async () => {
    const at = positionOf(-5, 3);
    await session.page.mouse.click(at.x, at.y);
    await session.page.mouse.click(200, 100);
    expect((await takeEvents(session.page)).anchors).toEqual([44]);
  });

  it('pans with the hand and zooms about the pointer', async () => {
    const at = positionOf(5, 3);
    await session.page.mouse.move(at.x, at.y);
    await session.page.mouse.wheel(0, -300);
    const other = positionOf(-5, 3);
    await expect.poll(async () => (await pixelsOf(session.page))(other.x, other.y)).toEqual(ground);
    expect((await pixelsOf(session.page))(at.x, at.y)[1]).toBeGreaterThan(200);
    await session.page.mouse.down();
    await session.page.mouse.move(at.x - 50, at.y + 30);
    await session.page.mouse.move(at.x - 100, at.y + 60);
    await session.page.mouse.up();
    await nextFrames(session.page);
    await session.page.mouse.click(at.x - 100, at.y + 60);
    expect((await takeEvents(session.page)).anchors).toEqual([22]);
  });
});

describe('selecting', () => {
  const around = async (
    left: number,
    top: number,
    right: number,
    bottom: number,
  ): Promise<void> => {
    await session.page.mouse.move(left, top);
    await session.page.mouse.down();
    for (const [x, y] of [
      [right, top],
      [right, bottom],
      [left, bottom],
    ] as const) {
      await session.page.mouse.move(x, y, { steps: 4 });
    }
    await session.page.mouse.up();
  };

  it('selects with a lasso, adds with Shift and removes with Alt', async () => {
    await showOnMap(session.page, { tool: 'lasso' });
    await around(20, 60, 330, 300);
    await session.page.keyboard.down('Shift');
    await around(500, 50, 590, 150);
    await session.page.keyboard.up('Shift');
    await session.page.keyboard.down('Alt');
    await around(250, 200, 350, 300);
    await session.page.keyboard.up('Alt');
    expect((await takeEvents(session.page)).selections).toEqual([
      { ids: [33, 44], mode: 'replace' },
      { ids: [22], mode: 'add' },
      { ids: [33], mode: 'remove' },
    ]);
  });

  it('selects with a rectangle, which Escape gives up', async () => {
    await showOnMap(session.page, { tool: 'rectangle' });
    await session.page.mouse.move(10, 10);
    await session.page.mouse.down();
    await session.page.mouse.move(310, 490, { steps: 3 });
    await session.page.mouse.up();
    await session.page.getByRole('application').focus();
    await session.page.mouse.move(10, 10);
    await session.page.mouse.down();
    await session.page.mouse.move(590, 490, { steps: 3 });
    await session.page.keyboard.press('Escape');
    await session.page.mouse.up();
    const { selections } = await takeEvents(session.page);
    expect(selections).toEqual([{ ids: [11, 33, 44], mode: 'replace' }]);
  });

  it('rings what is selected', async () => {
    const at = { x: 300, y: 250 };
    await showOnMap(session.page, { selection: [33] });
    const pixel = await pixelsOf(session.page);
    const rim = [6, 7, 8].map((dx) => Math.min(...pixel(at.x + dx, at.y)));
    expect(Math.max(...rim)).toBeGreaterThan(140);
  });
});

describe('keyboard', () => {
  it('walks from picture to picture, speaks, chooses, and lets Tab leave when not walking', async () => {
    const map = session.page.getByRole('application');
    await map.focus();
    await session.page.keyboard.press('Enter');
    await session.page.keyboard.press('Tab');
    await session.page.keyboard.press('Shift+Tab');
    const spoken = session.page.locator('[aria-live=polite]');
    expect(await spoken.innerText()).toBe('picture number 33');
    await session.page.keyboard.press('Enter');
    await session.page.keyboard.press(' ');
    await session.page.keyboard.press('Escape');
    const { hovered, anchors, selections } = await takeEvents(session.page);
    expect(hovered[0]).toBe(33);
    expect([11, 22, 44, 55]).toContain(hovered[1]);
    expect(hovered.slice(2)).toEqual([33, null]);
    expect(anchors).toEqual([33]);
    expect(selections).toEqual([{ ids: [33], mode: 'add' }]);
    await session.page.keyboard.press('Tab');
    expect(await session.page.evaluate('document.activeElement.getAttribute("role")')).toBeNull();
  });

  it('pans with arrows, zooms with plus and minus, fits with 0', async () => {
    await session.page.getByRole('application').focus();
    const blueAt = async (x: number, y: number): Promise<number> => {
      await nextFrames(session.page);
      return (await pixelsOf(session.page))(x, y)[2]!;
    };
    await session.page.keyboard.press('ArrowRight');
    expect(await blueAt(240, 250)).toBeGreaterThan(200);
    await session.page.keyboard.press('+');
    expect(await blueAt(300 - 60 * 1.4, 250)).toBeGreaterThan(200);
    await session.page.keyboard.press('0');
    expect(await blueAt(300, 250)).toBeGreaterThan(200);
  });
});
