import { EngineError } from '../../contract/errors.ts';

/** @throws EngineError cancelled */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineError('cancelled', 'The work was cancelled.');
}
