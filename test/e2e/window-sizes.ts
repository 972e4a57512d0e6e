import type { Page } from 'playwright-core';
import { layoutTroubles } from './layout-troubles.ts';
import { nextFrames } from './map-page.ts';

/** From the desktop's least window, which is also 1440 × 900 at 150 % zoom, to 4K; CSS pixels. */
export const windowSizes = {
  least: { width: 960, height: 600 },
  narrow: { width: 1100, height: 700 },
  small: { width: 1280, height: 720 },
  usual: { width: 1440, height: 900 },
  large: { width: 2560, height: 1440 },
  '4k': { width: 3840, height: 2160 },
} as const;
type SizeName = keyof typeof windowSizes;

/**
 * What lies badly in windows of these sizes, in words. With a folder `SHOTS`, a picture of each in
 * either theme is taken into it.
 */
export async function troublesBySize(
  page: Page,
  screenName: string,
  sizes = Object.keys(windowSizes) as SizeName[],
): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(windowSizes[size]);
    const troubles = await troublesAtRest(page);
    found.push(...troubles.map((trouble) => `${screenName}, ${size}: ${trouble}`));
    await takeShots(page, `${screenName}-${size}`);
  }
  return found;
}

/** What is laid out by script follows the window some frames later, more on a busy machine. */
export async function troublesAtRest(page: Page): Promise<string[]> {
  let troubles: string[] = [];
  for (let tries = 0; tries < 12; tries++) {
    await nextFrames(page);
    troubles = await layoutTroubles(page);
    if (troubles.length === 0) break;
  }
  return troubles;
}

async function takeShots(page: Page, name: string): Promise<void> {
  const shots = process.env['SHOTS'];
  if (!shots) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png` });
  }
}
