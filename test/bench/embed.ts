import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOptions } from '../../src-main/cli/command-line-options.ts';
import { runJob } from '../../src-main/cli/run-job.ts';
import { createEngine } from '../../src-main/engine/engine.ts';

const pictures = join(import.meta.dirname, '../fixtures/emoji');
const silent = { show: () => undefined, end: () => undefined };

/** The starter encoder on 96 real pictures: decoding, inference and saving, on the device chosen. */
export async function benchEmbed(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  const engine = createEngine({ ...commandLineOptions(), dataFolder: folder });
  try {
    await engine.call('library.open', { file: join(folder, 'library.sqlite') });
    await runJob(engine, 'scan', { folder: pictures }, silent);
    const result = await runJob(engine, 'embed', { encoder: 'starter' }, silent);
    return { pictures: result.embedded, imagesPerSecond: result.imagesPerSecond };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}
