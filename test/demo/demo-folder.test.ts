import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemoFolder, readDemoRecipe } from '../../src-main/demo/demo-folder.ts';
import { listDrawings } from '../../src-main/demo/emoji-drawings.ts';

const recipeFile = join(import.meta.dirname, '../../resources/demo-recipe.json');

describe('the demo folder', () => {
  let parent: string;
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'negatoscope-demo-'));
  });
  afterAll(() => rm(parent, { recursive: true }));

  it('lists about 1,000 drawings in at least 20 classes, each emoji by at least two vendors', async () => {
    const drawings = listDrawings(await readDemoRecipe(recipeFile));
    const vendorsOf = new Map<string, Set<string>>();
    for (const { codepoints, vendor } of drawings) {
      vendorsOf.set(codepoints, (vendorsOf.get(codepoints) ?? new Set()).add(vendor));
    }
    expect(drawings.length).toBeGreaterThan(900);
    expect(drawings.length).toBeLessThan(1300);
    expect(new Set(drawings.map((drawing) => drawing.subgroup)).size).toBeGreaterThanOrEqual(20);
    expect(Math.min(...[...vendorsOf.values()].map((vendors) => vendors.size))).toBe(2);
    const names = drawings.map(({ codepoints, vendor }) => `${codepoints}__${vendor}`);
    expect(new Set(names).size).toBe(drawings.length);
  });

  it('renders real pictures, and leaves a complete folder alone', async () => {
    const recipe = { ...(await readDemoRecipe(recipeFile)), classes: ['food-fruit', 'drink'] };
    const folder = join(parent, 'pictures');
    const count = await buildDemoFolder(folder, recipe, () => undefined);
    const fruit = await readdir(join(folder, 'food-fruit'));
    const drinks = await readdir(join(folder, 'drink'));
    expect(fruit.length + drinks.length).toBe(count);
    const picture = join(folder, 'food-fruit', fruit[0]!);
    const { channels } = await sharp(picture).stats();
    expect(await sharp(picture).metadata()).toMatchObject({ width: 96, height: 96 });
    expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(10);
    const before = (await stat(picture)).mtimeMs;
    await buildDemoFolder(folder, recipe, () => expect.unreachable('nothing is drawn again'));
    expect((await stat(picture)).mtimeMs).toBe(before);
  });
});
