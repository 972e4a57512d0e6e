import { createHash } from 'node:crypto';
import type { Decoding } from '../../../contract/decoding.ts';
import { readyEncoders } from '../../../contract/runs.ts';
import { resizePixels } from '../../pictures/resize-pixels.ts';
import { embedDecoded } from '../embedding/embed-decoded.ts';
import type { FrozenEncoder } from '../embedding/encoder.ts';
import type { FeatureProgram } from '../embedding/feature-program.ts';
import { partLength, starterEncoder } from '../starter/starter-encoder.ts';
import { adaptedStarter } from '../starter/starter-whitening.ts';
import { weightFree, weightFreeVectors } from '../weight-free/weight-free-vectors.ts';
import type { WeightFree } from '../weight-free/weight-free-vectors.ts';
import { whitenEmbeddings } from '../whitening/whitened-embeddings.ts';

/** The name in `embed` of the starter encoder's features with HOG and colour beside them. */
export const starterAndHog = 'starter+hog';

/**
 * The features of the starter encoder, and beside them HOG and colour of the same pictures, shrunk; each
 * part is whitened by itself. What the network saw in photographs, and edges and colours where they are:
 * together they find more than each alone (docs/recipes.md).
 * @throws EngineError not-found if the starter encoder's files cannot be read
 */
export async function joinedEncoder(
  modelFolder: string,
  decoding: Decoding,
): Promise<FrozenEncoder> {
  const network = await starterEncoder(modelFolder, decoding);
  const hog = weightFree('hog');
  if (!hog) throw new Error('HOG and colour is one of the weight-free encoders.');
  const { size } = network;
  const parts = [adaptedStarter, { inputs: hog.dimensions, outputs: 384, power: 0.5 }];
  const encoder: FrozenEncoder = {
    ...network,
    on: starterAndHog,
    name: readyEncoders[starterAndHog] ?? starterAndHog,
    hash: createHash('sha256').update(`${network.hash} beside ${hog.hash}`).digest('hex'),
    dimensions: network.dimensions + hog.dimensions,
    whitening: parts,
    embed: (context, sampleIds, device, onProgress) => {
      const input = { ...encoder, batch: partLength, pictureLength: size * size * 3 };
      return embedDecoded(context, input, { sampleIds, device, onProgress });
    },
    open: async (device, pictures) => beside(await network.open(device, pictures), hog, size),
    whiten: (library, onProgress) =>
      whitenEmbeddings(library, encoder.hash, { parts, text: JSON.stringify(parts) }, onProgress),
    asFrozen: () => encoder,
  };
  return encoder;
}

/** The features of a network of pictures [n, size, size, 3], with those of shrunk pictures beside them. */
function beside(network: FeatureProgram, small: WeightFree, size: number): FeatureProgram {
  return {
    features: async (pictures, yieldToEvents) => {
      const { vectors, bad } = await network.features(pictures, yieldToEvents);
      const count = pictures.length / (size * size * 3);
      const others = weightFreeVectors(small, shrunk(pictures, size, small.side));
      return { vectors: joinedRows(vectors, others, count), bad };
    },
    dispose: () => network.dispose(),
  };
}

/** Pictures [n, from, from, 3] RGB bytes, each brought to [to, to, 3]. */
function shrunk(pictures: Uint8Array, from: number, to: number): Uint8Array {
  const length = from * from * 3;
  const count = pictures.length / length;
  const result = new Uint8Array(count * to * to * 3);
  for (let row = 0; row < count; row += 1) {
    const small = resizePixels(
      pictures.subarray(row * length, (row + 1) * length),
      { width: from, height: from },
      {
        to: { width: to, height: to },
        part: { left: 0, top: 0, width: to, height: to },
        kernel: 'linear',
      },
    );
    result.set(small, row * to * to * 3);
  }
  return result;
}

/** Unit rows [count, a] and [count, b] side by side, as unit rows [count, a + b]. */
function joinedRows(one: Float32Array, other: Float32Array, count: number): Float32Array {
  const [first, second] = [one.length / count, other.length / count];
  const rows = new Float32Array(one.length + other.length);
  for (let row = 0; row < count; row += 1) {
    rows.set(one.subarray(row * first, (row + 1) * first), row * (first + second));
    rows.set(other.subarray(row * second, (row + 1) * second), row * (first + second) + first);
  }
  return rows.map((value) => value * Math.SQRT1_2);
}
