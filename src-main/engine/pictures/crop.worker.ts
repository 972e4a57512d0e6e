import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../contract/errors/errors.ts';
import { endRequest } from '../threads/addon-workers.ts';
import type { CropAnswer, CropRequest, CropThreadData } from './crop-task.ts';
import { cropViews } from './crop-views.ts';
import { StoredCropSources } from './stored-crop-sources.ts';

const { libraryFile, size, cacheBytes } = workerData as CropThreadData;
const sources = new StoredCropSources(libraryFile, size, cacheBytes);

function answer({ id, sampleIds, crops }: CropRequest): void {
  try {
    const cropped = cropViews((index) => sources.read(sampleIds[index] ?? 0), crops, size);
    const buffers = [cropped.images.buffer, cropped.crops.buffer].filter(
      (buffer) => buffer instanceof ArrayBuffer,
    );
    parentPort?.postMessage({ id, ...cropped } satisfies CropAnswer, buffers);
  } catch (error) {
    parentPort?.postMessage({ id, failure: toErrorReport(error).message } satisfies CropAnswer);
  }
}

parentPort?.on('message', (asked: CropRequest | typeof endRequest) => {
  if (asked === endRequest) {
    sources.close();
    parentPort?.close();
    return;
  }
  answer(asked);
});
