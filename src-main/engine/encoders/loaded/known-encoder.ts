import { stat } from 'node:fs/promises';
import type { KnownEncoder } from '../../../contract/loaded-encoders.ts';
import type { StoredEncoder } from '../../store/encoders.ts';

/** A stored encoder as clients see it; `present` says whether all its files exist. */
export async function knownEncoder({
  id,
  identity,
  name,
  description,
  selfTest,
  addedAt,
}: StoredEncoder): Promise<KnownEncoder> {
  const present = await Promise.all(description.files.map(({ path }) => isFile(path)));
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

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
