import { EngineError } from '../../../src-main/contract/errors/errors.ts';

/** The sentence with which the contract refuses; empty when it does not. */
export function refusalOf(check: () => unknown): string {
  try {
    check();
    return '';
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}
