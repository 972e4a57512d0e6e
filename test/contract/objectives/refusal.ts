import { EngineError } from '../../../src-main/contract/errors/errors.ts';

/** The sentence with which a bad argument is refused. */
export function refusal(refused: () => unknown): string {
  try {
    refused();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'bad-argument') return error.message;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
