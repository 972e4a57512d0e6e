import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { trainInput } from '../../src-main/contract/runs.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { runTrainJob } from '../../src-main/engine/training/train-job.ts';
import { scan } from '../engine/pictures/scan.ts';
import { emojiFolder, testContext } from '../engine/training/job-contexts.ts';

/** Megabytes of the process, after so many epochs of a small training. */
export interface ResidentSetFigures {
  readonly after5: number;
  readonly after50: number;
}

/** Trains with a queue, the ledger on, and looks at the process after 5 and 50 epochs. */
export async function residentSets(): Promise<ResidentSetFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  const library = openLibrary(join(folder, 'library.sqlite'), { mode: 'write', now: Date.now });
  const megabytesAt = new Map<number, number>();
  const onReport = ({ detail }: { readonly detail?: Readonly<Record<string, unknown>> }): void => {
    const epoch = detail?.['epoch'];
    if (typeof epoch !== 'number') return;
    megabytesAt.set(epoch, process.memoryUsage().rss / 2 ** 20);
  };
  try {
    await scan(library, emojiFolder);
    const settings = { objective: 'moco-ring', epochs: 50, batch: 24, size: 16, device: 'cpu' };
    await runTrainJob(testContext({ library, job: 1, onReport }), trainInput.parse(settings));
  } finally {
    library.close();
    rmSync(folder, { recursive: true });
  }
  return { after5: megabytesAt.get(5) ?? NaN, after50: megabytesAt.get(50) ?? NaN };
}
