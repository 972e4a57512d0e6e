import { expect, it } from 'vitest';
import { trainAgainInput } from '../../src-main/contract/train-again.ts';
import { trainsAdapter, verdictTraining } from '../../src-main/contract/verdict-training.ts';

const run = {
  ...{ name: 'my pictures', encoder: 'starter+hog', objective: null, settings: {} },
  device: 'cpu',
};

it.each(['attract', 'mask'] as const)(
  'trains an adapter on an encoder that was not trained here, as the command would: %s',
  (verdicts) => {
    const loaded = { ...run, kind: 'loaded' } as const;
    expect(trainsAdapter(loaded)).toBe(true);
    expect(verdictTraining(loaded, verdicts, 500)).toMatchObject({
      ...{ encoder: 'adapter', on: 'starter+hog', adapter: 'linear', objective: 'simclr' },
      ...{ verdicts, seed: 1, device: 'auto', heldOut: 0.2, adapterStart: 'judged' },
    });
  },
);

it('takes all pictures of a small library in one batch', () => {
  const loaded = { ...run, kind: 'loaded' } as const;
  expect(verdictTraining(loaded, 'attract', 36).batch).toBe(36);
  expect(verdictTraining(loaded, 'attract', 64).batch).toBe(64);
  expect(verdictTraining(loaded, 'attract', 500).batch).toBe(64);
});

it('repeats the training of a run that was trained here', () => {
  const settings = { augmentation: 'simclr', epochs: 2, batch: 8 };
  const trained = { ...run, encoder: 'resnet8', objective: 'hard', settings, kind: 'trained' };
  const kind = 'trained' as const;
  expect(trainsAdapter({ kind })).toBe(false);
  expect(verdictTraining({ ...trained, kind }, 'mask', 100)).toEqual(
    trainAgainInput(trained, 'mask', 100),
  );
});

it('refuses vectors that were imported, whatever their encoder was called', () => {
  const imported = { ...run, encoder: 'resnet8', kind: 'imported' } as const;
  expect(() => verdictTraining(imported, 'mask', 100)).toThrow(
    '"my pictures" was imported as vectors',
  );
});
