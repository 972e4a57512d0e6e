import { z } from 'zod';
import { libraryStatus } from './library.ts';

/**
 * A backup of a library: what no computation brings back. `madeAt` is in milliseconds since 1970;
 * `labels` counts the pictures that were labelled, tagged or left out by hand.
 */
export const backup = z.object({
  file: z.string(),
  madeAt: z.number(),
  bytes: z.number().int(),
  verdicts: z.number().int(),
  labels: z.number().int(),
  runs: z.number().int(),
});
export type Backup = z.infer<typeof backup>;

/**
 * The library that is meant, by its file: the open one if left out; with `isWanted` the one that was to be
 * opened last, also where that failed.
 */
export const backedUpLibrary = z.object({
  library: z.string().optional(),
  isWanted: z.boolean().default(false),
});

export const backupList = z.object({
  library: z.string(),
  /** Where they lie. */
  folder: z.string(),
  /** The newest first; what cannot be read is not listed. */
  backups: z.array(backup),
});
export type BackupList = z.infer<typeof backupList>;

/** `backup` is the absolute path of a backup, or of a whole copy; the newest one if left out. */
export const restoreInput = backedUpLibrary.extend({ backup: z.string().optional() });

/** The opened library; `setAside` is the new name of the file whose place the backup took. */
export const restoredLibrary = z.object({
  status: libraryStatus,
  backup,
  setAside: z.string().nullable(),
});
export type RestoredLibrary = z.infer<typeof restoredLibrary>;

/** Where a whole copy of the open library is written, an absolute path. */
export const copyLibraryInput = z.object({
  file: z.string().min(1, 'Name the file to write.'),
  overwrite: z.boolean().default(false),
});
export const copyLibraryResult = z.object({ file: z.string(), bytes: z.number().int() });
