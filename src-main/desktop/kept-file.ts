import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { replaceFile } from '../files/replace-file.ts';

/** Only the user can read what is kept. */
const ownerOnly = 0o600;

/** What a JSON file holds; what the schema makes of nothing (`{}`) where it is missing or damaged. */
export function readKept<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  try {
    const read = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (read.success) return read.data;
  } catch {
    // A missing or damaged file is only inconvenient.
  }
  return schema.parse({});
}

/** Writes a JSON file in one step. @throws EngineError disk-full, bad-argument, not-found */
export function writeKept(file: string, value: unknown): void {
  replaceFile(file, `${JSON.stringify(value, null, 2)}\n`, ownerOnly);
}
