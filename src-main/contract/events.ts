import { z } from 'zod';
import { jobStatus } from './jobs.ts';
import { mapProgress } from './map.ts';

/** What the engine tells its clients unasked. */
export const events = {
  /** A job was queued, moved on, or ended. */
  job: jobStatus,
  /** Pictures, labels or the open library itself changed. */
  library: z.object({}),
  /** A map is being laid out: where its pictures are now. */
  mapProgress,
  /** A verdict was given or taken back. */
  verdicts: z.object({}),
  /** A run was added, changed, or got embeddings or a map. */
  runs: z.object({ run: z.number().int().nullable() }),
  /** Runs were renamed, noted, tagged, archived, deleted or restored. */
  runCare: z.object({}),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;
