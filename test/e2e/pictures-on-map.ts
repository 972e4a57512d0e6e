import type { Page } from 'playwright-core';
import type { EngineClient } from '../../src-main/contract/client.ts';
import { boundsOf, fitCamera, toScreen } from '../../src-renderer/map/scene/camera.ts';

interface PictureOnMap {
  readonly path: string;
  /** In CSS pixels of the page. */
  readonly x: number;
  readonly y: number;
}

/**
 * Where the pictures of a run lie on the whole map of Explore, by the engine's own coordinates: those
 * first that lie farthest from all others, none under the map's tools.
 */
export async function picturesOnMap(
  page: Page,
  engine: EngineClient,
  run: number,
): Promise<PictureOnMap[]> {
  const map = await engine.call('runs.map', { run });
  const { ids, paths } = await engine.call('library.samples', {});
  const box = await page.getByRole('application').boundingBox();
  if (!map || !box) throw new Error('There is no map on screen.');
  const groups = await page.getByRole('region', { name: 'Map' }).locator('.group').all();
  const tools = await Promise.all(groups.map((group) => group.boundingBox()));
  const isFree = ({ x, y }: { x: number; y: number }): boolean =>
    x > 20 &&
    !tools.some(
      (tool) =>
        tool !== null &&
        Math.abs(box.x + x - tool.x - tool.width / 2) < tool.width / 2 + 10 &&
        Math.abs(box.y + y - tool.y - tool.height / 2) < tool.height / 2 + 10,
    );
  const camera = fitCamera(boundsOf(map.coordinates), box, 56);
  const positions = Array.from(map.ids, (id, point) => ({
    path: paths[ids.indexOf(id)] ?? '',
    ...toScreen(camera, box, {
      x: map.coordinates[point * 2] ?? 0,
      y: map.coordinates[point * 2 + 1] ?? 0,
    }),
  }));
  const apart = (one: PictureOnMap): number =>
    Math.min(
      ...positions
        .filter((other) => other !== one)
        .map((o) => Math.hypot(o.x - one.x, o.y - one.y)),
    );
  return positions
    .filter(isFree)
    .sort((a, b) => apart(b) - apart(a))
    .map(({ path, x, y }) => ({ path, x: box.x + x, y: box.y + y }));
}
