import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { boundsOf, fitCamera, toScreen } from '../../src-renderer/map/camera.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession();

beforeAll(async () => {
  const { page, engine, folder } = session;
  const { file } = await engine.call('library.open', { folder });
  await runToState(engine, 'scan', { folder, labels: 'folder' });
  await addRawPixelRun(file ?? '', folder);
  await runToState(engine, 'map', { run: 1 });
  await page.reload();
  const places = page.getByRole('navigation', { name: 'Places' });
  await places.getByRole('button', { name: 'Explore' }).click();
  await page.locator('button.layout').waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

/** Points at the picture that lies farthest from all others, by the engine's own coordinates. */
async function nameUnderPointer(keeps: (path: string) => boolean): Promise<string[]> {
  const { page, engine } = session;
  const map = await engine.call('runs.map', { run: 1 });
  const { ids, paths } = await engine.call('library.samples', {});
  const box = await page.getByRole('application').boundingBox();
  if (!map || !box) throw new Error('There is no map on screen.');
  const camera = fitCamera(boundsOf(map.coordinates), box, 56);
  const places = Array.from(map.ids, (id, point) => ({
    path: paths[ids.indexOf(id)] ?? '',
    ...toScreen(camera, box, {
      x: map.coordinates[point * 2] ?? 0,
      y: map.coordinates[point * 2 + 1] ?? 0,
    }),
  }));
  const apart = (one: (typeof places)[number]): number =>
    Math.min(
      ...places.filter((other) => other !== one).map((o) => Math.hypot(o.x - one.x, o.y - one.y)),
    );
  const free = places
    .filter(({ path, x, y }) => keeps(path) && y > 80 && y < box.height - 100 && x > 20)
    .sort((a, b) => apart(b) - apart(a))
    .slice(0, 5);
  const wrong: string[] = [];
  for (const { path, x, y } of free) {
    await page.mouse.move(box.x + x, box.y + y);
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
    expect(await nameUnderPointer(() => true)).toEqual([]);
  });

  it('under a filter, inside it and outside', async () => {
    await session.page
      .getByRole('button', { name: /^animal-bird/ })
      .first()
      .click();
    expect(await nameUnderPointer((path) => path.startsWith('animal-bird'))).toEqual([]);
    expect(await nameUnderPointer((path) => !path.startsWith('animal-bird'))).toEqual([]);
    await session.page.keyboard.press('Escape');
  });

  it('after a re-scan that no longer finds a whole folder', async () => {
    const { engine, folder } = session;
    await rm(join(folder, 'clothing'), { recursive: true });
    await runToState(engine, 'scan', { folder, labels: 'folder' });
    expect((await engine.call('library.status', {})).images).toBe(84);
    expect(await nameUnderPointer((path) => path !== '')).toEqual([]);
  });
});
