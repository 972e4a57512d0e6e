import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fileError, PictureError } from './picture-error.ts';

/** The largest file that is read; it is held in memory while it is decoded. */
const fileSizeLimitBytes = 256 * 1024 * 1024;

/** A file's bytes, and their SHA-256 (hex). */
interface PictureBytes {
  readonly bytes: Buffer;
  readonly hash: string;
}

/**
 * Reads a file and computes the hash of its bytes.
 * @throws PictureError vanished, unreadable, too-large
 */
export async function readPicture(path: string): Promise<PictureBytes> {
  let bytes: Buffer;
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > fileSizeLimitBytes) {
      throw new PictureError(
        'too-large',
        `Is a file of ${Math.round(size / 1024 ** 2)} MB; the limit is ${fileSizeLimitBytes / 1024 ** 2} MB.`,
      );
    }
    bytes = await file.readFile();
  } catch (error) {
    throw fileError(error);
  }
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}
