import { fitWhitening } from '../../encoders/starter/whitening.ts';
import { whiteningNames } from '../../networks/frozen-body.ts';
import { partAfterFeatures } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { elementCount } from '../../networks/weights.ts';
import type { WeightSpec } from '../../networks/weights.ts';

/**
 * Fits a whitening to `count` rows of frozen features and writes it into the encoder's flat
 * `statistics`, if the encoder whitens. Directions for which there are too few rows stay 0.
 */
export function writeWhitening(
  encoder: EncoderPlan,
  statistics: Float32Array,
  rows: Float32Array,
  count: number,
): void {
  const { inputs, whitened } = partAfterFeatures(encoder) ?? { inputs: 0, whitened: null };
  if (whitened === null) return;
  const { specs } = encoder;
  const fitted = fitWhitening(rows, count, inputs, whitened);
  statistics.set(fitted.mean, offsetOf(specs, whiteningNames.mean));
  const start = offsetOf(specs, whiteningNames.directions);
  for (let direction = 0; direction < fitted.outputDimensions; direction += 1) {
    for (let input = 0; input < inputs; input += 1) {
      statistics[start + input * whitened + direction] =
        fitted.directions[direction * inputs + input] ?? 0;
    }
  }
}

/** The index of a statistic's first value in the flat statistics. */
function offsetOf(specs: readonly WeightSpec[], name: string): number {
  const statistics = specs.filter(({ kind }) => kind === 'statistic');
  const index = statistics.findIndex((spec) => spec.name === name);
  return statistics.slice(0, index).reduce((sum, { shape }) => sum + elementCount(shape), 0);
}
