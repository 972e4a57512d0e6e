import { z } from 'zod';

/** What lies under the transparent parts of pictures. */
export const background = z.enum(['white', 'black', 'grey', 'checkerboard']);
export type Background = z.infer<typeof background>;

/**
 * How the files of a library become pixels, for the eye and for every encoder. `aligned` resizes as
 * Pillow does; `shifted` enlarges half an output pixel to the right and down, as libvips does.
 */
export const decoding = z.object({ background, enlarging: z.enum(['aligned', 'shifted']) });
export type Decoding = z.infer<typeof decoding>;

/** The decoding of a new library. */
export const newDecoding: Decoding = { background: 'white', enlarging: 'aligned' };

/** The decoding of libraries and runs that do not state theirs, because they are older than it. */
export const formerDecoding: Decoding = { background: 'white', enlarging: 'shifted' };

/** A change of how a library's pictures are decoded; `align` ends the shifted enlarging for good. */
export const decodeAgainInput = z.object({
  background: background.optional(),
  align: z.boolean().default(false),
});
export type DecodeAgainInput = z.infer<typeof decodeAgainInput>;

/** How many thumbnails were made again, and how many could not, because their files are gone. */
export const decodeAgainResult = z.object({
  decoding,
  thumbnails: z.number().int(),
  missing: z.number().int(),
});

/** Whether two decodings give the same pixels. */
export function isSameDecoding(first: Decoding, second: Decoding): boolean {
  return first.background === second.background && first.enlarging === second.enlarging;
}
