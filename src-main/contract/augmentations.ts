import { z } from 'zod';
import { EngineError } from './errors/errors.ts';
import { unknownNameSentence } from './errors/nearest-name.ts';
import { describeRange, isInRange } from './objectives/setting.ts';
import type { NumberSetting } from './objectives/setting.ts';

const share = { kind: 'number', min: 0, max: 1, step: 0.01 } as const;
const probability = { ...share, symbol: 'p', valid: { atLeast: 0, atMost: 1 } } as const;
const strength = { ...share, valid: { atLeast: 0, atMost: 2 } } as const;

/**
 * Every number of the augmentation that makes the two views of a picture, with torchvision's meanings;
 * the defaults are SimCLR's on CIFAR. Command line and form are made from this table.
 */
export const augmentationTable = {
  cropScaleMin: {
    ...share,
    default: 0.08,
    symbol: 'scale',
    label: 'Smallest crop',
    valid: { above: 0, atMost: 1 },
    sentence: "The least share of the picture's area that a view shows.",
  },
  cropScaleMax: {
    ...share,
    default: 1,
    symbol: 'scale',
    label: 'Largest crop',
    valid: { above: 0, atMost: 1 },
    sentence: "The largest share of the picture's area that a view shows.",
  },
  cropRatioMin: {
    ...share,
    default: 3 / 4,
    min: 0.25,
    symbol: 'ratio',
    label: 'Narrowest crop',
    valid: { above: 0, atMost: 4 },
    sentence: 'The least width over height of a crop, which is then stretched to a square.',
  },
  cropRatioMax: {
    ...share,
    default: 4 / 3,
    min: 1,
    max: 4,
    symbol: 'ratio',
    label: 'Widest crop',
    valid: { above: 0, atMost: 4 },
    sentence: 'The largest width over height of a crop.',
  },
  flipProbability: {
    ...probability,
    default: 0.5,
    label: 'Mirrored',
    sentence: 'How often a view is mirrored left to right; 0 where sides matter, as in text.',
  },
  jitterProbability: {
    ...probability,
    default: 0.8,
    label: 'Colours changed',
    sentence: 'How often the four changes of colour below are made.',
  },
  brightness: {
    ...strength,
    default: 0.4,
    symbol: '±',
    label: 'Brightness',
    sentence: 'Every colour is multiplied by 1 ± this at most.',
  },
  contrast: {
    ...strength,
    default: 0.4,
    symbol: '±',
    label: 'Contrast',
    sentence: "The distance to the picture's mean grey is multiplied by 1 ± this at most.",
  },
  saturation: {
    ...strength,
    default: 0.4,
    symbol: '±',
    label: 'Saturation',
    sentence: 'The distance of a pixel to its own grey is multiplied by 1 ± this at most.',
  },
  hue: {
    ...share,
    default: 0.1,
    max: 0.5,
    symbol: '±',
    label: 'Hue',
    valid: { atLeast: 0, atMost: 0.5 },
    sentence: 'The hue is turned by this share of the colour circle at most; 0.5 reaches all.',
  },
  grayscaleProbability: {
    ...probability,
    default: 0.2,
    label: 'Grey',
    sentence: 'How often a view loses its colours.',
  },
  blurProbability: {
    ...probability,
    default: 0,
    label: 'Blurred',
    sentence: 'How often a view is blurred.',
  },
  blurSigmaMin: {
    ...share,
    default: 0.1,
    max: 4,
    step: 0.1,
    symbol: 'σ',
    label: 'Least blur, px',
    valid: { above: 0, atMost: 16 },
    sentence: 'The least standard deviation of the blur, in pixels.',
  },
  blurSigmaMax: {
    ...share,
    default: 2,
    max: 4,
    step: 0.1,
    symbol: 'σ',
    label: 'Strongest blur, px',
    valid: { above: 0, atMost: 16 },
    sentence: 'The largest standard deviation of the blur, in pixels.',
  },
  blurWindow: {
    ...share,
    default: 0.1,
    symbol: 'k',
    label: 'Window of the blur',
    valid: { above: 0, atMost: 1 },
    sentence:
      "The blur's window as a share of the picture's side, at least 3 pixels; SimCLR and HCL cut it off at a tenth.",
  },
} as const satisfies Record<string, NumberSetting>;

export type AugmentationKey = keyof typeof augmentationTable;
export type AugmentationSettings = Readonly<Record<AugmentationKey, number>>;

const keys = Object.keys(augmentationTable) as AugmentationKey[];

const simclr = Object.fromEntries(
  keys.map((key) => [key, augmentationTable[key].default]),
) as AugmentationSettings;

/** Of MoCo v1 and InstDisc: colours always change, the hue as much as the rest. */
const mocoV1: AugmentationSettings = {
  ...simclr,
  cropScaleMin: 0.2,
  jitterProbability: 1,
  hue: 0.4,
};

/** The augmentations of the papers, and a gentle one of our own. */
export const augmentationPresets = {
  simclr: {
    title: 'SimCLR on CIFAR',
    sentence: 'crops from 8 % of the area, strong colours, grey',
    settings: simclr,
  },
  'simclr-imagenet': {
    title: 'SimCLR on ImageNet',
    sentence: 'crops from 8 % of the area, colours twice as strong, grey, blur',
    settings: {
      ...simclr,
      brightness: 0.8,
      contrast: 0.8,
      saturation: 0.8,
      hue: 0.2,
      blurProbability: 0.5,
    },
  },
  hcl: {
    title: 'HCL and DCL',
    sentence: 'as SimCLR on CIFAR, with a slight blur',
    settings: { ...simclr, blurProbability: 0.5 },
  },
  'moco-v1': {
    title: 'MoCo',
    sentence: 'crops from 20 % of the area, colours and hue always changed, grey',
    settings: mocoV1,
  },
  'moco-v2': {
    title: 'MoCo v2 and MoCHi',
    sentence: 'crops from 20 % of the area, strong colours, grey, blur',
    settings: { ...simclr, cropScaleMin: 0.2, blurProbability: 0.5, blurWindow: 1 },
  },
  'ir-cifar': {
    title: 'InstDisc on CIFAR',
    sentence: 'as MoCo, and never mirrored',
    settings: { ...mocoV1, flipProbability: 0 },
  },
  cmc: {
    title: 'CMC',
    sentence: 'crops from 20 % of the area and mirrored; colours as they are',
    settings: { ...simclr, cropScaleMin: 0.2, jitterProbability: 0, grayscaleProbability: 0 },
  },
  gentle: {
    title: 'Gentle',
    sentence: 'crops from 40 % of the area, slight colours: for drawings and short trainings',
    settings: {
      ...simclr,
      cropScaleMin: 0.4,
      brightness: 0.2,
      contrast: 0.2,
      saturation: 0.2,
      hue: 0.02,
      grayscaleProbability: 0,
    },
  },
} as const satisfies Record<
  string,
  { title: string; sentence: string; settings: AugmentationSettings }
>;

/** The views by which alignment is measured in every run, whatever its training draws: SimCLR's. */
export const commonViews = {
  title: augmentationPresets.simclr.title,
  augmentation: augmentationPresets.simclr.settings,
};

export type AugmentationPreset = keyof typeof augmentationPresets;
/** The name of an augmentation preset. */
export const augmentationPreset = z.enum(
  Object.keys(augmentationPresets) as [AugmentationPreset, ...AugmentationPreset[]],
);

/** Numbers that replace those of the preset, by `AugmentationKey`; `resolveAugmentation` checks them. */
export const augmentationOverrides = z.record(z.string(), z.number());
export type AugmentationOverrides = z.infer<typeof augmentationOverrides>;

const pairs: readonly (readonly [AugmentationKey, AugmentationKey])[] = [
  ['cropScaleMin', 'cropScaleMax'],
  ['cropRatioMin', 'cropRatioMax'],
  ['blurSigmaMin', 'blurSigmaMax'],
];

/**
 * The numbers of a preset with replacements.
 * @throws EngineError bad-argument for an unknown name (with the nearest known one), a number out of
 * its range, or a minimum above its maximum
 */
export function resolveAugmentation(
  preset: AugmentationPreset,
  overrides: AugmentationOverrides,
): AugmentationSettings {
  const settings: Record<AugmentationKey, number> = { ...augmentationPresets[preset].settings };
  for (const [name, value] of Object.entries(overrides)) {
    const key = keys.find((candidate) => candidate === name);
    if (key === undefined) {
      throw refusal(unknownNameSentence('The augmentation has no number', name, keys));
    }
    const setting: NumberSetting = augmentationTable[key];
    if (!isInRange(value, setting)) throw refusal(`${key} must be ${describeRange(setting)}.`);
    settings[key] = value;
  }
  for (const [least, largest] of pairs) {
    if (settings[least] <= settings[largest]) continue;
    throw refusal(
      `${least} is ${settings[least]}, more than ${largest}, which is ${settings[largest]}; change one of the two.`,
    );
  }
  return settings;
}

function refusal(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
