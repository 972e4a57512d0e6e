import { z } from 'zod';
import { EngineError } from './errors/errors.ts';
import { beginsAdapted, beginsTrained } from './encoder-kinds.ts';

export const optimiserName = z.enum(['adam', 'sgd', 'lars']);
type OptimiserName = z.infer<typeof optimiserName>;

export const scheduleName = z.enum(['constant', 'cosine', 'step']);
export type ScheduleName = z.infer<typeof scheduleName>;

/** The schedules of the learning rate in words. */
export const schedules: Readonly<Record<ScheduleName, string>> = {
  constant: 'stays the same',
  cosine: 'falls along half a cosine to 0',
  step: 'falls to a tenth at each milestone',
};

/** The complete optimisation of a run. */
export interface Optimisation {
  readonly recipe: RecipeName;
  readonly optimiser: OptimiserName;
  /** The learning rate after the warm-up and before the schedule. */
  readonly learningRate: number;
  /** 0 for Adam, which has its own moments. */
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Weight decay: L2, added to the gradient. */
  readonly weightDecay: number;
  /** Whether biases and batch norm are excluded from weight decay. */
  readonly decayExclusion: boolean;
  readonly schedule: ScheduleName;
  /** Epochs of the warm-up, in which the learning rate rises linearly from 0. */
  readonly warmupEpochs: number;
  /** Shares of the run after which the `step` schedule divides the rate by ten. */
  readonly milestones: readonly number[];
}

/** A paper's recipe; its learning rate may depend on the batch. */
export interface OptimisationRecipe extends Omit<Optimisation, 'recipe' | 'learningRate'> {
  readonly title: string;
  readonly sentence: string;
  readonly learningRate: (batch: number) => number;
}

const adamRecipe: OptimisationRecipe = {
  title: 'Adam (HCL, DCL)',
  sentence: 'Adam at 0.001 with a weight decay of 10⁻⁶ on all weights, throughout.',
  optimiser: 'adam',
  learningRate: () => 0.001,
  momentum: 0,
  nesterov: false,
  weightDecay: 1e-6,
  decayExclusion: false,
  schedule: 'constant',
  warmupEpochs: 0,
  milestones: [],
};

const adamCosineRecipe: OptimisationRecipe = {
  ...adamRecipe,
  title: 'Adam along a cosine',
  sentence: 'Adam at 0.001, along half a cosine to 0, with a weight decay of 10⁻⁶.',
  schedule: 'cosine',
};

const adamSmallRecipe: OptimisationRecipe = {
  ...adamCosineRecipe,
  title: 'Adam in small steps',
  sentence: 'Adam at 0.0001, along half a cosine to 0, with a weight decay of 10⁻⁶.',
  learningRate: () => 0.0001,
};

const sgdRecipe: OptimisationRecipe = {
  title: 'SGD in steps (MoCo, InstDisc)',
  sentence:
    'SGD at 0.03 for a batch of 256 and in proportion for others, with momentum 0.9, a tenth of it from 60 % and again from 80 % of the run.',
  optimiser: 'sgd',
  learningRate: (batch) => (0.03 * batch) / 256,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 1e-4,
  decayExclusion: false,
  schedule: 'step',
  warmupEpochs: 0,
  milestones: [0.6, 0.8],
};

/** The papers' recipes by name; `defaultRecipe` says which one a run has unless another is chosen. */
export const optimisationRecipes = {
  adam: adamRecipe,
  'adam-cosine': adamCosineRecipe,
  'adam-small': adamSmallRecipe,
  lars: {
    ...sgdRecipe,
    title: 'LARS (SimCLR)',
    sentence:
      'LARS at 0.075 √batch with ten epochs of warm-up, then a cosine; biases and batch norm are neither decayed nor scaled.',
    optimiser: 'lars',
    learningRate: (batch) => 0.075 * Math.sqrt(batch),
    decayExclusion: true,
    schedule: 'cosine',
    warmupEpochs: 10,
    milestones: [],
  },
  sgd: sgdRecipe,
  'sgd-cosine': {
    ...sgdRecipe,
    title: 'SGD along a cosine (MoCo v2)',
    sentence:
      'SGD at 0.03 for a batch of 256 and in proportion for others, with momentum 0.9, along half a cosine to 0.',
    schedule: 'cosine',
    milestones: [],
  },
  'sgd-ring': {
    ...sgdRecipe,
    title: 'SGD in steps (Ring)',
    sentence:
      'SGD at 0.03 for a batch of 256 and in proportion for others, with momentum 0.9, a tenth of it from 68 % and again from 83 % of the run.',
    milestones: [0.68, 0.83],
  },
  'sgd-cmc': {
    ...sgdRecipe,
    title: 'SGD in steps (CMC)',
    sentence:
      'SGD at 0.03 for a batch of 256 and in proportion for others, with momentum 0.9, a tenth of it from 50 %, 67 % and 83 % of the run.',
    milestones: [120 / 240, 160 / 240, 200 / 240],
  },
} as const satisfies Record<string, OptimisationRecipe>;

export type RecipeName = keyof typeof optimisationRecipes;
export const recipeName = z.enum(Object.keys(optimisationRecipes) as [RecipeName, ...RecipeName[]]);

/**
 * With fewer steps the papers' SGD has not learnt anything yet: of the trainings that it was made for,
 * the shortest, the CIFAR notebook of MoCo's authors, takes 19,400 (docs/objectives.md).
 */
const leastSgdSteps = 10_000;

/** The recipe of an objective's paper; other objectives train with Adam. */
const recipeOfObjective: Readonly<Record<string, RecipeName>> = {
  moco: 'sgd',
  'moco-ring': 'sgd-ring',
  ir: 'sgd',
  'ir-ring': 'sgd-ring',
  cmc: 'sgd-cmc',
  'cmc-nce': 'sgd-cmc',
  'cmc-ring': 'sgd-cmc',
  mochi: 'sgd-cosine',
};

const milestonesMessage =
  'milestones must be rising shares of the run, each greater than 0 and less than 1.';

/** What a user may choose of an `Optimisation`; the rest is the recipe's. */
export const optimisationChoice = z.object({
  recipe: recipeName.optional(),
  optimiser: optimiserName.optional(),
  learningRate: z.number().positive().optional(),
  momentum: z
    .number()
    .refine((value) => value >= 0 && value < 1, 'momentum must be at least 0 and less than 1.')
    .optional(),
  nesterov: z.boolean().optional(),
  weightDecay: z
    .number()
    .refine((value) => value >= 0, 'weightDecay must be at least 0.')
    .optional(),
  decayExclusion: z.boolean().optional(),
  schedule: scheduleName.optional(),
  warmupEpochs: z.number().int().min(0).optional(),
  milestones: z.array(z.number()).refine(areRisingShares, milestonesMessage).optional(),
});
export type OptimisationChoice = z.infer<typeof optimisationChoice>;

function areRisingShares(shares: readonly number[]): boolean {
  return shares.every((share, index) => share > (shares[index - 1] ?? 0) && share < 1);
}

/** What the defaults depend on. */
export interface OptimisedTraining {
  readonly objective: string;
  readonly encoder?: string | undefined;
  readonly batch: number;
  readonly epochs: number;
  /** How many there are to train on. */
  readonly pictures: number;
}

/**
 * The default recipe: that of the objective's paper, or Adam where that would be SGD and the training
 * is too short for it. Where its optimiser is not the chosen one, the first with the chosen one.
 */
export function defaultRecipe(training: OptimisedTraining, optimiser?: OptimiserName): RecipeName {
  const { objective, encoder = '', batch, epochs, pictures } = training;
  const published = recipeOfEncoder(encoder) ?? recipeOfObjective[objective] ?? 'adam';
  if (optimiser !== undefined) {
    return optimisationRecipes[published].optimiser === optimiser ? published : optimiser;
  }
  if (optimisationRecipes[published].optimiser === 'adam') return published;
  return epochs * Math.floor(pictures / batch) < leastSgdSteps ? 'adam' : published;
}

/** What suits an encoder that begins trained; a head begins with random weights. */
function recipeOfEncoder(encoder: string): RecipeName | undefined {
  if (!beginsTrained(encoder)) return undefined;
  return beginsAdapted(encoder) ? 'adam-small' : 'adam-cosine';
}

/**
 * A recipe with a user's choices in place of its own. A recipe's warm-up takes at most a tenth of the
 * run.
 * @throws EngineError bad-argument for choices that exclude each other
 */
export function resolveOptimisation(
  choice: OptimisationChoice,
  training: OptimisedTraining,
): Optimisation {
  const { batch, epochs } = training;
  const name = choice.recipe ?? defaultRecipe(training, choice.optimiser);
  const recipe: OptimisationRecipe = optimisationRecipes[name];
  const schedule = choice.schedule ?? recipe.schedule;
  const optimisation: Optimisation = {
    recipe: name,
    optimiser: choice.optimiser ?? recipe.optimiser,
    learningRate: choice.learningRate ?? recipe.learningRate(batch),
    momentum: choice.momentum ?? recipe.momentum,
    nesterov: choice.nesterov ?? recipe.nesterov,
    weightDecay: choice.weightDecay ?? recipe.weightDecay,
    decayExclusion: choice.decayExclusion ?? recipe.decayExclusion,
    schedule,
    warmupEpochs: choice.warmupEpochs ?? Math.min(recipe.warmupEpochs, Math.round(epochs / 10)),
    milestones: choice.milestones ?? (schedule === 'step' ? stepMilestones(recipe) : []),
  };
  refuseContradictions(choice, optimisation, epochs);
  return optimisation;
}

function stepMilestones({ milestones }: OptimisationRecipe): readonly number[] {
  return milestones.length > 0 ? milestones : sgdRecipe.milestones;
}

function refuseContradictions(
  choice: OptimisationChoice,
  { optimiser, schedule, warmupEpochs, recipe }: Optimisation,
  epochs: number,
): void {
  const recipes: Readonly<Record<RecipeName, OptimisationRecipe>> = optimisationRecipes;
  const wanted = recipes[recipe].optimiser;
  if (optimiser !== wanted) {
    throw refusal(
      `The recipe ${recipe} is one of ${wanted}, not of ${optimiser}; leave one of the two out.`,
    );
  }
  if (optimiser === 'adam' && (choice.momentum ?? 0) !== 0) {
    throw refusal('Adam has no momentum to set; choose sgd or lars, or leave momentum out.');
  }
  if (optimiser === 'adam' && choice.nesterov === true) {
    throw refusal("Nesterov's momentum needs sgd or lars, not Adam.");
  }
  if (schedule !== 'step' && (choice.milestones?.length ?? 0) > 0) {
    throw refusal(`Milestones belong to the schedule step, not to ${schedule}.`);
  }
  if (warmupEpochs >= Math.max(1, epochs)) {
    throw refusal(
      `A warm-up of ${warmupEpochs} epochs leaves nothing of a run of ${epochs}; choose fewer, or more epochs.`,
    );
  }
}

function refusal(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
