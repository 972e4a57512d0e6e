import { z } from 'zod';
import { readKept, writeKept } from './kept-file.ts';

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
  return readKept(file, windowBounds.catch(firstBounds));
}

/** Saves a window's bounds in a file. */
export function saveWindowBounds(file: string, bounds: WindowBounds): void {
  writeKept(file, bounds);
}
