import type { DecodePool } from './decode-pool.ts';
import type { DecodeTask } from './decode-task.ts';
import { filesOfSample } from '../store/files.ts';
import type { Library } from '../store/library-file.ts';
import { presentPicture } from '../store/samples.ts';

/** Decoded pictures as bytes [n, height, width, 3], in the order of the ids. */
export interface DecodedPictures {
  readonly sampleIds: Uint32Array;
  readonly pictures: Uint8Array;
}

interface Wanted {
  readonly row: number;
  readonly hash: string;
  /** Absolute paths that were not tried yet. */
  readonly files: readonly string[];
}

export interface DecodeRequest {
  readonly library: Library;
  readonly pool: DecodePool;
  readonly sampleIds: Uint32Array;
  /** Bytes [height, width, 3]. */
  readonly pictureLength: number;
  /** The task of a decoding worker for a picture's file. */
  readonly taskOf: (path: string, hash: string) => DecodeTask;
  readonly signal: AbortSignal;
}

/**
 * Decodes pictures from their files without storing them, because at the size of a loaded encoder they
 * would make the library too large. Leaves out pictures whose files are gone or changed.
 * @throws EngineError cancelled
 */
export async function decodePictures(request: DecodeRequest): Promise<DecodedPictures> {
  const { library, pool, sampleIds, pictureLength: length, signal } = request;
  const pictures = new Uint8Array(sampleIds.length * length);
  const decoded = new Set<number>();
  let wanted = Array.from(sampleIds, (id, row) => wantedPicture(library, id, row));
  while ((wanted = wanted.filter(({ files }) => files.length > 0)).length > 0) {
    const again: Wanted[] = [];
    await pool.run(wanted, {
      taskOf: ({ files, hash }) => request.taskOf(files[0] ?? '', hash),
      onAnswer: (picture, answer) => {
        if (answer.kind === 'pixels') {
          pictures.set(answer.rgb, picture.row * length);
          decoded.add(picture.row);
        } else again.push({ ...picture, files: picture.files.slice(1) });
      },
      signal,
    });
    wanted = again;
  }
  return compacted(sampleIds, pictures, length, decoded);
}

function wantedPicture(library: Library, sampleId: number, row: number): Wanted {
  const hash = presentPicture(library, sampleId)?.hash ?? '';
  return { row, hash, files: hash === '' ? [] : filesOfSample(library, sampleId) };
}

function compacted(
  sampleIds: Uint32Array,
  pictures: Uint8Array,
  length: number,
  decoded: ReadonlySet<number>,
): DecodedPictures {
  if (decoded.size === sampleIds.length) return { sampleIds, pictures };
  const rows = [...sampleIds.keys()].filter((row) => decoded.has(row));
  const compact = new Uint8Array(rows.length * length);
  for (const [target, row] of rows.entries()) {
    compact.set(pictures.subarray(row * length, (row + 1) * length), target * length);
  }
  return { sampleIds: Uint32Array.from(rows, (row) => sampleIds[row] ?? 0), pictures: compact };
}
