import { z } from 'zod';
import { EngineError } from './errors.ts';
import { unknownNameSentence } from './nearest-name.ts';

interface SettingText {
  /** The paper's symbol. */
  readonly symbol: string;
  readonly label: string;
  /** What it does and what its default is good for, in words a user reads. */
  readonly sentence: string;
}

/** A number that a user sets. `min`, `max` and `step` are a slider's; `valid` is what is accepted. */
export interface NumberSetting extends SettingText {
  readonly kind: 'number';
  readonly key: NumberSettingKey;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer?: true;
  readonly valid: NumberRange;
}

export interface SwitchSetting extends SettingText {
  readonly kind: 'switch';
  readonly key: SwitchSettingKey;
  readonly default: boolean;
}

export type ObjectiveSetting = NumberSetting | SwitchSetting;

interface NumberRange {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

export interface ObjectiveDescription {
  readonly title: string;
  readonly paper: string;
  readonly sentence: string;
  readonly settings: readonly ObjectiveSetting[];
}

export type NumberSettingKey = 'temperature' | 'tauPlus' | 'beta' | 'ringOuter' | 'ringInner';
export type SwitchSettingKey = 'ringDynamicInner';
export type SettingKey = NumberSettingKey | SwitchSettingKey;

const temperature: NumberSetting = {
  kind: 'number',
  key: 'temperature',
  symbol: 't',
  label: 'Temperature',
  default: 0.5,
  min: 0.02,
  max: 1,
  step: 0.01,
  valid: { above: 0 },
  sentence:
    'Divides every similarity before the exponential: the lower, the more the most similar negatives count. 0.5 is what SimCLR, DCL and HCL use on small pictures.',
};

const ringTemperature: NumberSetting = {
  ...temperature,
  default: 0.07,
  sentence:
    'Divides every similarity before the exponential: the lower, the more the most similar negatives in the ring count. 0.07 is what the paper uses, as MoCo does.',
};

const tauPlus: NumberSetting = {
  kind: 'number',
  key: 'tauPlus',
  symbol: 'τ⁺',
  label: 'Class prior',
  default: 0.1,
  min: 0,
  max: 0.5,
  step: 0.01,
  valid: { atLeast: 0, below: 1 },
  sentence:
    "The assumed probability that a negative is of the anchor's own class; about 1 / the number of classes. 0 corrects nothing.",
};

const beta: NumberSetting = {
  kind: 'number',
  key: 'beta',
  symbol: 'β',
  label: 'Concentration',
  default: 1,
  min: 0,
  max: 6,
  step: 0.1,
  valid: { atLeast: 0 },
  sentence:
    'How much more the similar negatives weigh, as exp(β s / t); 0 weighs all alike. The paper tried 0.5, 1, 2 and 6.',
};

const ringOuter: NumberSetting = {
  kind: 'number',
  key: 'ringOuter',
  symbol: 'w_l',
  label: 'Outer cut',
  default: 0.5,
  min: 0.01,
  max: 1,
  step: 0.01,
  valid: { above: 0, atMost: 1 },
  sentence:
    'The fraction of negatives, most similar first, that may be in the ring: w_l is the 100 (1 − outer) percentile. The paper keeps 0.1 of a bank of thousands; of the 126 negatives in a batch of 64 that leaves 11, so in a batch the more similar half is kept.',
};

const ringInner: NumberSetting = {
  kind: 'number',
  key: 'ringInner',
  symbol: 'w_u',
  label: 'Inner cut',
  default: 0.1,
  min: 0,
  max: 0.9,
  step: 0.01,
  valid: { atLeast: 0, below: 1 },
  sentence:
    'The fraction left out at the most similar end, too hard or probably false: w_u is the 100 (1 − inner · outer) percentile with a dynamic inner cut, else 100 (1 − inner).',
};

const ringDynamicInner: SwitchSetting = {
  kind: 'switch',
  key: 'ringDynamicInner',
  symbol: 'dynamic_inner',
  label: 'Inner cut follows the outer',
  default: true,
  sentence:
    'On, as in the paper, the inner cut is a fraction of what the outer cut keeps; off, a fraction of all negatives.',
};

/**
 * Every objective that a run can be trained with and every setting of it: CLI help, the form and
 * the README's table are made from this.
 */
export const objectivePresets = {
  simclr: {
    title: 'SimCLR (NT-Xent)',
    paper: 'Chen et al., 2020',
    sentence:
      'Every other picture of the batch is a negative, and each counts by its similarity alone.',
    settings: [temperature],
  },
  debiased: {
    title: 'Debiased (DCL)',
    paper: 'Chuang et al., 2020',
    sentence:
      'Takes the expected push of same-class pictures out of the negatives, without knowing which they are.',
    settings: [temperature, tauPlus],
  },
  hard: {
    title: 'Hard negatives (HCL)',
    paper: 'Robinson et al., 2021',
    sentence: 'Weighs similar negatives up by β, and corrects for same-class ones as DCL does.',
    settings: [temperature, beta, tauPlus],
  },
  ring: {
    title: 'Ring (CNCE)',
    paper: 'Wu et al., 2020',
    sentence:
      'Keeps only negatives that are neither too easy nor too hard: those between two similarity percentiles.',
    settings: [ringTemperature, ringOuter, ringInner, ringDynamicInner],
  },
} as const satisfies Record<string, ObjectiveDescription>;

export type ObjectivePreset = keyof typeof objectivePresets;

export const objectivePreset = z.enum(
  Object.keys(objectivePresets) as [ObjectivePreset, ...ObjectivePreset[]],
);

/** The settings of a preset, validated; which keys are there depends on the preset. */
export type ObjectiveSettings = Readonly<
  Partial<Record<NumberSettingKey, number> & Record<SwitchSettingKey, boolean>>
>;

/** The setting's name as a command-line option: `ringOuter` is `ring-outer`. */
export function settingFlag(key: SettingKey): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * The schema of a preset's settings: fills in defaults, refuses values out of range and keys that
 * the preset does not have, with the nearest that it does.
 */
export function objectiveSettings(preset: ObjectivePreset): z.ZodType<ObjectiveSettings> {
  const { settings } = objectivePresets[preset] as ObjectiveDescription;
  const shape = Object.fromEntries(settings.map((setting) => [setting.key, valueSchema(setting)]));
  const names = settings.map(({ key }) => key);
  return z
    .record(z.string(), z.unknown())
    .superRefine((values, context) => {
      for (const [name, value] of Object.entries(values)) {
        if (value === undefined || Object.hasOwn(shape, name)) continue;
        context.addIssue({
          code: 'custom',
          message: unknownNameSentence(`${preset} has no setting`, name, names),
        });
      }
    })
    .pipe(z.object(shape));
}

/**
 * The preset's settings with defaults filled in.
 * @throws EngineError bad-argument with a sentence that names the objective, the setting or the range
 */
export function parseObjectiveSettings(
  objective: string,
  values: Readonly<Record<string, unknown>>,
): ObjectiveSettings {
  const parsed = objectiveSettings(parseObjectivePreset(objective)).safeParse(values);
  if (parsed.success) return parsed.data;
  throw new EngineError(
    'bad-argument',
    parsed.error.issues.map(({ message }) => message).join(' '),
  );
}

/**
 * The preset of that name.
 * @throws EngineError bad-argument that suggests the nearest name
 */
export function parseObjectivePreset(name: string): ObjectivePreset {
  const parsed = objectivePreset.safeParse(name);
  if (parsed.success) return parsed.data;
  const names = Object.keys(objectivePresets);
  throw new EngineError('bad-argument', unknownNameSentence('There is no objective', name, names));
}

function valueSchema(setting: ObjectiveSetting): z.ZodType {
  if (setting.kind === 'switch') {
    return z.boolean({ error: `${setting.key} must be true or false.` }).default(setting.default);
  }
  const message = `${setting.key} must be ${describeRange(setting)}.`;
  return z
    .number({ error: message })
    .refine((value) => isInRange(value, setting), { error: message })
    .default(setting.default);
}

function isInRange(value: number, { valid, integer }: NumberSetting): boolean {
  const { above = -Infinity, atLeast = -Infinity, below = Infinity, atMost = Infinity } = valid;
  if (integer === true && !Number.isInteger(value)) return false;
  return value > above && value >= atLeast && value < below && value <= atMost;
}

function describeRange({ valid, integer }: NumberSetting): string {
  const bounds = [
    valid.above === undefined ? '' : `greater than ${valid.above}`,
    valid.atLeast === undefined ? '' : `at least ${valid.atLeast}`,
    valid.below === undefined ? '' : `less than ${valid.below}`,
    valid.atMost === undefined ? '' : `at most ${valid.atMost}`,
  ].filter((bound) => bound !== '');
  return `${integer === true ? 'a whole number' : 'a number'} ${bounds.join(' and ')}`;
}
