import { stat } from 'node:fs/promises';
import type { KnownEncoder } from '../../../contract/loaded-encoders.ts';
import type { StoredEncoder } from '../../store/encoders.ts';

/** An encoder as clients see it. */
export async function knownEncoder({
  id,
  identity,
  name,
  description,
  selfTest,
  addedAt,
}: StoredEncoder): Promise<KnownEncoder> {
  const present = await Promise.all(description.files.map(({ path }) => isThere(path)));
  return {
    encoder: id,
    name,
    identity,
    description,
    selfTest,
    added: new Date(addedAt).toISOString(),
    present: present.every(Boolean),
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
