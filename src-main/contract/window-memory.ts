import { z } from 'zod';

const longestText = 4_000_000;

/** An entry that a window remembers until its next start: JSON text by a key, with the time of saving. */
export const memoryEntry = z.object({
  key: z.string().min(1).max(5000),
  text: z.string().max(longestText, 'A window remembers at most 4 MB under one key.'),
  /** Milliseconds since 1970; of two entries the later one counts. */
  at: z.number(),
});
export type MemoryEntry = z.infer<typeof memoryEntry>;
