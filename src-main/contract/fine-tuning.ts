import './errors/without-eval.ts';
import { z } from 'zod';
import { takesFeatures } from './head-training.ts';

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

/** The side of the pictures, in pixels, of a training for which none is chosen. */
export const defaultSize = 32;

/** The same where the starter encoder is fine-tuned (docs/recipes.md has what larger ones give). */
export const defaultTunedSize = 112;

/**
 * The temperature of objectives that have SimCLR's 0.5, where the training begins with an encoder that was
 * trained before (docs/recipes.md).
 */
export const temperatureOfTrained = 0.2;

/** An encoder to fine-tune. */
export const tunedBase = z.object({
  /** The names of its layers, from input to output. */
  layers: z.array(z.string()),
  /** The first layer that is trained, where none is chosen. */
  first: z.string(),
  /** Side of its pictures in pixels, where none is chosen. */
  size: z.number().int(),
});
export type TunedBaseDescription = z.infer<typeof tunedBase>;
