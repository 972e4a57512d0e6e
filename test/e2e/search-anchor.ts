import type { Page } from 'playwright-core';

/** Makes a picture the anchor by the search box, named by its path. */
export async function searchAnchor(page: Page, path: string): Promise<void> {
  const words = path.replace(/\.\w+$/, '').replaceAll('/', ' ');
  await page.getByRole('combobox', { name: /^Search/ }).fill(words);
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: `The anchor: ${path}` }).waitFor();
}
