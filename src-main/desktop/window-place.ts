import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Where a window was, in screen pixels. */
const windowPlace = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(800),
  height: z.number().int().min(500),
  isMaximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlace>;

const firstPlace: WindowPlace = { width: 1440, height: 900, isMaximized: false };

/** The place kept in `file`; a middling one where there is none or it cannot be read. */
export function readWindowPlace(file: string): WindowPlace {
  try {
    return windowPlace.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Only a convenience is lost with a missing or damaged file.
    return firstPlace;
  }
}

export function saveWindowPlace(file: string, place: WindowPlace): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(place));
}
