import type { PlacedOperator, StepPlacement } from '../../contract/devices.ts';
import { runApart } from '../devices/run-apart.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { placedSteps } from './training-steps.ts';

/** A device may have to compile a shader for each shape of each operator. */
const limitMs = 300_000;

/**
 * Where a device of ONNX Runtime runs the operators of each of the placed steps: the most frequent first.
 * A step that the device cannot run has the reason.
 */
export async function placeSteps(device: string, modelFolder: string): Promise<StepPlacement[]> {
  const placements: StepPlacement[] = [];
  // One after the other: two at once would share the device.
  for (const step of placedSteps) {
    const answer = await runApart<{ readonly operators: PlacedOperator[] }>({
      entry: workerEntry('placement/placement-entry'),
      words: [device, step, modelFolder],
      name: 'the step',
      limitMs,
    });
    const found =
      'error' in answer
        ? { operators: [], error: answer.error.message }
        : { operators: answer.operators.toSorted((a, b) => b.count - a.count), error: null };
    placements.push({ device, step, ...found });
  }
  return placements;
}
