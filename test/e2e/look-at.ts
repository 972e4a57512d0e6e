import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousViolations } from './accessibility.ts';

/** In both themes: axe finds nothing serious, and a picture is taken into the folder `SHOTS`, if that is set. */
export async function lookAt(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousViolations(page)).toEqual([]);
    if (folder) await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
}
