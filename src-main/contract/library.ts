import { z } from 'zod';
import { int32Array, uint32Array } from './arrays.ts';

/** Where labels come from: the names of sub-folders, or nowhere. */
export const labelSource = z.enum(['folder', 'none']);
export type LabelSource = z.infer<typeof labelSource>;

/** A file that was skipped, with a code and a sentence for the reason. */
export const skip = z.object({ path: z.string(), code: z.string(), reason: z.string() });
export type Skip = z.infer<typeof skip>;

export const scanInput = z.object({
  folder: z.string().min(1, 'Name the folder of pictures to scan.'),
  labels: labelSource.default('folder'),
});
export const scanResult = z.object({
  images: z.number().int(),
  files: z.number().int(),
  duplicates: z.number().int(),
  labels: z.number().int(),
  skipped: z.array(skip),
  seconds: z.number(),
});
export type ScanResult = z.infer<typeof scanResult>;

/** The content of the open library; `file` is null while none is open. */
export const libraryStatus = z.object({
  file: z.string().nullable(),
  name: z.string(),
  folders: z.array(
    z.object({ path: z.string(), labels: labelSource, scannedAt: z.number().nullable() }),
  ),
  images: z.number().int(),
  files: z.number().int(),
  duplicates: z.number().int(),
  labels: z.array(z.object({ label: z.string(), count: z.number().int() })),
  skipped: z.number().int(),
  version: z.string(),
});
export type LibraryStatus = z.infer<typeof libraryStatus>;

/**
 * Every present picture as columns, ordered by id. `labelIndex` is an index into `labels`, -1 for none.
 * `sizes` [n, 2] holds width and height in pixels.
 */
export const sampleColumns = z.object({
  ids: uint32Array,
  hashes: z.array(z.string()),
  paths: z.array(z.string()),
  labelIndex: int32Array,
  labels: z.array(z.string()),
  sizes: uint32Array,
});
export type SampleColumns = z.infer<typeof sampleColumns>;

/** A picture with several files, by their paths relative to the scanned folders. */
export const duplicate = z.object({ id: z.number().int(), paths: z.array(z.string()) });
export type Duplicate = z.infer<typeof duplicate>;

/** A picture's files by absolute path, ordered by path; width and height in pixels, upright. */
export const pictureDetails = z.object({
  hash: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  format: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      sizeBytes: z.number().int(),
      modified: z.string(),
      label: z.string().nullable(),
    }),
  ),
});
export type PictureDetails = z.infer<typeof pictureDetails>;

/** One folder of the engine's machine, for choosing a folder in a browser. */
export const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  pictureCount: z.number().int(),
  /** Files directly in it that may be encoders. */
  models: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Files directly in it that are libraries by name. */
  libraries: z.array(z.object({ name: z.string(), path: z.string() })),
});
export type FolderListing = z.infer<typeof folderListing>;

/** A library that was opened before; `openedAt` is in milliseconds since 1970. */
export const recentLibrary = z.object({ file: z.string(), name: z.string(), openedAt: z.number() });
export type RecentLibrary = z.infer<typeof recentLibrary>;
