import { frozenName } from '../../../../src-main/contract/head-training.ts';
import { settingsTable } from '../../../../src-main/contract/objectives/settings-table.ts';
import type { RunSummary } from '../../../../src-main/contract/runs.ts';

export interface SettingText {
  readonly title: string;
  readonly hint: string;
  /** Where it stands among the settings. */
  readonly order: number;
}

/** Settings of a training beside its objective's, in words, in the order of the form. */
const trainingWords: Readonly<Record<string, string>> = {
  epochs: 'epochs',
  batch: 'batch',
  size: 'size, px',
  seed: 'seed',
  source: 'negatives from',
  selection: 'selection',
  loss: 'loss function',
  recipe: 'recipe',
  optimiser: 'optimiser',
  learningRate: 'learning rate',
  momentum: 'momentum',
  nesterov: 'Nesterov',
  weightDecay: 'weight decay',
  decayExclusion: 'biases undecayed',
  schedule: 'schedule',
  warmupEpochs: 'warm-up epochs',
  milestones: 'milestones',
  head: 'projection head',
  augmentation: 'augmentation',
  views: 'kept views',
  on: 'trained on',
  pictures: 'pictures',
  verdicts: 'verdicts',
  passOn: 'verdicts pass on',
  labels: 'labels',
  labelsOf: 'labels given of',
  heldOut: 'held out',
  keepEpoch: 'kept epoch',
  patience: 'patience',
  ledgerSize: 'ledger',
  keepCheckpoints: 'saved weights',
};

const objectiveKeys = Object.keys(settingsTable);
const trainingKeys = Object.keys(trainingWords);

/** What a column of this setting is called, what it means and where it stands. */
export function settingTitle(key: string): SettingText {
  const objective = objectiveKeys.indexOf(key);
  if (objective >= 0) {
    const { label, symbol, sentence } = settingsTable[key as keyof typeof settingsTable];
    return { title: label.toLowerCase(), hint: `${symbol}: ${sentence}`, order: objective };
  }
  const training = trainingKeys.indexOf(key);
  const order = objectiveKeys.length + (training < 0 ? trainingKeys.length : training);
  return { title: trainingWords[key] ?? inWords(key), hint: '', order };
}

/** What a run was trained with, by key: one value each, changed numbers of the augmentation too. */
export function settingsOf({
  kind,
  settings,
}: Pick<RunSummary, 'kind' | 'settings'>): ReadonlyMap<string, unknown> {
  if (kind !== 'trained') return new Map();
  const on = frozenName(settings);
  return new Map([
    ...Object.entries(settings).filter(([key]) => !notShown.has(key)),
    ...Object.entries((settings['augmentationOverrides'] as object | undefined) ?? {}),
    ...(on === null ? [] : [['on', on] as const]),
  ]);
}

/** The run's job, what is shown in parts, and what only tells seed groups apart. */
const notShown: ReadonlySet<string> = new Set([
  ...['job', 'frozen', 'augmentationOverrides', 'pictureSet', 'verdictGroups', 'labelsGiven'],
]);

/** A value as a person reads it: numbers with four digits that count, lists with commas. */
export function valueText(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `cropScaleMax` as "crop scale max". */
function inWords(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
