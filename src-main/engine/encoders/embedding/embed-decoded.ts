import type { Skip } from '../../../contract/library.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { DecodeAhead } from '../../pictures/decode-ahead.ts';
import type { DecodedPart } from '../../pictures/decode-ahead.ts';
import type { PixelsTask } from '../../pictures/decode-task.ts';
import { saveEmbeddings } from '../../store/embeddings.ts';
import { presentPicture } from '../../store/samples.ts';
import type { EmbeddedPictures } from './encoder.ts';
import type { FeatureProgram, Features } from './feature-program.ts';

/** An encoder that takes decoded pictures, which are not stored. */
export interface DecodedInput {
  /** The hash under which its vectors are stored. */
  readonly hash: string;
  readonly dimensions: number;
  /** Bytes of a decoded picture, height · width · 3. */
  readonly pictureLength: number;
  /** Pictures that are decoded, embedded and stored at once. */
  readonly batch: number;
  readonly taskOf: (path: string, hash: string) => PixelsTask;
  /** Called with the device, and how many pictures there are. */
  readonly open: (device: string, pictures: number) => Promise<FeatureProgram>;
}

/** The pictures to embed, and the device. */
interface EmbedRequest {
  readonly sampleIds: Uint32Array;
  readonly device: string;
  /** Called with the number of pictures that are done. */
  readonly onProgress: (done: number) => void;
}

/**
 * Embeds pictures and stores their vectors batch by batch, while other threads decode the next
 * batches. Pictures that cannot be decoded, or get no vector, are left out.
 * @throws EngineError cancelled, and as `open`
 */
export async function embedDecoded(
  context: JobContext,
  input: DecodedInput,
  { sampleIds, device, onProgress }: EmbedRequest,
): Promise<EmbeddedPictures> {
  const { library, signal, now } = context;
  const { pictureLength, batch: partLength, taskOf, hash, dimensions } = input;
  // Decoding begins while the encoder is loaded.
  await using parts = new DecodeAhead({
    ...{ library, sampleIds, pictureLength, partLength, taskOf, signal },
  });
  const program = await input.open(device, sampleIds.length);
  const started = now();
  let [embedded, done] = [0, 0];
  const leftOut: Skip[] = [];
  try {
    for await (const part of parts) {
      const ids = part.sampleIds;
      const found = await program.features(part.pictures, () => context.yieldToEvents());
      const good = withoutBadRows(ids, found, dimensions);
      saveEmbeddings(library, hash, 'h', good.ids, { dimensions, vectors: good.vectors });
      leftOut.push(...undecoded(part).map((id) => skipOf(context, id, 'damaged', isDamaged)));
      leftOut.push(
        ...found.bad.map((row) => skipOf(context, ids[row] ?? 0, 'no-vector', noVector)),
      );
      embedded += good.ids.length;
      done += part.wanted.length;
      onProgress(done);
    }
    return { embedded, leftOut, seconds: (now() - started) / 1000 };
  } finally {
    await program.dispose();
  }
}

const isDamaged = 'Cannot be decoded any more.';
const noVector = 'The encoder gives it a vector of zeros, or of values that are not numbers.';

function skipOf({ library }: JobContext, id: number, code: string, reason: string): Skip {
  return { path: presentPicture(library, id)?.path ?? String(id), code, reason };
}

function undecoded({ wanted, sampleIds }: DecodedPart): number[] {
  if (wanted.length === sampleIds.length) return [];
  const decoded = new Set(sampleIds);
  return [...wanted].filter((id) => !decoded.has(id));
}

function withoutBadRows(
  ids: Uint32Array,
  { vectors, bad }: Features,
  dimensions: number,
): { ids: Uint32Array; vectors: Float32Array } {
  if (bad.length === 0) return { ids, vectors };
  const lost = new Set(bad);
  const rows = [...ids.keys()].filter((row) => !lost.has(row));
  const good = new Float32Array(rows.length * dimensions);
  for (const [target, row] of rows.entries()) {
    good.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), target * dimensions);
  }
  return { ids: Uint32Array.from(rows, (row) => ids[row] ?? 0), vectors: good };
}
