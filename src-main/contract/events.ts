import { z } from 'zod';
import { errorReport } from './errors/errors.ts';
import { jobStatus } from './jobs.ts';
import { mapProgress } from './map.ts';

/** The events that the engine sends to its clients. */
export const events = {
  /** Something failed that no call was about; what the user has to know. */
  fault: errorReport,
  /** A job was queued, progressed, or ended. */
  job: jobStatus,
  /** Pictures, labels or the open library changed. */
  library: z.object({}),
  /** A map is being laid out: the current positions of its pictures. */
  mapProgress,
  /** A verdict was given or deleted. */
  verdicts: z.object({}),
  /** Pictures were tagged, or left out of training, or no longer so. */
  marks: z.object({}),
  /** A run was added, changed, or got embeddings or a map. */
  runs: z.object({ run: z.number().int().nullable() }),
  /** Runs were renamed, noted, tagged, archived, deleted or restored. */
  runCare: z.object({}),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;
