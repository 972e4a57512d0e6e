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

/** A screen without what the system has on it, such as a task bar, in pixels. */
export interface WorkArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A window whose title can be caught has so many pixels of it on a screen. */
const leastCaught = 80;

/**
 * The bounds as they fit the screens of now, of which `areas` has one at least, the main one first: no
 * larger than the screen, and in the system's usual place where the window would be on a screen that is
 * gone.
 */
export function fitToScreens(bounds: WindowBounds, areas: readonly WorkArea[]): WindowBounds {
  const { x, y, ...size } = bounds;
  const area = areas.find((screen) => isCaught(bounds, screen));
  const [main] = areas;
  const screen = area ?? main;
  if (!screen) return bounds;
  const fitted = {
    ...size,
    width: Math.min(size.width, screen.width),
    height: Math.min(size.height, screen.height),
  };
  return area && x !== undefined && y !== undefined ? { ...fitted, x, y } : fitted;
}

function isCaught({ x, y, width }: WindowBounds, area: WorkArea): boolean {
  if (x === undefined || y === undefined) return false;
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return shown >= leastCaught && y >= area.y && y <= area.y + area.height - leastCaught;
}

/** Saves a window's bounds in a file. */
export function saveWindowBounds(file: string, bounds: WindowBounds): void {
  writeKept(file, bounds);
}
