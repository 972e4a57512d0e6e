import type { TrainInput } from '../../../src-main/contract/runs.ts';

/** A training to be measured; without an input the starter encoder as it is. */
export interface Recipe {
  readonly name: string;
  readonly input: Partial<TrainInput> | null;
}

const adapter = { encoder: 'adapter', on: 'starter' } as const;
const finetune = { encoder: 'finetune', on: 'starter' } as const;
/** Every verdict is fed: the other half of the emoji is what tells. */
const verdicts = { verdicts: 'attract', heldOut: 0 } as const;
const sharp = { settings: { temperature: 0.1 } } as const;

export const recipes: readonly Recipe[] = [
  { name: 'starter', input: null },
  { name: 'adapter', input: adapter },
  { name: 'adapter, a head of two layers', input: { ...adapter, head: 'mlp' } },
  { name: 'adapter, hard', input: { ...adapter, objective: 'hard' } },
  { name: 'fine-tuning', input: finetune },
  { name: 'adapter, verdicts', input: { ...adapter, ...verdicts } },
  { name: 'adapter, verdicts, t 0.1', input: { ...adapter, ...verdicts, ...sharp } },
  {
    name: 'adapter, verdicts that only mask',
    input: { ...adapter, ...verdicts, verdicts: 'mask' },
  },
  {
    name: 'adapter, verdicts, own positives only',
    input: { ...adapter, ...verdicts, groupPositives: 0 },
  },
  { name: 'fine-tuning, verdicts', input: { ...finetune, ...verdicts } },
  { name: 'fine-tuning, verdicts, t 0.1', input: { ...finetune, ...verdicts, ...sharp } },
];
