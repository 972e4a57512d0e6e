import { expect, it } from 'vitest';
import {
  hasViews,
  viewSettings,
} from '../../../../../src-renderer/pages/explore/inspector/view-settings.ts';

it('draws views as the training of a run did', () => {
  const augmentationOverrides = { hue: 0.2 };
  expect(
    viewSettings({ augmentation: 'simclr', augmentationOverrides, size: 32, seed: 1 }),
  ).toEqual({
    ...{ augmentation: 'simclr', augmentationOverrides, size: 32 },
  });
});

it('draws the default ones for a run that was not trained here', () => {
  expect(viewSettings({})).toEqual({ augmentationOverrides: {}, size: 64 });
});

it('leaves out what it does not know', () => {
  expect(
    viewSettings({ augmentation: 'of-tomorrow', augmentationOverrides: 7, size: '32' }),
  ).toEqual({
    size: 64,
  });
});

it('shows views only where the training of a run drew some', () => {
  expect(hasViews({ augmentation: 'simclr' })).toBe(true);
  expect(hasViews({ size: 64 })).toBe(false);
});
