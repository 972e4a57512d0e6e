import type { Recipe } from './recipes.ts';

const adapter = { encoder: 'adapter', on: 'starter+hog', heldOut: 0 } as const;
const given = { labelsOf: ['train'] };

/** What is measured of folders of pictures, the labels of a half of which are given. */
export const folderRecipes: readonly Recipe[] = [
  { name: 'raw pixels', embed: 'pixels' },
  { name: 'starter', embed: 'starter' },
  { name: 'starter+hog', embed: 'starter+hog' },
  { name: 'adapter, no labels', train: adapter },
  { name: 'adapter, supcon', train: { ...adapter, ...given, objective: 'supcon' } },
  {
    name: 'adapter, supcon, begun as the features are',
    train: { ...adapter, ...given, objective: 'supcon', adapterStart: 'features' },
  },
  {
    name: 'adapter, negatives of one label masked',
    train: { ...adapter, ...given, labels: 'mask' },
  },
  { name: 'resnet8 from nothing', train: { encoder: 'resnet8', augmentation: 'gentle' } },
];
