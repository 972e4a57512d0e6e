import { z } from 'zod';

/** The projection heads of the papers, which turn h into the z that the loss sees. */
export const projectionHeads = {
  none: {
    title: 'None',
    sentence: 'no head: the loss sees h itself, so that h is what learns',
  },
  linear: {
    title: 'Linear',
    sentence: 'one linear layer, as in MoCo, InstDisc and CMC',
  },
  mlp: {
    title: 'Two layers',
    sentence: 'two linear layers with ReLU between, as in SimCLR, MoCo v2, MoCHi and Ring',
  },
  'mlp-norm': {
    title: 'Two layers with batch norm',
    sentence: 'two linear layers with batch norm and ReLU between, as in DCL and HCL',
  },
  'mlp-3': {
    title: 'Three layers with batch norm',
    sentence: 'three linear layers with batch norm after each and ReLU between, as in SimCLR v2',
  },
} as const;

/** The name of a projection head. */
export const projectionHead = z.enum(
  Object.keys(projectionHeads) as [ProjectionHead, ...ProjectionHead[]],
);
export type ProjectionHead = keyof typeof projectionHeads;

/** What an adapter adds to features x: W x, or W2 relu(W1 x) with a narrow hidden layer. */
export const adapterKind = z.enum(['linear', 'bottleneck']);
export type AdapterKind = z.infer<typeof adapterKind>;

/** The adapter of a trained run; runs that record none are older than the choice. */
export function adapterOfRun({
  settings,
}: {
  readonly settings: Readonly<Record<string, unknown>>;
}): AdapterKind {
  return adapterKind.catch('bottleneck').parse(settings['adapter']);
}

/** The head of a trained run; runs that record none are older than the choice. */
export function headOfRun({
  encoder,
  settings,
}: {
  readonly encoder: string;
  readonly settings: Readonly<Record<string, unknown>>;
}): ProjectionHead {
  const recorded = projectionHead.safeParse(settings['head']);
  if (recorded.success) return recorded.data;
  return encoder.startsWith('resnet8') ? 'mlp' : 'mlp-norm';
}
