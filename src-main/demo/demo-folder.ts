import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { listDrawings } from './emoji-drawings.ts';

const recipeSchema = z.object({
  pictureSize: z.number().int(),
  emojiPerClass: z.number().int(),
  vendors: z.array(z.string()),
  classes: z.array(z.string()),
});
export type DemoRecipe = z.infer<typeof recipeSchema>;

const notice = `The pictures in this folder are renderings of emoji drawn by others:
noto and noto-v1: Copyright Google, Apache License 2.0 (github.com/googlefonts/noto-emoji)
fluent-emoji-flat: Copyright Microsoft, MIT License (github.com/microsoft/fluentui-emoji)
They were rendered from the npm packages @iconify-json/noto, noto-v1 and fluent-emoji-flat.
`;

/** Reads the recipe of the demo's pictures. */
export async function readDemoRecipe(file: string | URL): Promise<DemoRecipe> {
  return recipeSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/**
 * Renders the recipe's emoji into `folder`, with one sub-folder per class and files named
 * `<codepoints>__<vendor>.png`; resolves to the number of pictures. A complete folder is left
 * unchanged. Nobody sees an incomplete one, since it is renamed at the end.
 */
export async function buildDemoFolder(
  folder: string,
  recipe: DemoRecipe,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const drawings = listDrawings(recipe);
  if (existsSync(join(folder, 'NOTICE.txt'))) return drawings.length;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  for (const subgroup of recipe.classes)
    await mkdir(join(unfinished, subgroup), { recursive: true });
  for (const [index, drawing] of drawings.entries()) {
    const file = `${drawing.codepoints}__${drawing.vendor}.png`;
    await sharp(Buffer.from(drawing.svg))
      .flatten({ background: '#fff' })
      .png()
      .toFile(join(unfinished, drawing.subgroup, file));
    onProgress(index + 1, drawings.length);
  }
  await writeFile(join(unfinished, 'NOTICE.txt'), notice);
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  return drawings.length;
}
