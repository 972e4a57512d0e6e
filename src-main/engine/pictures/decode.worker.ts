import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { endRequest } from '../threads/addon-workers.ts';
import { KnownHashes } from '../store/known-hashes.ts';
import { decodeFile } from './decode-file.ts';
import { decodeResized } from './decode-resized.ts';
import { decodeSource } from './decode-source.ts';
import type {
  DecodeAnswer,
  DecodeReply,
  DecodeRequest,
  DecodeTask,
  PixelsTask,
} from './decode-task.ts';
import { decodeViews } from './decode-views.ts';
import { PictureError } from './picture-error.ts';
import { PictureReader } from './picture-reader.ts';
import { thumbnailOf } from './thumbnail-of.ts';

// One worker runs on each core, so each picture gets one thread; and nothing is decoded twice, so a
// cache is useless.
sharp.concurrency(1);
sharp.cache(false);

const { libraryFile } = workerData as { libraryFile: string };
const knownHashes = new KnownHashes(libraryFile);
const reader = new PictureReader(() => performance.now());

async function makeThumbnail({
  path,
  background,
  isAgain,
}: Extract<DecodeTask, { kind: 'thumbnail' }>): Promise<DecodeAnswer> {
  const { bytes, hash } = await reader.read(path);
  if (!isAgain && knownHashes.has(hash)) return { kind: 'known', hash };
  return { kind: 'thumbnail', hash, ...(await thumbnailOf(path, bytes, background)) };
}

async function decodePixels(task: PixelsTask): Promise<Uint8Array> {
  if (task.kind === 'pixels') {
    return await decodeFile(task.path, task.hash, task.size, task.decoding);
  }
  return await decodeResized(task.path, task.hash, task.resize, task.decoding);
}

async function answer(task: DecodeTask): Promise<DecodeAnswer> {
  try {
    if (task.kind === 'thumbnail') return await makeThumbnail(task);
    if (task.kind === 'source') {
      const { path, hash, side, decoding } = task;
      return { kind: 'source', ...(await decodeSource(path, hash, side, decoding)) };
    }
    if (task.kind === 'views')
      return { kind: 'pixels', rgb: await decodeViews(task, decodePixels) };
    return { kind: 'pixels', rgb: await decodePixels(task) };
  } catch (error) {
    if (error instanceof PictureError) {
      return { kind: 'skip', code: error.code, reason: error.message };
    }
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
}

/** While one picture is decoded, the next is read from disk; more would only take memory. */
const requestsAtOnce = 2;
const waiting: DecodeRequest[] = [];
let working = 0;

async function work(): Promise<void> {
  working++;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const answers: DecodeAnswer[] = [];
    for (const task of next.tasks) answers.push(await answer(task));
    parentPort?.postMessage({ id: next.id, answers } satisfies DecodeReply);
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
  if (working < requestsAtOnce) void work();
});
