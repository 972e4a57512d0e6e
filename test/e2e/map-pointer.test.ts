import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';
import { picturesOnMap } from './pictures-on-map.ts';

const session = useAppSession();

beforeAll(async () => {
  const { page, engine, folder } = session;
  const { file } = await engine.call('library.open', { folder });
  await runToState(engine, 'scan', { folder, labels: 'folder' });
  await addRawPixelRun(file ?? '', folder);
  await runToState(engine, 'map', { run: 1 });
  await page.reload();
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('button', { name: 'Explore' }).click();
  await page.locator('button.layout').waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

/** What the card says wrongly at the five pictures that lie farthest from all others. */
async function wrongCards(keeps: (path: string) => boolean): Promise<string[]> {
  const { page, engine } = session;
  const free = (await picturesOnMap(page, engine, 1)).filter(({ path }) => keeps(path)).slice(0, 5);
  const wrong: string[] = [];
  for (const { path, x, y } of free) {
    await page.mouse.move(x, y);
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.png$/, '');
    const card = page.locator('.map .card strong').first();
    const shown = await card.textContent();
    if (shown !== name) wrong.push(`${shown ?? ''} where ${name} is`);
  }
  expect(free.length).toBe(5);
  return wrong;
}

describe('the picture under the pointer is the one that the card names', () => {
  it('on the whole map', async () => {
    expect(await wrongCards(() => true)).toEqual([]);
  });

  it('under a filter, inside it and outside', async () => {
    await session.page
      .getByRole('button', { name: /^animal-bird/ })
      .first()
      .click();
    expect(await wrongCards((path) => path.startsWith('animal-bird'))).toEqual([]);
    expect(await wrongCards((path) => !path.startsWith('animal-bird'))).toEqual([]);
    await session.page.keyboard.press('Escape');
  });

  it('after a re-scan that no longer finds a whole folder', async () => {
    const { engine, folder } = session;
    await rm(join(folder, 'clothing'), { recursive: true });
    await runToState(engine, 'scan', { folder, labels: 'folder' });
    expect((await engine.call('library.status', {})).images).toBe(84);
    expect(await wrongCards((path) => path !== '')).toEqual([]);
  });
});
