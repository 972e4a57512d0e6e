import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { endRequest } from '../threads/addon-workers.ts';
import { KnownHashes } from '../store/known-hashes.ts';
import { decodeFile } from './decode-file.ts';
import { decodeResized } from './decode-resized.ts';
import type { DecodeAnswer, DecodeRequest, DecodeTask } from './decode-task.ts';
import { decodeError, openPicture } from './open-picture.ts';
import { findBlank } from './find-blank.ts';
import { PictureError } from './picture-error.ts';
import { readPicture } from './read-picture.ts';

/** Longest side of a thumbnail, in pixels. */
const thumbnailSide = 160;

// One worker runs on each core, so each picture gets one thread; and nothing is decoded twice, so a
// cache is useless.
sharp.concurrency(1);
sharp.cache(false);

const { libraryFile } = workerData as { libraryFile: string };
const knownHashes = new KnownHashes(libraryFile);

async function makeThumbnail({
  path,
  background,
  isAgain,
}: Extract<DecodeTask, { kind: 'thumbnail' }>): Promise<DecodeAnswer> {
  const { bytes, hash } = await readPicture(path);
  if (!isAgain && knownHashes.has(hash)) return { kind: 'known', hash };
  const picture = await openPicture(path, bytes, background);
  const { width, height, format, note } = picture;
  try {
    const { data, info } = await picture.image
      .clone()
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: 3 } as const;
    const image = await sharp(data, { raw }).webp({ quality: 80, effort: 1 }).toBuffer();
    const blank = await findBlank(picture, data, background);
    return { kind: 'thumbnail', hash, width, height, format, image, blank, note };
  } catch (error) {
    throw decodeError(error);
  }
}

async function decodePixels(task: Exclude<DecodeTask, { kind: 'thumbnail' }>): Promise<Uint8Array> {
  if (task.kind === 'pixels') {
    return await decodeFile(task.path, task.hash, task.size, task.decoding);
  }
  return await decodeResized(task.path, task.hash, task.resize, task.decoding);
}

async function answer(task: DecodeTask): Promise<DecodeAnswer> {
  try {
    if (task.kind === 'thumbnail') return await makeThumbnail(task);
    return { kind: 'pixels', rgb: await decodePixels(task) };
  } catch (error) {
    if (error instanceof PictureError) {
      return { kind: 'skip', code: error.code, reason: error.message };
    }
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
}

/** While one picture is decoded, the next is read from disk; more would only take memory. */
const picturesAtOnce = 2;
const waiting: DecodeRequest[] = [];
let working = 0;

async function work(): Promise<void> {
  working++;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    parentPort?.postMessage({ id: next.id, result: await answer(next.task) });
  }
  working--;
}

parentPort?.on('message', (asked: DecodeRequest | typeof endRequest) => {
  if (asked === endRequest) {
    waiting.length = 0;
    parentPort?.close();
    return;
  }
  waiting.push(asked);
  if (working < picturesAtOnce) void work();
});
