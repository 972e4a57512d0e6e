import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

beforeAll(async () => {
  const { page, engine } = session;
  const [hash = ''] = (await engine.call('library.samples', {})).hashes;
  await page.getByRole('button', { name: /^raw/ }).waitFor();
  await page.evaluate(`location.hash = '#anchor=${hash}&run=1'`);
  await page.getByRole('slider', { name: /lower cut/ }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the cuts of the ring', () => {
  it('are caught each by the mouse, also where they meet', async () => {
    const { page } = session;
    const lower = page.getByRole('slider', { name: /lower cut/ });
    const upper = page.getByRole('slider', { name: /upper cut/ });
    const percentiles = (): Promise<number[]> =>
      Promise.all(
        [lower, upper].map(async (cut) => Number(await cut.getAttribute('aria-valuenow'))),
      );
    const apart = async (): Promise<number> => {
      const [low = 0, high = 0] = await percentiles();
      return high - low;
    };
    await lower.focus();
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
    await expect.poll(apart).toBeLessThan(2);
    const dragged = async (cut: Locator, by: number): Promise<void> => {
      const box = (await cut.boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + by, box.y + box.height / 2, { steps: 4 });
      await page.mouse.up();
    };
    const [low = 0, high = 0] = await percentiles();
    await dragged(upper, 4);
    await expect.poll(async () => (await percentiles())[0]).toBe(low);
    await dragged(lower, -80);
    await expect.poll(async () => (await percentiles())[0]).toBeLessThan(low);
    expect((await percentiles())[1]).toBeGreaterThanOrEqual(high);
    await page.getByRole('button', { name: 'the run’s own' }).click();
  });
});
