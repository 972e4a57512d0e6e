import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

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

/** Writes a JSON file in one step: a reader finds the old or the new one. @throws the system's errors */
export function writeKept(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.tmp`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: ownerOnly });
  renameSync(draft, file);
}
