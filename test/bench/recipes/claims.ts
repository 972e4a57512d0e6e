import type { Recipe } from './recipes.ts';

const bases = ['starter', 'starter+hog'] as const;
/** The temperature that the rings have by their paper, a tenth of SimCLR's there. */
const ringTemperature = 0.07;

const objectives = {
  simclr: {},
  debiased: { objective: 'debiased' },
  hard: { objective: 'hard' },
  'simclr at 0.07': { objective: 'simclr', settings: { temperature: ringTemperature } },
  ring: { objective: 'ring' },
  moco: { objective: 'moco' },
  'moco-ring': { objective: 'moco-ring' },
  ir: { objective: 'ir' },
  'ir-ring': { objective: 'ir-ring' },
} as const;

/** What the accuracies do not depend on, and takes a third of the time. */
const nothingKept = { ledgerSize: 0, keepCheckpoints: 1 } as const;

/** The objectives of which papers say which is the better, trained as adapters, without verdicts. */
export const claimRecipes: readonly Recipe[] = bases.flatMap((on) =>
  Object.entries(objectives).map(([name, input]) => ({
    name: `${name} on ${on}`,
    train: { encoder: 'adapter', on, ...nothingKept, ...input } as const,
  })),
);

/** Two trainings, of which a paper says that the first is the better one; or SimCLR is the base of all. */
interface Claim {
  readonly better: string;
  readonly base: string;
}

const claimed: readonly (readonly [keyof typeof objectives, keyof typeof objectives])[] = [
  ['debiased', 'simclr'],
  ['hard', 'simclr'],
  ['hard', 'debiased'],
  ['ring', 'simclr at 0.07'],
  ['moco-ring', 'moco'],
  ['ir-ring', 'ir'],
  ['ring', 'simclr'],
  ['moco', 'simclr'],
  ['ir', 'simclr'],
];

export const claims: readonly Claim[] = bases.flatMap((on) =>
  claimed.map(([better, base]) => ({ better: `${better} on ${on}`, base: `${base} on ${on}` })),
);
