import type { Worker } from 'node:worker_threads';
import { endAddonWorker, startAddonWorker } from '../threads/addon-workers.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { cropNumbers } from './crop-view.ts';
import type { CropAnswer, CropRequest, CropThreadData } from './crop-task.ts';
import { cropAt } from './crop-views.ts';
import type { CroppedViews } from './crop-views.ts';
import { usableThreads } from '../threads/compute-limits.ts';

/** The most bytes of pictures that all threads together hold in memory. */
const cacheBytes = 512 * 2 ** 20;
/** The most threads; one crops the views of a step while the step before it computes. */
const mostThreads = 4;

interface Pending {
  readonly resolve: (answer: CroppedViews) => void;
  readonly reject: (error: Error) => void;
}

/** Worker threads that crop views from the decoded pictures of a library. */
export class ViewCropper {
  readonly #size: number;
  readonly #workers: readonly Worker[];
  readonly #pending = new Map<number, Pending>();
  #sent = 0;
  #failure: Error | null = null;

  /** For views of `size` pixels; the library file must exist. */
  constructor(libraryFile: string, size: number) {
    this.#size = size;
    const threads = Math.max(1, Math.min(mostThreads, usableThreads() - 1));
    const data: CropThreadData = { libraryFile, size, cacheBytes: cacheBytes / threads };
    this.#workers = Array.from({ length: threads }, () => this.#start(data));
  }

  /**
   * Crops views of pictures by crops [V, 4], one picture a view. A picture goes always to the same
   * thread, so that only one holds it in memory.
   */
  async crop(sampleIds: Uint32Array, crops: Float32Array): Promise<CroppedViews> {
    const length = this.#size * this.#size * 3;
    const all = {
      images: new Uint8Array(sampleIds.length * length),
      crops: new Float32Array(crops.length),
    };
    const parts = this.#workers.map(async (worker, part) => {
      const views = [...sampleIds.keys()].filter(
        (view) => (sampleIds[view] ?? 0) % this.#workers.length === part,
      );
      if (views.length === 0) return;
      const cropped = await this.#ask(worker, {
        sampleIds: Uint32Array.from(views, (view) => sampleIds[view] ?? 0),
        crops: Float32Array.from(views.flatMap((view) => [...cropAt(crops, view)])),
      });
      for (const [index, view] of views.entries()) {
        const image = cropped.images.subarray(index * length, (index + 1) * length);
        all.images.set(image, view * length);
        all.crops.set(cropAt(cropped.crops, index), view * cropNumbers);
      }
    });
    await Promise.all(parts);
    return all;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map(endAddonWorker));
  }

  #start(data: CropThreadData): Worker {
    const worker = startAddonWorker(workerEntry('pictures/crop.worker'), data);
    worker.on('message', (answer: CropAnswer) => {
      const pending = this.#pending.get(answer.id);
      this.#pending.delete(answer.id);
      if ('failure' in answer) pending?.reject(new Error(answer.failure));
      else pending?.resolve(answer);
    });
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('A cropping thread ended before its work.')));
    return worker;
  }

  #ask(worker: Worker, views: Omit<CropRequest, 'id'>): Promise<CroppedViews> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = this.#sent++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ id, ...views } satisfies CropRequest);
    });
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}
