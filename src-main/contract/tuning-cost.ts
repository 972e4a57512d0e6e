import { z } from 'zod';
import { formatCount } from './format-count.ts';
import { trainInput } from './runs.ts';

/** The settings of a fine-tuning that decide how long it takes. */
export const tuningCostInput = trainInput
  .pick({
    trainFrom: true,
    lora: true,
    size: true,
    batch: true,
    epochs: true,
    objective: true,
    settings: true,
    views: true,
  })
  .extend({ on: trainInput.shape.on.unwrap() });

/** What a fine-tuning takes, about. */
export const tuningCost = z.object({
  /** Seconds of all steps and of what is cached before them, by the measured speed of the encoder; null if it never ran here. */
  seconds: z.number().nullable(),
  /** Bytes of memory for the weights that are trained and what their gradients need. */
  bytes: z.number(),
  /** The number of weights that are trained. */
  weights: z.number().int(),
  /** The part of a pass through the encoder that is before the first trained layer, 0 to 1. */
  frozenShare: z.number(),
  /** What caching the features of that part takes before the first step; null with fresh views. */
  cached: z
    .object({
      /** Views of each picture. */
      views: z.number().int(),
      /** Seconds, which are among those of all steps; null if the encoder never ran here. */
      seconds: z.number().nullable(),
      /** Bytes of the features in the library. */
      bytes: z.number(),
    })
    .nullable(),
});
export type TuningCost = z.infer<typeof tuningCost>;

/** What a fine-tuning takes, in a sentence; times and sizes are written by the given functions. */
export function tuningCostWords(
  { seconds, bytes, weights, frozenShare, cached }: TuningCost,
  words: {
    readonly duration: (seconds: number) => string;
    readonly size: (bytes: number) => string;
  },
): string {
  const share = Math.round(100 * frozenShare);
  const time =
    seconds === null ? 'a time that the first steps show' : `about ${words.duration(seconds)}`;
  const trained = `${formatCount(weights)} weights are trained, ${time} on the processor and up to about ${words.size(bytes)} of memory; ${share} % of the encoder is before them and is not trained`;
  return `${trained}${cached === null ? '.' : cachedWords(cached, words)}`;
}

function cachedWords(
  { views, seconds, bytes }: NonNullable<TuningCost['cached']>,
  words: Parameters<typeof tuningCostWords>[1],
): string {
  const time = seconds === null ? '' : `, in about ${words.duration(seconds)} of these`;
  return `: ${views} views of each picture go through it before the first step${time}, and their features take ${words.size(bytes)} in the library.`;
}
