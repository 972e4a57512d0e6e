import { beforeEach, describe, expect, it } from 'vitest';
import type { OptimisationForm } from '../../../../src-renderer/app/training/optimisation-form.svelte.ts';
import { TrainForm } from '../../../../src-renderer/app/training/train-form.svelte.ts';

let train: TrainForm;
let form: OptimisationForm;
beforeEach(() => {
  train = new TrainForm(() => 1000);
  form = train.optimisation;
});

describe('the form of how weights are moved', () => {
  it('follows the objective’s recipe while none is chosen', () => {
    expect([form.recipe, form.resolved.learningRate, form.isChanged]).toEqual([
      ...['adam', 0.001, false],
    ]);
    train.objective = 'moco';
    expect(form.recipe).toBe('adam');
    // Of 1,000 pictures in batches of 64: 15 steps an epoch, 10,000 of them from epoch 667 on.
    train.epochs = 667;
    expect([form.recipe, form.description.title, form.resolved.learningRate]).toEqual([
      ...['sgd', 'SGD in steps (MoCo, InstDisc)', 0.0075],
    ]);
    expect(form.resolved.milestones).toEqual([0.6, 0.8]);
  });

  it('follows batch and epochs', () => {
    form.follow('lars');
    train.batch = 256;
    // LARS at 0.075 √batch, its ten epochs of warm-up at most a tenth of the run.
    expect(form.defaults).toMatchObject({ learningRate: 1.2, warmupEpochs: 3 });
    train.epochs = 200;
    expect(form.defaults.warmupEpochs).toBe(10);
  });

  it('keeps what was set beside what the recipe has', () => {
    train.objective = 'moco';
    train.epochs = 667;
    form.set('learningRate', 0.1);
    form.set('nesterov', true);
    expect(form.resolved).toMatchObject({ learningRate: 0.1, nesterov: true, momentum: 0.9 });
    expect(form.defaults).toMatchObject({ learningRate: 0.0075, nesterov: false });
    expect(form.isChanged).toBe(true);
    form.set('nesterov', undefined);
    expect(form.choice).toEqual({ learningRate: 0.1 });
  });

  it('begins anew with another recipe, and says nothing of the objective’s own', () => {
    form.set('learningRate', 0.1);
    form.follow('sgd-cosine');
    expect([form.choice, form.isChanged]).toEqual([{ recipe: 'sgd-cosine' }, false]);
    form.set('momentum', 0.5);
    form.reset();
    expect(form.choice).toEqual({ recipe: 'sgd-cosine' });
    form.follow('adam');
    expect(form.choice).toEqual({});
  });

  it('says what is out of range or excludes each other, and shows the recipe meanwhile', () => {
    form.set('momentum', 0.9);
    expect(form.problem).toBe(
      'Adam has no momentum to set; choose sgd or lars, or leave momentum out.',
    );
    expect(form.resolved).toEqual(form.defaults);
    form.follow('sgd');
    form.set('momentum', 1);
    expect(form.problem).toBe('momentum must be at least 0 and less than 1.');
    form.set('momentum', undefined);
    form.set('warmupEpochs', 30);
    expect(form.problem).toBe(
      'A warm-up of 30 epochs leaves nothing of a run of 30; choose fewer, or more epochs.',
    );
    train.epochs = 31;
    expect(form.problem).toBe('');
    expect(form.resolved.warmupEpochs).toBe(30);
  });
});
