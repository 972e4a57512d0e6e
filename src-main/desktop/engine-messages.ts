import { z } from 'zod';
import { errorReport } from '../contract/errors/errors.ts';
import { preferences } from '../contract/preferences.ts';

/** The names of the channels between main and the engine's process. */
export const engineChannels = { engine: 'engine', control: 'control' } as const;

/** The library that an engine opens first: a folder's is scanned too. */
export const firstLibrary = z.union([
  z.object({ folder: z.string() }),
  z.object({ file: z.string() }),
  z.enum(['last', 'none']),
]);
export type FirstLibrary = z.infer<typeof firstLibrary>;

/** What the engine's process is started with, as JSON in its first argument. */
export const engineStart = z.object({
  settings: preferences.omit({ atQuit: true }),
  dataFolder: z.string(),
  modelFolder: z.string(),
  workingFolder: z.string(),
  first: firstLibrary,
});
export type EngineStart = z.infer<typeof engineStart>;

/** What main tells the engine's process. */
export const toEngine = z.object({ kind: z.enum(['ping', 'close']) });
export type ToEngine = z.infer<typeof toEngine>;

/** What the engine's process tells main. */
export const fromEngine = z.discriminatedUnion('kind', [
  /** The first library is open, or could not be opened. */
  z.object({ kind: z.literal('started'), problem: errorReport.nullable() }),
  z.object({ kind: z.literal('pong') }),
  /** It was asked to close and is doing so. */
  z.object({ kind: z.literal('closing') }),
]);
export type FromEngine = z.infer<typeof fromEngine>;
