import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'A picture is named by its content hash.');
const hashes = z.array(hash).min(1, 'Name at least one picture.');

/** A word that a person puts on pictures. */
const pictureTag = z
  .string()
  .trim()
  .min(1, 'A tag needs a name.')
  .max(80, 'A tag has at most 80 characters.');

/** Puts a tag on pictures, or takes it off them. */
export const tagPicturesInput = z.object({ hashes, tag: pictureTag, isTagged: z.boolean() });

/** Leaves pictures out of the trainings to come, or lets them in again. */
export const leaveOutInput = z.object({ hashes, isLeftOut: z.boolean() });

/** The pictures, by content hash, of which it was not so before: what undoing must change. */
export const changedPictures = z.object({ changed: z.array(z.string()) });

/** The pictures with each tag, tags in order of their names; and those left out of training. */
export const pictureMarks = z.object({
  tags: z.array(z.object({ tag: z.string(), hashes: z.array(z.string()) })),
  leftOut: z.array(z.string()),
});
export type PictureMarks = z.infer<typeof pictureMarks>;
