import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildMeasuredPage } from './measured-app.ts';
import { measureUi, type UiFigures } from './measure-ui.ts';

/** `npm run bench:ui [-- --points 10000,50000]`: how fast the app is, in a browser, as JSON. */
const { values } = parseArgs({ options: { points: { type: 'string', default: '10000,50000' } } });
const sizes = values.points.split(',').map(Number);
if (!sizes.every((size) => Number.isInteger(size) && size >= 1000)) {
  console.error(`--points takes numbers from 1000 with commas between, not ${values.points}.`);
  process.exit(2);
}

const pageFolder = await buildMeasuredPage();
try {
  const figures: UiFigures[] = [];
  for (const size of sizes) figures.push(await measureUi(pageFolder, size));
  console.log(JSON.stringify({ cores: availableParallelism(), figures }, null, 2));
} finally {
  rmSync(pageFolder, { recursive: true });
}
