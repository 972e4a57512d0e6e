import { readFile } from 'node:fs/promises';
import { EngineError } from '../contract/errors/errors.ts';

/** The text of a file; `given` is its path as the user wrote it. @throws EngineError not-found when it cannot be read */
export async function readText(path: string, given: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('not-found', `The file "${given}" cannot be read: ${reason}`);
  }
}
