import { access } from 'node:fs/promises';

/** Whether a file or folder of this path exists and can be read. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
