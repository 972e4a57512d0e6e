import { EngineError } from '../../contract/errors/errors.ts';

/** Throws once the signal is aborted. @throws EngineError cancelled */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineError('cancelled', 'The work was cancelled.');
}
