import { describe, expect, it } from 'vitest';
import { augmentationPresets } from '../../src-main/contract/augmentations.ts';
import { defaultAugmentation } from '../../src-main/contract/objective-augmentations.ts';
import { defaultHead } from '../../src-main/contract/objective-heads.ts';
import { headOfRun } from '../../src-main/contract/projection-heads.ts';
import { trainAgainInput } from '../../src-main/contract/train-again.ts';

function views(objective: string, size: number) {
  const preset = defaultAugmentation({ objective, encoder: 'resnet18', size });
  return augmentationPresets[preset].settings;
}

describe('the views that an objective has by default', () => {
  it('are those of its official code', () => {
    // HobbitLong/CMC: crops from 0.2 and mirrored, RGB to Lab, no change of colour, no grey.
    expect(views('cmc', 32)).toMatchObject({
      ...{ cropScaleMin: 0.2, flipProbability: 0.5, jitterProbability: 0 },
      ...{ grayscaleProbability: 0, blurProbability: 0 },
    });
    // joshr17/HCL: as SimCLR on CIFAR, and GaussianBlur(int(0.1 · size)) at 0.5.
    expect(views('hard', 32)).toMatchObject({ cropScaleMin: 0.08, blurProbability: 0.5 });
    expect(views('debiased', 96)).toMatchObject({ blurProbability: 0.5, blurWindow: 0.1 });
    // facebookresearch/moco without --aug-plus: crops from 0.2, ColorJitter(.4, .4, .4, .4) always.
    expect(views('moco', 32)).toMatchObject({
      ...{ cropScaleMin: 0.2, jitterProbability: 1, hue: 0.4 },
      ...{ grayscaleProbability: 0.2, blurProbability: 0 },
    });
    // With --aug-plus, as MoCHi.
    expect(views('mochi', 224)).toMatchObject({
      cropScaleMin: 0.2,
      hue: 0.1,
      blurProbability: 0.5,
    });
    // lemniscate's cifar.py has no flip, its main.py has.
    expect(views('ir', 32)).toMatchObject({ flipProbability: 0, hue: 0.4, jitterProbability: 1 });
    expect(views('ir', 224)).toMatchObject({
      flipProbability: 0.5,
      hue: 0.4,
      jitterProbability: 1,
    });
    // google-research/simclr: half the strength and no blur on CIFAR.
    expect(views('simclr', 32)).toMatchObject({ brightness: 0.4, hue: 0.1, blurProbability: 0 });
    expect(views('simclr', 224)).toMatchObject({ brightness: 0.8, hue: 0.2, blurProbability: 0.5 });
  });

  it('are gentle where an encoder that was trained before is trained further', () => {
    const found = defaultAugmentation({ objective: 'simclr', encoder: 'head', size: 224 });
    expect(found).toBe('gentle');
  });
});

describe('the head that an objective has by default', () => {
  it.each([
    ['simclr', 'mlp'],
    ['hard', 'mlp-norm'],
    ['debiased', 'mlp-norm'],
    ['moco', 'linear'],
    ['mochi', 'mlp'],
    ['ir', 'linear'],
    ['cmc', 'linear'],
    ['ring', 'mlp'],
    ['fnc', 'mlp-3'],
  ])('of %s is %s', (objective, head) => {
    expect(defaultHead({ objective, encoder: 'resnet8' })).toBe(head);
  });

  it('stays that of a run that records none', () => {
    const settings = {};
    expect(headOfRun({ encoder: 'resnet8', settings })).toBe('mlp');
    expect(headOfRun({ encoder: 'resnet18-lab', settings })).toBe('mlp-norm');
    expect(headOfRun({ encoder: 'head', settings })).toBe('mlp-norm');
    expect(headOfRun({ encoder: 'resnet8', settings: { head: 'linear' } })).toBe('linear');
    const run = {
      ...{ name: 'old', encoder: 'resnet8', objective: 'hard', device: 'cpu' },
      settings: { augmentation: 'simclr', epochs: 2, batch: 8 },
    };
    expect(trainAgainInput(run, 'mask', 100)).toMatchObject({
      head: 'mlp',
      augmentation: 'simclr',
    });
  });
});
