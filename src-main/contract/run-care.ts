import { z } from 'zod';
import { runName, runReference } from './runs.ts';

/** A word or two by which runs can be found. */
const runTag = z
  .string()
  .trim()
  .min(1, 'A tag needs at least one character.')
  .max(40, 'A tag has at most 40 characters.')
  .refine((tag) => !tag.includes(','), 'A tag holds no comma: commas stand between tags.');

/** Archived and deleted runs are listed only on request. */
export const listRunsInput = z.object({
  archived: z.boolean().default(false),
  deleted: z.boolean().default(false),
});

const runTags = z.array(runTag).default([]);
/** The most tags of a run; with more, they are no help in finding it. */
export const mostTags = 20;

/** The given fields are changed; the others stay unchanged. */
export const updateRunInput = z.object({
  run: runReference,
  name: runName.optional(),
  note: z.string().max(10_000, 'A note has at most 10,000 characters.').optional(),
  addTags: runTags,
  removeTags: runTags,
  archived: z.boolean().optional(),
});
export type RunCare = Omit<z.infer<typeof updateRunInput>, 'run'>;

/** `name` is the run's new name; without it the old one or, where that is taken, a free one. */
export const restoreRunInput = z.object({ run: runReference, name: runName.optional() });

/** Deleted runs to delete for good; all of them where none is named. */
export const purgeInput = z.object({ runs: z.array(runReference).optional() });

/** The number of runs that are gone, and of bytes of the library file that are free again. */
export const purgeResult = z.object({
  runs: z.number().int(),
  bytes: z.number().int(),
  /** Why deleted runs were not purged, one sentence each. */
  kept: z.array(z.string()),
});
