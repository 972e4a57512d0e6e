import { describe, expect, it } from 'vitest';
import type { LabelRule } from '../../../src-main/contract/label-rule.ts';
import { FolderTree, folderOf } from '../../../src-main/engine/labels/folder-tree.ts';
import { labelsByFolder } from '../../../src-main/engine/labels/label-by-folder.ts';
import { proposeRule } from '../../../src-main/engine/labels/propose-rule.ts';

/** `count` pictures in each of the folders. */
function pictures(folders: readonly string[], count = 4): string[] {
  return folders.flatMap((folder) =>
    Array.from({ length: count }, (_, index) => `${folder}${folder && '/'}${index}.jpg`),
  );
}

/** The label and split of the folders' pictures under a rule, the suggested one where none is given. */
function labelled(paths: readonly string[], rule?: LabelRule): Record<string, string> {
  const tree = new FolderTree(paths);
  const byFolder = labelsByFolder(tree, rule ?? proposeRule(tree).rule);
  return Object.fromEntries(
    [...new Set(paths.map(folderOf))].map((folder) => {
      const { label, split } = byFolder.get(folder) ?? { label: null, split: null };
      return [folder, `${label ?? '-'} ${split ?? '-'}`];
    }),
  );
}

describe('the suggested rule', () => {
  it.each<[string, Record<string, string>]>([
    ['one level of classes', { cat: 'cat -', dog: 'dog -' }],
    [
      'classes of the name of a split',
      { train: 'train -', bus: 'bus -', test_tube: 'test_tube -' },
    ],
    [
      'splits above classes',
      {
        'train/cat': 'cat train',
        'train/dog': 'dog train',
        'val/cat': 'cat val',
        'val/dog': 'dog val',
      },
    ],
    [
      'classes above splits',
      { 'cat/train': 'cat train', 'cat/test': 'cat test', 'dog/train': 'dog train' },
    ],
    ['splits without classes', { train: '- train', test: '- test' }],
    ['one split alone', { 'train/cat': 'cat train', 'train/dog': 'dog train' }],
    [
      'a class train beside its own splits',
      { 'train/bus': 'bus train', 'train/train': 'train train', 'test/bus': 'bus test' },
    ],
    [
      'two levels',
      { 'clothes/hat': 'hat -', 'clothes/dress': 'dress -', 'animals/birds': 'birds -' },
    ],
    [
      'levels of different depth',
      { 'clothes/hat': 'hat -', 'clipart/animals/birds': 'birds -', 'clipart/food': 'food -' },
    ],
    [
      'domains that share their classes',
      {
        'clipart/dog': 'dog -',
        'sketch/dog': 'dog -',
        'clipart/cat': 'cat -',
        'sketch/cat': 'cat -',
      },
    ],
    [
      'folders of years below classes',
      { 'cat/2021': 'cat -', 'cat/2022': 'cat -', 'dog/2021': 'dog -' },
    ],
    [
      'numbered classes below alphabets (Omniglot)',
      {
        'Latin/character01': 'Latin/character01 -',
        'Latin/character02': 'Latin/character02 -',
        'Greek/character01': 'Greek/character01 -',
      },
    ],
    [
      'wrappers (Tiny ImageNet)',
      { 'train/n01/images': 'n01 train', 'train/n02/images': 'n02 train', 'val/images': '- val' },
    ],
    [
      'one folder around all, and archives in folders of their own name (Intel)',
      {
        'intel/seg_train/seg_train/sea': 'sea seg_train',
        'intel/seg_train/seg_train/street': 'street seg_train',
        'intel/seg_test/seg_test/sea': 'sea seg_test',
        'intel/seg_pred/seg_pred': '- seg_pred',
      },
    ],
    [
      'sets (cats and dogs)',
      { 'training_set/cats': 'cats training_set', 'test_set/cats': 'cats test_set' },
    ],
    ['years of splits (COCO)', { train2017: '- train2017', val2017: '- val2017' }],
    ['folds', { 'fold1/cat': 'cat fold1', 'fold2/cat': 'cat fold2', 'fold10/dog': 'dog fold10' }],
    [
      'folds in a split',
      {
        'train/fold_0/a': 'a train/fold_0',
        'train/fold_1/a': 'a train/fold_1',
        'test/a': 'a test',
      },
    ],
    ['no folders', { '': '- -' }],
    ['a folder of nothing but pictures', { images: '- -' }],
    ['Hangul as macOS stores it', { ['가방'.normalize('NFD')]: `${'가방'.normalize('NFC')} -` }],
  ])('gives right labels and splits to %s', (_what, expected) => {
    expect(labelled(pictures(Object.keys(expected)))).toEqual(expected);
  });

  it('keeps the first folders where most pictures lie directly in them', () => {
    const paths = [...pictures(['cat', 'dog'], 20), ...pictures(['cat/blurred', 'dog/blurred'], 3)];
    expect(labelled(paths)).toEqual({
      ...{ cat: 'cat -', dog: 'dog -', 'cat/blurred': 'cat -', 'dog/blurred': 'dog -' },
    });
  });

  it('takes the first folders where the deepest hold single objects', () => {
    const objects = Array.from(
      { length: 60 },
      (_, index) => `chair/model ${'abc'[index % 3]} ${index}`,
    );
    const paths = [...pictures(objects, 2), ...pictures(['table/model x'], 2)];
    expect(new Set(Object.values(labelled(paths)))).toEqual(new Set(['chair -', 'table -']));
  });

  it('says why, with the splits and the names that recur', () => {
    const reasonFor = (folders: readonly string[]): string =>
      proposeRule(new FolderTree(pictures(folders))).reason;
    expect(reasonFor(['train/cat', 'val/cat'])).toBe(
      'One level of folders names classes. train and val are splits, not classes.',
    );
    expect(reasonFor(['clothes/hat', 'clipart/hat', 'clipart/cup'])).toContain(
      '1 of the names stand under more than one folder (hat)',
    );
    expect(reasonFor(['cat/2021', 'cat/2022', 'dog/2021'])).toContain('2021');
  });
});

describe('a chosen rule', () => {
  const tree = ['train/pets/cat', 'train/pets/dog', 'val/pets/cat', 'val/wild/fox'];

  it.each<[LabelRule, readonly string[]]>([
    ['deepest', ['cat train', 'dog train', 'cat val', 'fox val']],
    ['top', ['pets train', 'pets train', 'pets val', 'wild val']],
    ['path', ['pets/cat train', 'pets/dog train', 'pets/cat val', 'wild/fox val']],
    ['none', ['- train', '- train', '- val', '- val']],
    // Whoever names the level of the splits wants them as labels.
    ['level:1', ['train -', 'train -', 'val -', 'val -']],
    ['level:2', ['pets train', 'pets train', 'pets val', 'wild val']],
    ['level:9', ['- train', '- train', '- val', '- val']],
  ])('%s', (rule, expected) => {
    expect(Object.values(labelled(pictures(tree), rule))).toEqual(expected);
  });
});
