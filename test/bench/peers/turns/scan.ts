import { join } from 'node:path';
import { runJob } from '../../../../src-main/cli/run-job.ts';
import { engineOnEmptyLibrary, silent } from './quiet-engine.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder } = turnInput();
const engine = await engineOnEmptyLibrary();
const start = performance.now();
await runJob(engine, 'scan', { folder: join(folder, 'pictures') }, silent);
const all = (performance.now() - start) / 1000;
const { hashes } = await engine.call('library.samples', {});
await engine.close();
printTurn({ all }, { pictures: hashes.length });
