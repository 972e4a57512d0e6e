import { z } from 'zod';
import { int32Array, uint32Array } from './arrays.ts';
import { decoding } from './decoding.ts';
import { labelProposal, labelRule, unmatchedRows } from './label-rule.ts';

/** A file that was skipped, with a code and a sentence for the reason. */
export const skip = z.object({ path: z.string(), code: z.string(), reason: z.string() });
export type Skip = z.infer<typeof skip>;

/** Why a picture shows nothing. */
const blank = z.enum(['one-colour', 'transparent', 'one-pixel']);
export type Blank = z.infer<typeof blank>;

/** Why a picture shows nothing, in words. */
export const blankTexts: Readonly<Record<Blank, string>> = {
  'one-colour': 'one colour',
  transparent: 'all transparent',
  'one-pixel': 'one pixel',
};

/** A picture that shows nothing, and one whose file has something wrong; the first of their paths. */
export const blankPicture = z.object({ id: z.number().int(), path: z.string(), blank });
export type BlankPicture = z.infer<typeof blankPicture>;
export const notedPicture = z.object({ id: z.number().int(), path: z.string(), note: z.string() });
export type NotedPicture = z.infer<typeof notedPicture>;

export const scanInput = z.object({
  folder: z.string().min(1, 'Name the folder of pictures to scan.'),
  /**
   * The rule for labels; `folder` means the one that the tree of folders suggests. Where left out, a
   * known folder keeps its rule, and a new one gets the suggested rule.
   */
  labels: z.union([z.literal('folder'), labelRule]).optional(),
  /**
   * Whether files of other programs and hidden ones are taken (@eaDir, .thumbnails, __MACOSX …). Where
   * left out, a known folder keeps its choice, and a new one takes none.
   */
  takesJunk: z.boolean().optional(),
});
export const scanResult = z.object({
  images: z.number().int(),
  files: z.number().int(),
  duplicates: z.number().int(),
  labels: z.number().int(),
  /** Pictures without a label. */
  unlabelled: z.number().int(),
  /** The rule for labels that is in force, and what the tree suggests. */
  rule: labelRule,
  proposal: labelProposal,
  splits: z.array(z.object({ split: z.string(), count: z.number().int() })),
  /** Pictures without a label because their files have different ones. */
  labelConflicts: z.number().int(),
  /** Null for rules by folders. */
  unmatched: unmatchedRows.nullable(),
  skipped: z.array(skip),
  /** Files of other programs and hidden ones that were left out: how many, by what they are. */
  leftOut: z.record(z.string(), z.number().int()),
  blank: z.array(blankPicture),
  notes: z.array(notedPicture),
  seconds: z.number(),
});
export type ScanResult = z.infer<typeof scanResult>;

/** Where a folder of the library was, as its status says, and the absolute path of where it is now. */
export const movedFolder = z.object({ from: z.string().min(1), to: z.string().min(1) });

/** The content of the open library; `file` is null while none is open. */
export const libraryStatus = z.object({
  file: z.string().nullable(),
  name: z.string(),
  folders: z.array(
    z.object({
      path: z.string(),
      labels: labelRule,
      scannedAt: z.number().nullable(),
      /** False where the folder was moved or deleted, or its disk is away. */
      isThere: z.boolean(),
      takesJunk: z.boolean(),
      /** Files of other programs that the last scan left out: how many, by what they are. */
      leftOut: z.record(z.string(), z.number().int()),
    }),
  ),
  images: z.number().int(),
  files: z.number().int(),
  duplicates: z.number().int(),
  labels: z.array(z.object({ label: z.string(), count: z.number().int() })),
  /** Pictures without a label. */
  unlabelled: z.number().int(),
  splits: z.array(z.object({ split: z.string(), count: z.number().int() })),
  labelConflicts: z.number().int(),
  skipped: z.number().int(),
  /** Pictures that show nothing, and pictures with a note on their files. */
  blank: z.number().int(),
  noted: z.number().int(),
  /** How files become pixels. */
  decoding,
  version: z.string(),
});
export type LibraryStatus = z.infer<typeof libraryStatus>;

/** The library after a rule was set; `unmatched` is null for rules by folders. */
export const ruleResult = libraryStatus.extend({ unmatched: unmatchedRows.nullable() });

/**
 * Every present picture as columns, ordered by id. `labelIndex` is an index into `labels`, -1 for none;
 * `labelMembers` holds for each of these the indices of the labels that it is made of: itself, or
 * several. `splitIndex` is an index into `splits`, -1 for none. `sizes` [n, 2] holds width and height
 * in pixels.
 */
export const sampleColumns = z.object({
  ids: uint32Array,
  hashes: z.array(z.string()),
  paths: z.array(z.string()),
  labelIndex: int32Array,
  labels: z.array(z.string()),
  labelMembers: z.array(z.array(z.number().int())),
  splitIndex: int32Array,
  splits: z.array(z.string()),
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
      split: z.string().nullable(),
    }),
  ),
  /** The labels given by hand; null where there are none. */
  labelsByHand: z.array(z.string()).nullable(),
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

/**
 * A library that was opened before; `openedAt` is in milliseconds since 1970, `movedTo` where its folder
 * of pictures is now if that was moved.
 */
export const recentLibrary = z.object({
  file: z.string(),
  name: z.string(),
  openedAt: z.number(),
  movedTo: z.string().optional(),
});
export type RecentLibrary = z.infer<typeof recentLibrary>;
