import { applyWhitening, fitWhitening } from '../../encoders/whitening/whitening.ts';
import type { Whitening, WhiteningProgress } from '../../encoders/whitening/whitening.ts';
import { whiteningNames } from '../../networks/frozen-body.ts';
import { partAfterFeatures } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { whitenedLength } from '../../networks/whitened-parts.ts';
import { elementCount } from '../../networks/weights.ts';
import type { WeightSpec } from '../../networks/weights.ts';
import { judgedMetric, times } from './judged-metric.ts';
import type { KnownRows } from './judged-metric.ts';

/** What a whitening is fitted to, and what it tells meanwhile. */
interface FittedTo {
  readonly count: number;
  readonly known: KnownRows | null;
  readonly onProgress: WhiteningProgress;
}

/**
 * Fits a whitening to `count` rows of frozen features, and to what is `known` of them; what it gives writes it into
 * the encoder's flat statistics, if the encoder whitens. Directions for which there are too few rows stay 0.
 */
export async function fittedStatistics(
  encoder: EncoderPlan,
  rows: Float32Array,
  { count, known, onProgress }: FittedTo,
): Promise<(statistics: Float32Array) => void> {
  const { inputs, whitening } = partAfterFeatures(encoder) ?? { inputs: 0, whitening: null };
  if (whitening === null) return () => undefined;
  const width = whitenedLength(whitening);
  const { specs } = encoder;
  const fitted = await fitWhitening(rows, count, whitening, onProgress);
  const meanwhile = (): Promise<void> => onProgress(1);
  const { outputDimensions } = fitted;
  const metric = known && (await metricOf(fitted, rows, { count, known, onProgress: meanwhile }));
  const directions = directionsOf(fitted);
  const shown = metric ? times(directions, metric, outputDimensions) : directions;
  return (statistics) => {
    statistics.set(fitted.mean, offsetOf(specs, whiteningNames.mean));
    const start = offsetOf(specs, whiteningNames.directions);
    for (let input = 0; input < inputs; input += 1) {
      const own = shown.subarray(input * outputDimensions, (input + 1) * outputDimensions);
      statistics.set(own, start + input * width);
    }
  };
}

/**
 * The metric of what is known. Only the rows of which something is known are whitened for it, but all where some
 * pairs were judged different, since the nearest of all pictures are looked for then.
 */
async function metricOf(
  fitted: Whitening,
  rows: Float32Array,
  { count, known, onProgress }: FittedTo & { known: KnownRows },
): Promise<Float64Array | null> {
  const { inputDimensions: length, outputDimensions } = fitted;
  const metric = async (features: Float32Array, own: KnownRows): Promise<Float64Array | null> => {
    const pictures = features.length / length;
    const unitRows = await applyWhitening(fitted, features, pictures, onProgress);
    return await judgedMetric(unitRows, outputDimensions, own, onProgress);
  };
  if (known.different.length > 0) return await metric(rows.subarray(0, count * length), known);
  const { groups, labels } = known;
  const wanted = [...new Set([...groups, ...labels].flat())];
  const features = new Float32Array(wanted.length * length);
  for (const [at, row] of wanted.entries()) {
    features.set(rows.subarray(row * length, (row + 1) * length), at * length);
  }
  const placeOf = new Map(wanted.map((row, place) => [row, place]));
  const placed = (sets: KnownRows['groups']): number[][] =>
    sets.map((members) => members.map((row) => placeOf.get(row) ?? 0));
  return await metric(features, { groups: placed(groups), labels: placed(labels), different: [] });
}

/** The parts' directions in one matrix [inputs, outputs], with zeros between parts. */
function directionsOf({ inputDimensions, outputDimensions, parts }: Whitening): Float64Array {
  const matrix = new Float64Array(inputDimensions * outputDimensions);
  for (const { input, output, inputs, outputs, directions } of parts) {
    for (let row = 0; row < inputs; row += 1) {
      const start = (input + row) * outputDimensions + output;
      for (let column = 0; column < outputs; column += 1) {
        matrix[start + column] = directions[column * inputs + row] ?? 0;
      }
    }
  }
  return matrix;
}

/** The index of a statistic's first value in the flat statistics. */
function offsetOf(specs: readonly WeightSpec[], name: string): number {
  const statistics = specs.filter(({ kind }) => kind === 'statistic');
  const index = statistics.findIndex((spec) => spec.name === name);
  return statistics.slice(0, index).reduce((sum, { shape }) => sum + elementCount(shape), 0);
}
