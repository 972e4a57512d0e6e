import './errors/without-eval.ts';
import { z } from 'zod';

/** What happens to jobs that run or wait while the user quits. */
export const quitChoices = ['ask', 'resume-later', 'background'] as const;
export type QuitChoice = (typeof quitChoices)[number];

/** What the user of the desktop app prefers; a field that cannot be read is as it is at first. */
export const preferences = z.object({
  /** Where the libraries of new folders are made; null for the data folder. */
  libraryFolder: z.string().min(1).nullable().catch(null),
  /** How many threads of the processor the engine computes on; null for one per core. */
  threads: z.number().int().min(1).max(1024).nullable().catch(null),
  /** The device that `auto` means; 'auto' for the fastest. */
  device: z.string().min(1).catch('auto'),
  atQuit: z.enum(quitChoices).catch('ask'),
});
export type Preferences = z.infer<typeof preferences>;

/** What the engine's process is started with, so that a change needs another start. */
export type EngineSettings = Omit<Preferences, 'atQuit'>;

export const firstPreferences: Preferences = preferences.parse({});

/** Whether an engine that was started with some settings has to start anew for others. */
export function needsNewStart(before: EngineSettings, after: EngineSettings): boolean {
  return (
    before.libraryFolder !== after.libraryFolder ||
    before.threads !== after.threads ||
    before.device !== after.device
  );
}
