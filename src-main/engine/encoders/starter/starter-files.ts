import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';

/** The starter encoder's files, and the hash under which its features are stored. */
export interface StarterFiles {
  readonly modelJson: string;
  readonly weightBytes: Uint8Array;
  /** SHA-256 of both, hex. */
  readonly hash: string;
}

/**
 * Reads centernet's two files from `modelFolder` (`models` of the npm package @vladmandic/human).
 * @throws EngineError not-found if one cannot be read
 */
export async function readStarterFiles(modelFolder: string): Promise<StarterFiles> {
  try {
    const modelJson = await readFile(join(modelFolder, 'centernet.json'), 'utf8');
    const weightBytes = await readFile(join(modelFolder, 'centernet.bin'));
    const hash = createHash('sha256').update(modelJson).update(weightBytes).digest('hex');
    return { modelJson, weightBytes, hash };
  } catch (error) {
    throw new EngineError(
      'not-found',
      `The starter encoder's model cannot be read from ${modelFolder}; install Negatoscope again.`,
      { cause: error },
    );
  }
}
