import * as tf from '@tensorflow/tfjs';
import { compileProgram } from '../../graph/compile-program.ts';
import type { ProgramSpec } from '../../graph/program.ts';
import { rowsOf } from '../../encoders/trained/embedder.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { whiteningNames } from '../../networks/frozen-body.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { TunedNetwork } from '../../networks/tuned-network.ts';
import type { WeightSpec } from '../../networks/weights.ts';

/** Pictures at once. */
const batch = 32;

interface Surroundings {
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly device: string;
  readonly context: Pick<JobContext, 'yieldToEvents'>;
}

/**
 * The features, before the first step, of the pictures that `read` gives ([n, size, size, 3] RGB bytes), by a network that is tuned:
 * unit rows [n, dimensions], to which its whitening is fitted. Null for other encoders, and where the
 * whitening was fitted by an earlier training.
 */
export async function featuresToWhiten(
  { body, specs }: EncoderPlan,
  read: () => Promise<Uint8Array>,
  { size, device, context }: Surroundings,
): Promise<Float32Array | null> {
  const whitening = specs.find(({ name }) => name === whiteningNames.directions);
  if (!('network' in body) || !whitening || whitening.start.kind === 'given') return null;
  const { network } = body;
  const pictures = await read();
  const started = specs.filter(({ name }) => network.specs.some((spec) => spec.name === name));
  const length = size * size * 3;
  const count = pictures.length / length;
  const rows = new Float32Array(count * network.dimensions);
  const program = await compileProgram(featuresSpec(network, started, size), device);
  try {
    for (let first = 0; first < count; first += batch) {
      await context.yieldToEvents();
      const images = new Uint8Array(batch * length);
      images.set(pictures.subarray(first * length, (first + batch) * length));
      const outputs = await program.run({ images });
      const wanted = Math.min(batch, count - first) * network.dimensions;
      rows.set(rowsOf(outputs, 'features', wanted), first * network.dimensions);
    }
  } finally {
    await program.dispose();
  }
  return rows;
}

function featuresSpec(
  network: TunedNetwork,
  started: readonly WeightSpec[],
  size: number,
): ProgramSpec {
  return {
    name: 'features-to-whiten',
    inputs: [{ name: 'images', shape: [batch, size, size, 3], dtype: 'uint8' }],
    build: ({ images }) => {
      if (!images) throw new Error('The features were built without pictures.');
      const weights = started.map(({ name, shape, start }) => {
        if (start.kind !== 'given')
          throw new Error(`The weight ${name} of a network has no value.`);
        return [name, tf.tensor(start.values, [...shape])] as const;
      });
      const pictures = tf.cast(images, 'float32') as tf.Tensor4D;
      return { features: network.features(pictures, Object.fromEntries(weights)) };
    },
  };
}
