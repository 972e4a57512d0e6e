import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { toErrorReport, type ErrorReport } from '../../../src-main/contract/errors/errors.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { outliveErrors } from '../../../src-main/engine/outlive-errors.ts';
import { runToState, waitForState } from '../../contract/wait-for-job.ts';

// An engine whose library lies on a small disk that fills up. Arguments: the disk's folder, the pictures'
// folder, and a folder on another disk. Prints what happened as JSON.
const [disk = '', pictures = '', elsewhere = ''] = process.argv.slice(2);
const file = join(disk, 'l.sqlite');
const filler = join(disk, 'filler');

const openEngine = (): ReturnType<typeof createEngine> =>
  createEngine({
    ...{ dataFolder: disk, modelFolder: elsewhere, workingFolder: elsewhere },
    now: () => Date.now(),
  });

/** Fills the disk to its last byte; also the log of SQLITE has no page left that it could use again. */
function fillDisk(): void {
  const other = new Database(file);
  other.pragma('wal_checkpoint(TRUNCATE)');
  other.close();
  const handle = openSync(filler, 'w');
  for (let bytes = 65_536; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    const full = Buffer.alloc(bytes, 1);
    try {
      for (;;) if (writeSync(handle, full) < bytes) break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(handle);
}

const engine = openEngine();
const logged: string[] = [];
outliveErrors(engine, (text) => logged.push(text));
const faults: ErrorReport[] = [];
engine.on('fault', (report) => faults.push(report));
await engine.call('library.open', { file });
await runToState(engine, 'scan', { folder: pictures });
const { hashes } = await engine.call('library.samples', {});

// The disk is full when a training has begun: its thread cannot save.
const training = { encoder: 'resnet8', epochs: 2, batch: 16 } as const;
let hasBegun = false;
engine.on('job', ({ kind, state }) => {
  if (kind !== 'train' || state !== 'running' || hasBegun) return;
  hasBegun = true;
  fillDisk();
});
const stuck = await runToState(engine, 'train', training, ['paused', 'done', 'failed']);
const stuckFaults = faults.splice(0);

// A job that needs no space of that disk comes to its end; only its end cannot be noted.
const csv = join(elsewhere, 'pictures.csv');
rmSync(filler);
const exported = engine.call('jobs.start', {
  ...{ kind: 'export', input: { what: 'runs', format: 'csv', file: csv } },
} as never);
fillDisk();
const { job } = await exported;
const unnoted = await waitForState(engine, job);
const listed = (await engine.call('jobs.list', {})).find((status) => status.job === job);
const noVerdict = await engine
  .call('verdicts.set', { pair: [hashes[0] ?? '', hashes[1] ?? ''], verdict: 'same' })
  .catch(toErrorReport);
const pictured = (await engine.call('library.status', {})).images;

rmSync(filler);
await engine.call('jobs.resume', { job: stuck.job });
const resumed = await waitForState(engine, stuck.job);
await engine.close();

const again = openEngine();
await again.call('library.open', { file });
const states = (await again.call('jobs.list', {})).map(({ kind, state }) => [kind, state]);
await again.close();
process.stdout.write(
  JSON.stringify({
    ...{
      stuck,
      stuckFaults,
      unnoted,
      listed,
      faults,
      noVerdict,
      pictured,
      resumed,
      states,
      logged,
    },
  }),
);
