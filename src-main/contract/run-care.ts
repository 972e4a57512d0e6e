import { z } from 'zod';
import { runName, runReference } from './runs.ts';

/** A word or two by which runs are found again. */
export const runTag = z
  .string()
  .trim()
  .min(1, 'A tag needs at least one character.')
  .max(40, 'A tag has at most 40 characters.')
  .refine((tag) => !tag.includes(','), 'A tag holds no comma: commas stand between tags.');

/** Archived and deleted runs are listed only where they are asked for. */
export const listRunsInput = z.object({
  archived: z.boolean().default(false),
  deleted: z.boolean().default(false),
});

const runTags = z.array(runTag).default([]);
/** More tags would not be found again. */
export const mostTags = 20;

/** What is given is changed, everything else stays. */
export const updateRunInput = z.object({
  run: runReference,
  name: runName.optional(),
  note: z.string().max(10_000, 'A note has at most 10,000 characters.').optional(),
  addTags: runTags,
  removeTags: runTags,
  archived: z.boolean().optional(),
});
export type RunCare = Omit<z.infer<typeof updateRunInput>, 'run'>;

/** `name` is the run's name from then on; without it the old one or, where that is taken, a free one. */
export const restoreRunInput = z.object({ run: runReference, name: runName.optional() });

/** Deleted runs to delete for good; all of them, where none is named. */
export const purgeInput = z.object({ runs: z.array(runReference).optional() });

/** How many runs are gone, and how many bytes of the library file are free again. */
export const purgeResult = z.object({
  runs: z.number().int(),
  bytes: z.number().int(),
  /** Why deleted runs were kept, a sentence each. */
  kept: z.array(z.string()),
});
