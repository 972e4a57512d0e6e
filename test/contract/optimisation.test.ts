import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../src-main/contract/learning-rate.ts';
import { optimisationRecipes, resolveOptimisation } from '../../src-main/contract/optimisation.ts';
import type { OptimisationChoice, RecipeName } from '../../src-main/contract/optimisation.ts';
import { trainInput } from '../../src-main/contract/runs.ts';

const training = { objective: 'simclr', batch: 256, epochs: 200, pictures: 50_000 };
const resolved = (choice: OptimisationChoice, change: Partial<typeof training> = {}) =>
  resolveOptimisation(choice, { ...training, ...change });

/** The learning rate of every step of a run of 200 epochs of 10 steps. */
function curve(choice: OptimisationChoice): number[] {
  const optimisation = resolved(choice);
  return Array.from({ length: 2000 }, (_, index) =>
    learningRateAt(optimisation, { step: index + 1, stepsPerEpoch: 10, epochs: 200 }),
  );
}

describe('what a run is optimised with', () => {
  it('is Adam as HCL and DCL have it where nothing is chosen', () => {
    expect(resolved({})).toMatchObject({
      optimiser: 'adam',
      learningRate: 0.001,
      weightDecay: 1e-6,
      schedule: 'constant',
      warmupEpochs: 0,
    });
  });

  it("is the objective's own recipe for MoCo, and that of a chosen optimiser", () => {
    expect(resolved({}, { objective: 'moco' })).toMatchObject({
      optimiser: 'sgd',
      learningRate: 0.03,
      momentum: 0.9,
      weightDecay: 1e-4,
      schedule: 'step',
      milestones: [0.6, 0.8],
    });
    expect(resolved({ optimiser: 'adam' }, { objective: 'moco' }).learningRate).toBe(0.001);
  });

  it('scales SGD’s rate with the batch, as MoCo’s authors do from 256 to 512', () => {
    for (const objective of ['moco', 'moco-ring', 'mochi', 'ir', 'cmc']) {
      const rate = (batch: number) =>
        resolved({ optimiser: 'sgd' }, { objective, batch }).learningRate;
      expect([rate(512), rate(256), rate(64)]).toEqual([0.06, 0.03, 0.0075]);
    }
  });

  it('is Adam for MoCo, IR and CMC where the steps are too few for their SGD', () => {
    const short = { batch: 64, pictures: 1118, epochs: 30 };
    for (const objective of ['moco', 'moco-ring', 'mochi', 'ir', 'ir-ring', 'cmc', 'cmc-nce']) {
      expect(resolved({}, { objective, ...short }).recipe).toBe('adam');
    }
    // 17 steps an epoch: 589 epochs are 10,013 steps.
    const recipe = (epochs: number) =>
      resolved({}, { ...short, objective: 'mochi', epochs }).recipe;
    expect([recipe(588), recipe(589)]).toEqual(['adam', 'sgd-cosine']);
    expect(resolved({ optimiser: 'sgd' }, { objective: 'ir-ring', ...short }).recipe).toBe(
      'sgd-ring',
    );
    expect(resolved({ recipe: 'sgd' }, { objective: 'ir', ...short }).recipe).toBe('sgd');
  });

  it("is SimCLR's LARS: the square root of the batch, warm-up, cosine, no decay of norms", () => {
    expect(resolved({ optimiser: 'lars' }, { batch: 4096 })).toMatchObject({
      recipe: 'lars',
      learningRate: 4.8,
      warmupEpochs: 10,
      schedule: 'cosine',
      decayExclusion: true,
    });
    expect(resolved({ optimiser: 'lars' }, { epochs: 30 }).warmupEpochs).toBe(3);
  });

  it('keeps every choice beside the recipe', () => {
    const choice = {
      learningRate: 0.5,
      momentum: 0.5,
      weightDecay: 0,
      schedule: 'cosine',
    } as const;
    expect(resolved({ recipe: 'sgd', ...choice })).toMatchObject({ ...choice, milestones: [] });
  });

  it.each<[OptimisationChoice, RegExp]>([
    [{ recipe: 'sgd', optimiser: 'lars' }, /sgd.*lars/],
    [{ momentum: 0.9 }, /Adam has no momentum/],
    [{ nesterov: true }, /Nesterov/],
    [{ recipe: 'sgd', schedule: 'cosine', milestones: [0.5] }, /step/],
    [{ warmupEpochs: 200 }, /warm-up of 200 epochs.*run of 200/],
  ])('refuses what excludes itself: %j', (choice, sentence) => {
    expect(() => resolved(choice)).toThrow(sentence);
  });

  it.each([
    { momentum: 1 },
    { momentum: -0.1 },
    { weightDecay: -1 },
    { learningRate: 0 },
    { milestones: [0.8, 0.6] },
    { milestones: [0, 0.5] },
    { milestones: [0.5, 1] },
    { optimiser: 'rmsprop' },
  ])('refuses what is out of range: %j', (choice) => {
    expect(trainInput.safeParse(choice).success).toBe(false);
  });

  it.each(Object.keys(optimisationRecipes) as RecipeName[])('can be the recipe %s', (recipe) => {
    const rates = curve({ recipe });
    expect(Math.max(...rates)).toBeCloseTo(resolved({ recipe }).learningRate, 10);
    expect(rates.every((rate) => rate > 0)).toBe(true);
  });
});

describe('the learning rate over a run', () => {
  it('falls to a tenth at epochs 120 and 160 of 200, as MoCo has it', () => {
    const rates = curve({ recipe: 'sgd' });
    const at = (epoch: number) => rates[epoch * 10];
    expect(rates[1199]).toBe(0.03);
    expect(at(120)).toBeCloseTo(0.003, 12);
    expect(rates[1599]).toBeCloseTo(0.003, 12);
    expect(at(160)).toBeCloseTo(0.0003, 12);
    expect(rates.at(-1)).toBeCloseTo(0.0003, 12);
  });

  it('falls along half a cosine: whole at first, half in the middle, nearly 0 at the end', () => {
    const rates = curve({ recipe: 'sgd-cosine' });
    expect(rates[0]).toBe(0.03);
    expect(rates[1000]).toBeCloseTo(0.015, 12);
    expect(rates[500]).toBeCloseTo(0.015 * (1 + Math.SQRT1_2), 12);
    expect(rates.at(-1)).toBeLessThan(1e-6);
  });

  it('rises in equal steps while warming up, and the cosine begins where that ends', () => {
    const rates = curve({ recipe: 'lars' });
    const top = 0.075 * 16;
    expect(rates[0]).toBeCloseTo(top / 100, 12);
    expect(rates[49]).toBeCloseTo(top / 2, 12);
    expect(rates[99]).toBeCloseTo(top, 12);
    expect(rates[100]).toBeCloseTo(top, 12);
    expect(rates[1050]).toBeCloseTo(top / 2, 12);
  });
});
