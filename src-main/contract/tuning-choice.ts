import { z } from 'zod';

/** What is chosen of the network that a fine-tuning goes on from. */
export const tuningChoice = z.object({
  /** The first layer that is trained; the layers before it stay as they are. */
  trainFrom: z.string().min(1).optional(),
  /** The rank of the updates of linear layers that are trained instead of all weights (LoRA). */
  lora: z.number().int().min(1).max(512).optional(),
  /** The learning rate of each layer as a part of that of the layer after it. */
  layerDecay: z
    .number()
    .refine((value) => value > 0 && value <= 1, 'layerDecay must be more than 0 and at most 1.')
    .default(0.65),
});
