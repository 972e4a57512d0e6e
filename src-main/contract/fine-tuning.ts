import './errors/without-eval.ts';
import { z } from 'zod';
import { beginsAdapted, beginsTrained } from './encoder-kinds.ts';

/** The side of the pictures, in pixels, of a training for which none is chosen. */
export const defaultSize = 32;

/** The same where the starter encoder is fine-tuned (docs/recipes.md has what larger ones give). */
export const defaultTunedSize = 112;

/**
 * The temperature of objectives that have SimCLR's 0.5, where the training begins with an encoder that was
 * trained before (docs/recipes.md); undefined for a network from nothing.
 */
export function temperatureOf(encoder: string): number | undefined {
  if (!beginsTrained(encoder)) return undefined;
  return beginsAdapted(encoder) ? 0.1 : 0.2;
}

/** An encoder to fine-tune. */
export const tunedBase = z.object({
  /** The names of its layers, from input to output. */
  layers: z.array(z.string()),
  /** The first layer that is trained, where none is chosen. */
  first: z.string(),
  /** Whether it has linear layers, of which low-rank updates (LoRA) can be trained. */
  hasLinear: z.boolean(),
  /** Side of its pictures in pixels, where none is chosen. */
  size: z.number().int(),
});
export type TunedBaseDescription = z.infer<typeof tunedBase>;
