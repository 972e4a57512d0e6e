import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileError, PictureError } from './picture-error.ts';

/** The largest file that is read; it is held in memory while it is decoded. */
const fileSizeLimitBytes = 256 * 1024 * 1024;

/** A file's bytes, and their SHA-256 (hex). */
export interface PictureBytes {
  readonly bytes: Buffer;
  readonly hash: string;
}

/**
 * Reads a file and computes the hash of its bytes.
 * @throws PictureError vanished, unreadable, too-large
 */
export async function readPicture(path: string): Promise<PictureBytes> {
  try {
    await using file = await open(path);
    checkFileSize((await file.stat()).size);
    return withHash(await file.readFile());
  } catch (error) {
    throw fileError(error);
  }
}

/**
 * `readPicture`, which blocks the thread until the file is read: of a file in the system's cache, in a tenth of
 * the time.
 */
export function readPictureBlocking(path: string): PictureBytes {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    checkFileSize(fstatSync(file).size);
    return withHash(readFileSync(file));
  } catch (error) {
    throw fileError(error);
  } finally {
    if (file !== null) closeSync(file);
  }
}

function withHash(bytes: Buffer): PictureBytes {
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

function checkFileSize(size: number): void {
  if (size <= fileSizeLimitBytes) return;
  throw new PictureError(
    'too-large',
    `Is a file of ${Math.round(size / 1024 ** 2)} MB; the limit is ${fileSizeLimitBytes / 1024 ** 2} MB.`,
  );
}
