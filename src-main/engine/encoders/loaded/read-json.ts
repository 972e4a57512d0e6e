import { readFile } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors/errors.ts';
import { parsePlainJson } from '../../formats/text/plain-json.ts';

/**
 * The object in a JSON file; null if there is no such file.
 * @throws EngineError bad-encoder if the file has no JSON object
 */
export async function readJson(path: string): Promise<Record<string, unknown> | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const value = parsePlainJson(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (cause) {
    throw new EngineError('bad-encoder', `${path} is not JSON, or is cut short.`, { cause });
  }
  throw new EngineError('bad-encoder', `${path} has no JSON object.`);
}
