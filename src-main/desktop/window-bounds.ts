import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Position and size of a window in screen pixels. */
const windowBounds = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(800),
  height: z.number().int().min(500),
  isMaximized: z.boolean(),
});
type WindowBounds = z.infer<typeof windowBounds>;

const firstBounds: WindowBounds = { width: 1440, height: 900, isMaximized: false };

/** The bounds that are saved in `file`; default ones where there are none or they cannot be read. */
export function readWindowBounds(file: string): WindowBounds {
  try {
    return windowBounds.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A missing or damaged file is only inconvenient.
    return firstBounds;
  }
}

/** Saves a window's bounds in a file. */
export function saveWindowBounds(file: string, bounds: WindowBounds): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(bounds));
}
