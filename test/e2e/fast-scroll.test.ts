import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'no runs' });
const answerMs = 300;
/** What the page loads at once. */
const atOnce = 6;

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

it('what a fast scroll passes is not loaded before what it ends at', async () => {
  const { page } = session;
  const asked: string[] = [];
  await page.setViewportSize({ width: 960, height: 600 });
  await page.route('**/thumbnail/*', async (route) => {
    asked.push(new URL(route.request().url()).pathname);
    await setTimeout(answerMs);
    await route.continue().catch(() => undefined);
  });
  await page.reload();
  const list = page.getByRole('list', { name: 'Pictures' });
  await list.getByRole('button').first().waitFor();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await list.evaluate((node) => {
    const scroller = node as unknown as { scrollTop: number; scrollHeight: number };
    scroller.scrollTop = scroller.scrollHeight;
  });
  const images = list.locator('img');
  const widthOfLast = (): Promise<number> =>
    images.last().evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
  await expect.poll(widthOfLast).toBeGreaterThan(0);
  const shown: (string | null)[] = [];
  for (const image of await images.all()) shown.push(await image.getAttribute('src'));
  const passed = asked.filter((path) => !shown.includes(path));
  expect(asked.length - passed.length).toBeGreaterThan(atOnce);
  // One round may have been answered before the scroll, and the next be under way.
  expect(passed.length).toBeLessThanOrEqual(2 * atOnce);
});
