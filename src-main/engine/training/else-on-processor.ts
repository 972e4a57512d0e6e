import { DeviceFailure } from '../graph/device-failure.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { findRun, updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';

/** A run's training on a device. */
interface Attempt {
  readonly run: Pick<Run, 'id'>;
  readonly device: string;
  /** Whether the device was left to `auto`. */
  readonly isChosenByItself: boolean;
}

/**
 * Trains a run on a device. Where that fails and was not asked for by name, it goes on on the processor as
 * a training that was killed goes on: from its last checkpoint, else from its start. The run's note says so.
 * @throws DeviceFailure of a device that was asked for, and what the training throws
 */
export async function elseOnProcessor<Result>(
  context: JobContext,
  { run, device, isChosenByItself }: Attempt,
  train: (device: string) => Promise<Result>,
): Promise<Result> {
  try {
    return await train(device);
  } catch (error) {
    if (!(error instanceof DeviceFailure) || !isChosenByItself) throw error;
    const { library } = context;
    const { note, epochs } = findRun(library, run.id);
    const since = epochs === 0 ? 'from its start' : `from epoch ${epochs + 1} on`;
    const message = `The device ${error.device} failed (${error.reason}); the processor trained this run ${since}.`;
    updateRun(library, run.id, { note: note === '' ? message : `${note}\n${message}` });
    context.report({ progress: 0, message, run: run.id });
    return await train('cpu');
  }
}
