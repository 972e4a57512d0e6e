import { readFile, stat } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors/errors.ts';
import { parsePlainJson } from '../../formats/text/plain-json.ts';

const mostBytes = 256 * 2 ** 20;

/**
 * The object in a JSON file; null if there is no such file.
 * @throws EngineError bad-encoder if the file has no JSON object, or cannot be read
 */
export async function readJson(path: string): Promise<Record<string, unknown> | null> {
  let text: string;
  try {
    // Of a pipe or a device there would be no end.
    const found = await stat(path);
    if (!found.isFile() || found.size > mostBytes) {
      throw new EngineError('bad-encoder', `${path} is no file, or one of more than 256 MB.`);
    }
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new EngineError('bad-encoder', `${path} cannot be read.`, { cause });
  }
  try {
    const value = parsePlainJson(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (cause) {
    throw new EngineError('bad-encoder', `${path} is not JSON, or is cut short.`, { cause });
  }
  throw new EngineError('bad-encoder', `${path} has no JSON object.`);
}
