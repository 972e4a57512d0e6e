import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../contract/errors/errors.ts';
import type { ErrorReport } from '../../contract/errors/errors.ts';
import { writeBackup } from './write-backup.ts';
import type { BackupTask } from './write-backup.ts';

/** What the thread answers: null where the backup is there. */
export type BackupAnswer = ErrorReport | null;

let answer: BackupAnswer = null;
try {
  writeBackup(workerData as BackupTask);
} catch (error) {
  answer = toErrorReport(error);
}
parentPort?.postMessage(answer);
parentPort?.close();
