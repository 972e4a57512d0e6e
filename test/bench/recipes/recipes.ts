import type { TrainInput } from '../../../src-main/contract/runs.ts';

/** A training to be measured, or an encoder as it is. */
export interface Recipe {
  readonly name: string;
  readonly embed?: string;
  readonly train?: Partial<TrainInput>;
}

const onStarter = { encoder: 'adapter', on: 'starter' } as const;
const onBoth = { encoder: 'adapter', on: 'starter+hog' } as const;
const finetune = { encoder: 'finetune', on: 'starter' } as const;
/** Every verdict is fed: the other half of the emoji is what tells. */
const verdicts = { verdicts: 'attract', heldOut: 0 } as const;

export const recipes: readonly Recipe[] = [
  { name: 'starter', embed: 'starter' },
  { name: 'starter+hog', embed: 'starter+hog' },
  { name: 'adapter on starter', train: onStarter },
  { name: 'adapter on starter, verdicts', train: { ...onStarter, ...verdicts } },
  { name: 'adapter on starter+hog', train: onBoth },
  { name: 'the same, debiased', train: { ...onBoth, objective: 'debiased' } },
  { name: 'the same, hard', train: { ...onBoth, objective: 'hard' } },
  { name: 'the same, moco', train: { ...onBoth, objective: 'moco' } },
  { name: 'the same, moco-ring', train: { ...onBoth, objective: 'moco-ring' } },
  { name: 'adapter on starter+hog, verdicts', train: { ...onBoth, ...verdicts } },
  {
    name: 'the same, that only mask',
    train: { ...onBoth, ...verdicts, verdicts: 'mask' },
  },
  {
    name: 'the same, begun as the features are',
    train: { ...onBoth, ...verdicts, adapterStart: 'features' },
  },
  { name: 'fine-tuning', train: finetune },
  { name: 'fine-tuning, verdicts', train: { ...finetune, ...verdicts } },
];
