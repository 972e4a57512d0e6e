import './errors/without-eval.ts';
import { z } from 'zod';

/**
 * What is trained on the frozen features of another encoder: a projection head, or an adapter with a
 * head.
 */
export const featureEncoder = z.enum(['head', 'adapter']);
export type FeatureEncoder = z.infer<typeof featureEncoder>;

/** Whether an encoder is trained on the frozen features of another one. */
export function takesFeatures(encoder: string): encoder is FeatureEncoder {
  return featureEncoder.safeParse(encoder).success;
}

/** Whether a training goes on from the weights of an encoder that was trained before. */
export function isFineTuning(encoder: string): encoder is 'finetune' {
  return encoder === 'finetune';
}

/**
 * Whether a training begins where another encoder is: its h is good before the first step, and strong
 * views, a high temperature and a head that takes up what is learnt do not serve it.
 */
export function beginsTrained(encoder: string): boolean {
  return isFineTuning(encoder) || takesFeatures(encoder);
}

/**
 * Whether h begins as that of another encoder: that of a head, which begins at random, does not, although
 * what is before the head was trained.
 */
export function beginsAdapted(encoder: string): boolean {
  return beginsTrained(encoder) && encoder !== 'head';
}
