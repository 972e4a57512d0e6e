import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { renderPicture } from '../../../src-main/engine/pictures/render-picture.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { noise, redAndBlue, writeFiles } from './made-pictures.ts';
import { scan } from './scan.ts';

test('a picture is shown at the size asked for, from the file that holds its content', async () => {
  const library = temporaryLibrary();
  const folder = temporaryFolder();
  writeFiles(folder, { 'a.png': await redAndBlue(300, 150).png().toBuffer() });
  await scan(library, folder);
  const hash = presentSamples(library).hashes[0]!;
  const shown = await sharp(await renderPicture(library, hash, 100)).metadata();
  expect(shown).toMatchObject({ format: 'webp', width: 100, height: 50 });
  expect((await sharp(await renderPicture(library, hash, 2000)).metadata()).width).toBe(300);
  writeFileSync(join(folder, 'a.png'), await noise(9, 9, 1).png().toBuffer());
  await expect(renderPicture(library, hash, 100)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('Has changed') as string,
  });
  await expect(renderPicture(library, '0'.repeat(64), 100)).rejects.toMatchObject({
    code: 'not-found',
  });
});
