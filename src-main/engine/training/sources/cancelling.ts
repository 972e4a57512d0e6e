import type * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { CancellationRule } from '../../losses/cancellation.ts';
import { quantileThreshold } from '../../losses/false-columns.ts';

/** The settings of false negative cancellation in a source; see `CancellationRule`. */
export interface Cancelling extends Pick<CancellationRule, 'topK' | 'mode'> {
  /** S, views of each picture in addition to those that the source takes anyway. */
  readonly supportViews: number;
  /** The cosine above which a negative may be a false one, where there is no quantile. */
  readonly threshold: number;
  /** The quantile of a step's scores that is the threshold instead; 0 for none. */
  readonly quantile: number;
}

const threshold = 'cancellation.threshold';

/** The input of a step with the threshold, which a quantile does not need. */
export function cancellationInputs({ quantile }: Cancelling): InputSpec[] {
  return quantile > 0 ? [] : [{ name: threshold, shape: [], dtype: 'float' }];
}

/** What feeds `cancellationInputs`. */
export function cancellationFeeds(cancelling: Cancelling): Record<string, NamedArray['values']> {
  return cancelling.quantile > 0 ? {} : { [threshold]: Float32Array.of(cancelling.threshold) };
}

/** The rule of a step, in its graph. */
export function cancellationRule(
  { topK, mode, quantile }: Cancelling,
  input: (name: string) => tf.Tensor,
): CancellationRule {
  const isByQuantile = quantile > 0;
  return {
    ...{ topK, mode },
    threshold: isByQuantile ? quantileThreshold(quantile) : (input(threshold) as tf.Scalar),
  };
}
