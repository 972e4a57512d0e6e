import type { TrainInput } from '../../../src-main/contract/runs.ts';

/** A training to be measured; without an input the starter encoder as it is. */
export interface Recipe {
  readonly name: string;
  readonly input: Partial<TrainInput> | null;
}

const adapter = { encoder: 'adapter', on: 'starter' } as const;
const joined = { encoder: 'adapter', on: 'starter+hog' } as const;
const finetune = { encoder: 'finetune', on: 'starter' } as const;
/** Every verdict is fed: the other half of the emoji is what tells. */
const verdicts = { verdicts: 'attract', heldOut: 0 } as const;
const sharp = { settings: { temperature: 0.1 } } as const;

export const recipes: readonly Recipe[] = [
  { name: 'j', input: joined },
  { name: 'j 1e-4', input: { ...joined, learningRate: 1e-4 } },
  { name: 'j 1e-4 t.1', input: { ...joined, learningRate: 1e-4, ...sharp } },
  { name: 'jv', input: { ...joined, ...verdicts } },
  { name: 'jv 1e-4', input: { ...joined, ...verdicts, learningRate: 1e-4 } },
  { name: 'jv 1e-4 t.1', input: { ...joined, ...verdicts, learningRate: 1e-4, ...sharp } },
  { name: 'jv 3e-5 t.1', input: { ...joined, ...verdicts, learningRate: 3e-5, ...sharp } },
  {
    name: 'jv 1e-4 t.05',
    input: { ...joined, ...verdicts, learningRate: 1e-4, settings: { temperature: 0.05 } },
  },
  { name: 'jh 1e-4 t.1', input: { ...joined, learningRate: 1e-4, ...sharp, objective: 'hard' } },
  { name: 'a 1e-4 t.1', input: { ...adapter, learningRate: 1e-4, ...sharp } },
  { name: 'av 1e-4 t.1', input: { ...adapter, ...verdicts, learningRate: 1e-4, ...sharp } },
  { name: 'fv 1e-4 t.1', input: { ...finetune, ...verdicts, learningRate: 1e-4, ...sharp } },
  { name: 'f 1e-4 t.1', input: { ...finetune, learningRate: 1e-4, ...sharp } },
  { name: 'fv 1e-3 t.1', input: { ...finetune, ...verdicts, ...sharp } },
  { name: 'fvf 1e-3 t.1', input: { ...finetune, ...verdicts, ...sharp, adapterStart: 'features' } },
  { name: 'av 1e-3 t.1', input: { ...adapter, ...verdicts, ...sharp } },
  { name: 'jd', input: { ...joined, learningRate: 1e-4, ...sharp, objective: 'debiased' } },
  { name: 'jr', input: { ...joined, learningRate: 1e-4, ...sharp, objective: 'ring' } },
];
