import { join } from 'node:path';
import { runJob } from '../../../../src-main/cli/run-job.ts';
import { engineOnEmptyLibrary, silent } from './quiet-engine.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder } = turnInput();
const engine = await engineOnEmptyLibrary();
await runJob(engine, 'scan', { folder: join(folder, 'pictures') }, silent);
const input = { encoder: 'starter', device: 'cpu' } as const;
const start = performance.now();
const { embedded, imagesPerSecond } = await runJob(engine, 'embed', input, silent);
const job = (performance.now() - start) / 1000;
await engine.close();
// The job as a whole also compiles the encoder, whitens, and finds out what the device can.
printTurn(
  { picture: 1 / imagesPerSecond },
  { pictures: embedded, picturesPerSecond: imagesPerSecond, jobSeconds: job },
);
