import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { Decoding } from '../../../contract/decoding.ts';
import type { CutEncoder } from '../../encoders/tuned/cut-encoder.ts';
import type { TunedRecord } from '../../encoders/tuned/tuned-record.ts';
import { pixelsTaskOf } from '../../encoders/trained/pixels-task.ts';
import { compileProgram } from '../../graph/compile-program.ts';
import type { Program, ProgramSpec } from '../../graph/program.ts';
import { cutWidth, rowsOfCut } from '../../networks/network-cut.ts';
import type { NetworkCut } from '../../networks/network-cut.ts';
import { frozenPartOf } from '../../store/view-features.ts';
import type { ViewEncoder } from './view-features.ts';

/** Views at once. */
const batch = 32;
/** The largest number that float16 has. */
const largestHalf = 65_504;

/** A fine-tuned encoder that is cut, and what is recorded of the one that it goes on from. */
interface FrozenPartOf {
  readonly encoder: CutEncoder;
  readonly tuned: TunedRecord;
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly decoding: Decoding;
}

/** The layers before a cut as what is computed once of views: rows [n, cutWidth]. */
export function frozenPart({ encoder, tuned, size, decoding }: FrozenPartOf): ViewEncoder {
  const { cut } = encoder;
  return {
    // Layers of a network from elsewhere that are not trained are those of its file, whatever run is gone on from.
    hash: frozenPartOf + (tuned.network ?? tuned.hash ?? ''),
    besides: JSON.stringify({ tensors: cut.tensors, decoding }),
    dimensions: cutWidth(cut),
    size,
    check: () => Promise.resolve(),
    taskOf: pixelsTaskOf(encoder, size, decoding),
    open: async (device) => {
      const program = await compileProgram(frozenPartSpec(cut, size), device);
      return {
        features: async (pictures, yieldToEvents) => ({
          vectors: await rowsOf(program, pictures, { cut, size, yieldToEvents }),
          bad: [],
        }),
        dispose: () => program.dispose(),
      };
    },
  };
}

/** The program of the layers before a cut: `images` [batch, size, size, 3] bytes to `rows` [batch, width]. */
function frozenPartSpec(cut: NetworkCut, size: number): ProgramSpec {
  return {
    name: 'frozen-part',
    inputs: [{ name: 'images', shape: [batch, size, size, 3], dtype: 'uint8' }],
    build: ({ images }) => {
      if (!images) throw new Error('The frozen part was built without pictures.');
      const pictures = tf.cast(images, 'float32') as tf.Tensor4D;
      return { rows: rowsOfCut(cut.before(pictures)) };
    },
  };
}

/** @throws EngineError bad-argument where a number is too large for float16 */
async function rowsOf(
  program: Program,
  pictures: Uint8Array,
  {
    cut,
    size,
    yieldToEvents,
  }: {
    readonly cut: NetworkCut;
    readonly size: number;
    readonly yieldToEvents: () => Promise<void>;
  },
): Promise<Float32Array> {
  const length = size * size * 3;
  const count = pictures.length / length;
  const width = cutWidth(cut);
  const rows = new Float32Array(count * width);
  for (let first = 0; first < count; first += batch) {
    await yieldToEvents();
    const images = new Uint8Array(batch * length);
    images.set(pictures.subarray(first * length, (first + batch) * length));
    const { rows: found } = await program.run({ images });
    if (!(found?.values instanceof Float32Array)) throw new Error('The frozen part gave no rows.');
    rows.set(found.values.subarray(0, Math.min(batch, count - first) * width), first * width);
  }
  if (rows.every((value) => Math.abs(value) <= largestHalf)) return rows;
  throw new EngineError(
    'bad-argument',
    `Before the first trained layer are numbers beyond ${largestHalf}, the largest that cached features (float16) can be; choose another layer to train from, or set views to 0.`,
  );
}
