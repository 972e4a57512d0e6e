import { z } from 'zod';

const longestText = 4_000_000;

/** Something a window is to find again at its next start: JSON by a key, with the time it was kept. */
export const memoryEntry = z.object({
  key: z.string().min(1).max(5000),
  text: z.string().max(longestText, 'A window remembers at most 4 MB under one key.'),
  /** Milliseconds since 1970: of two entries the newer one counts. */
  at: z.number(),
});
export type MemoryEntry = z.infer<typeof memoryEntry>;
