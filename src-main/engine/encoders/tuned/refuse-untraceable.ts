import type * as tf from '@tensorflow/tfjs';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { recordGraph } from '../../graph/trace.ts';
import type { TunableNetwork } from '../../networks/tuned-network.ts';
import { weightNamed } from '../../networks/weights.ts';

/** Before the names of a loaded network's weights, so that they differ from those of the head. */
export const networkPrefix = 'network.';

/** A number of pictures that no layer has as its width, so that a graph for another number is seen. */
const probed = 3;

/**
 * Records the network once, so that what is not trained through is said before a training begins.
 * @throws EngineError unsupported-operation, bad-encoder
 */
export function refuseUntraceable(
  { path, preprocessing }: EncoderDescription,
  { layers, trainFrom }: TunableNetwork,
): void {
  const network = trainFrom(layers[0] ?? '', 1);
  const { width, height } = preprocessing;
  const shapeOfFeatures = (): readonly (number | string)[] => {
    const graph = recordGraph({
      name: 'network-to-tune',
      inputs: [
        { name: 'pictures', shape: [probed, height, width, 3], dtype: 'float' },
        ...network.specs.map(({ name, shape }) => ({ name, shape, dtype: 'float' as const })),
      ],
      build: (inputs) => ({
        features: network.features(weightNamed(inputs, 'pictures') as tf.Tensor4D, inputs),
      }),
    });
    return graph.outputs[0]?.dims ?? [];
  };
  const expected = [probed, network.dimensions].join(' x ');
  let found: string;
  try {
    found = shapeOfFeatures().join(' x ');
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw untraceable(
      path,
      `it fixes how many pictures it takes, or its shapes are not understood (${reason})`,
      cause,
    );
  }
  if (found !== expected)
    throw untraceable(path, `it gives ${found} numbers instead of ${expected}`);
}

function untraceable(path: string, why: string, cause?: unknown): EngineError {
  return new EngineError(
    'unsupported-operation',
    `The network of ${path} cannot be trained further here: ${why.replace(/\.\)$/, ')')}; train a head or an adapter on it.`,
    { cause },
  );
}
