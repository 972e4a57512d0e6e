import { describe, expect, it } from 'vitest';
import type { PageContent } from '../renderer/map/page/page-api.ts';
import { pixelsOf, showOnMap } from './map-page.ts';
import { bare, distance, ground, palette, size, useMapSession } from './map-session.ts';

const session = useMapSession();

/** A deterministic cloud of all layers, dense enough that dots lie over one another. */
function cloud(count: number): Partial<PageContent> {
  let seed = 9;
  const random = (): number => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const around = (): number => random() + random() + random() - 1.5;
  const coordinates = Float32Array.from({ length: count * 2 }, () => 5 * around());
  const every = (step: number): number[] =>
    Array.from({ length: Math.floor(count / step) }, (_, index) => index * step);
  return {
    points: { ids: Uint32Array.from({ length: count }, (_, index) => index), coordinates },
    colours: { categories: Uint8Array.from({ length: count }, (_, index) => index % 4), palette },
    emphasis: Uint8Array.from({ length: count }, (_, index) => (index * 7) % 3),
    selection: every(11),
  };
}

describe('dots', () => {
  it.each([60, 3000])(
    'of %i pictures are the same by the processor as by the card',
    async (count) => {
      const pictures = await Promise.all(
        (['graphics', 'processor'] as const).map(async (dotsBy) => {
          const page = await session.open(session.browser, undefined, dotsBy);
          await showOnMap(page, { ...bare, ...cloud(count) });
          const pixel = await pixelsOf(page);
          await page.close();
          return pixel;
        }),
      );
      const [card, processor] = pictures;
      let drawn = 0;
      let sum = 0;
      for (let y = 0; y < size.height; y += 1) {
        for (let x = 0; x < size.width; x += 1) {
          const [a, b] = [card?.(x, y) ?? [], processor?.(x, y) ?? []];
          if (distance(a, ground) < 8 && distance(b, ground) < 8) continue;
          drawn += 1;
          sum += distance(a, b);
        }
      }
      expect(drawn).toBeGreaterThan(count * 8);
      // The processor puts middles to a quarter of a pixel: rims differ a little, positions and colours do not.
      expect(sum / drawn).toBeLessThan(18);
    },
  );

  it('have lines of equal density around them when asked, and none when not', async () => {
    const dense = { ...bare, ...cloud(3000), emphasis: undefined, selection: [] };
    await showOnMap(session.page, dense);
    const without = await pixelsOf(session.page);
    await showOnMap(session.page, { hasContours: true });
    const within = await pixelsOf(session.page);
    let rings = 0;
    let isInside = false;
    // From the left edge to the middle: each line that is crossed on free ground counts.
    for (let x = 0; x < size.width / 2; x += 1) {
      const isLine = distance(without(x, 250), ground) < 4 && distance(within(x, 250), ground) > 15;
      if (isLine && !isInside) rings += 1;
      isInside = isLine;
    }
    expect(rings).toBeGreaterThan(0);
    await showOnMap(session.page, { hasContours: false });
    expect((await pixelsOf(session.page))(20, 20)).toEqual(ground);
  });
});
