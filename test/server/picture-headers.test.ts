import { expect, test } from 'vitest';
import { pictureHeaders } from '../../src-main/pages/picture-file.ts';
import { noise } from '../engine/pictures/made-pictures.ts';

test.each(['jpeg', 'png', 'webp'] as const)('a %s is served as one', async (format) => {
  const picture = await noise(8, 8, 1).toFormat(format).toBuffer();
  expect(pictureHeaders(picture)).toMatchObject({ 'Content-Type': `image/${format}` });
});
