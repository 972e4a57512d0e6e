import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { methods } from '../../../src-main/contract/methods.ts';
import { nearDuplicateRows } from '../../../src-main/engine/neighbours/near-duplicates.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import { addRawPixelRun } from '../../contract/raw-pixel-run.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

/** Rows on the unit circle. */
function circle(...degrees: number[]): Float32Array {
  return Float32Array.from(
    degrees.flatMap((degree) => [
      Math.cos((degree * Math.PI) / 180),
      Math.sin((degree * Math.PI) / 180),
    ]),
  );
}

const neighboursOf = (vectors: Float32Array, k: number) =>
  exactNeighbours({ vectors, count: vectors.length / 2, dimensions: 2, k, threads: 1 });

test('takes pairs within a part of the median distance to the nearest, and joins them to groups', async () => {
  // 0, 1 and 2.5 degrees are near each other, so are 90 and 92; 180 and 220 are far from everything.
  const neighbours = await neighboursOf(circle(0, 1, 2.5, 90, 92, 180, 220), 3);
  const between = (degrees: number) => 1 - Math.cos((degrees * Math.PI) / 180);
  // The nearest are 1, 1, 1.5, 2, 2, 40 and 40 degrees away: 2 is the median.
  const wide = nearDuplicateRows(neighbours, 1);
  expect(wide.median).toBeCloseTo(between(2), 6);
  const rowsOf = ({ pairs }: typeof wide) => pairs.map(({ first, second }) => [first, second]);
  const nearest = [
    [0, 1],
    [1, 2],
    [3, 4],
  ];
  expect(rowsOf(wide)).toEqual(nearest);
  expect(wide.pairs[1]?.distance).toBeCloseTo(between(1.5), 6);
  expect(wide.groups.map(({ pictures, links }) => [[...pictures], [...links]])).toEqual([
    [
      [0, 1, 2],
      [0, 1],
    ],
    [[3, 4], [2]],
  ]);
  expect(rowsOf(nearDuplicateRows(neighbours, 0.6))).toEqual(nearest.slice(0, 2));
  expect(nearDuplicateRows(neighbours, 0).pairs).toEqual([]);
});

test('joins a group by its nearest pairs only, each pair found from either side once', async () => {
  const neighbours = await neighboursOf(circle(0, 0, 0, 90, 180, 270), 2);
  const { pairs, groups, cut } = nearDuplicateRows(neighbours, 0);
  expect(cut).toBe(0);
  expect(pairs).toEqual([
    { first: 0, second: 1, distance: 0 },
    { first: 0, second: 2, distance: 0 },
    { first: 1, second: 2, distance: 0 },
  ]);
  expect(groups.map(({ links }) => [...links])).toEqual([[0, 1]]);
});

/** The emoji's library with one of them saved again as WebP, and one copied as it is. */
async function libraryWithCopies() {
  const folder = join(temporaryFolder(), 'emoji');
  await cp(emojiFolder, folder, { recursive: true });
  const opened = await openTestEngine();
  const { engine } = opened;
  const { file } = await engine.call('library.open', { folder });
  await runToState(engine, 'scan', { folder });
  const before = await engine.call('library.samples', {});
  const [first, second] = before.paths as [string, string];
  const again = first.replace('.png', ' again.webp');
  await sharp(join(folder, first)).webp({ quality: 90 }).toFile(join(folder, again));
  await mkdir(join(folder, 'copies'));
  await cp(join(folder, second), join(folder, 'copies/one.png'));
  await runToState(engine, 'scan', { folder });
  const { ids, paths, hashes } = await engine.call('library.samples', {});
  const rowOf = (id = -1) => ids.indexOf(id);
  return {
    ...{ engine, close: () => opened.close(), folder, file: file ?? '' },
    similar: [again, first].sort(),
    alike: ['copies/one.png', second].sort(),
    pathOf: (id?: number) => paths[rowOf(id)],
    hashOf: (id?: number) => hashes[rowOf(id)] ?? '',
  };
}

test('finds the pictures that were saved again, once neighbours are known', async () => {
  const { engine, close, folder, file, similar, pathOf } = await libraryWithCopies();
  const run = await addRawPixelRun(file, folder);
  expect(await engine.call('runs.nearDuplicates', { run })).toBeNull();
  const job = await runToState(engine, 'neighbours', { run });
  expect(job).toMatchObject({ state: 'done', result: { pictures: 97, neighbours: 15 } });
  const found = (await engine.call('runs.nearDuplicates', { run }))!;
  expect(methods['runs.nearDuplicates'].output.safeParse(found).error).toBeUndefined();
  expect([pathOf(found.first[0]), pathOf(found.second[0])].sort()).toEqual(similar);
  expect(found.distance[0]).toBeLessThan(found.cut);
  const wide = await engine.call('runs.nearDuplicates', { run, threshold: 1 });
  expect(wide?.first.length).toBeGreaterThan(found.first.length);
  await close();
});

test('lists files that are byte by byte the same, and what is known of them', async () => {
  const { engine, close, folder, alike, hashOf } = await libraryWithCopies();
  const duplicates = await engine.call('library.duplicates', {});
  expect(duplicates.map(({ paths }) => paths)).toEqual([alike]);
  const hash = hashOf(duplicates[0]?.id);
  const details = await engine.call('pictures.details', { hash });
  expect(methods['pictures.details'].output.safeParse(details).error).toBeUndefined();
  expect(details).toMatchObject({ hash, width: 48, height: 48, format: 'png' });
  expect(details.files.map(({ path }) => path)).toEqual(alike.map((path) => join(folder, path)));
  await expect(engine.call('pictures.details', { hash: 'f'.repeat(64) })).rejects.toMatchObject({
    code: 'not-found',
  });
  await close();
});
