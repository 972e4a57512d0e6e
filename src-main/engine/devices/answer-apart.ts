import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../contract/errors/errors.ts';
import { DeviceFailure } from '../graph/device-failure.ts';

/**
 * Answers `runApart` from its entry: in a process with the words as arguments, in a worker thread with
 * them as its data. Sends what `work` gives, or its error, and ends the process.
 */
export async function answerApart(
  work: (words: readonly string[]) => Promise<object>,
): Promise<void> {
  const answer = async (words: readonly string[]): Promise<object> => {
    try {
      return await work(words);
    } catch (error) {
      // Who lists devices needs no advice to choose another one.
      const failure = error instanceof DeviceFailure ? `${error.reason}.` : null;
      const report = toErrorReport(error);
      return { error: failure === null ? report : { ...report, message: failure } };
    }
  };
  if (parentPort) parentPort.postMessage(await answer(workerData as readonly string[]));
  else process.send?.(await answer(process.argv.slice(2)), () => process.exit(0));
}
