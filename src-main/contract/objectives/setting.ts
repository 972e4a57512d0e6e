interface SettingText {
  /** The paper's symbol, or its code's name. */
  readonly symbol: string;
  readonly label: string;
  /** What it does and what its default is good for, in words a user reads. */
  readonly sentence: string;
}

/** A number that a user sets. `min`, `max` and `step` are a slider's; `valid` is what is accepted. */
export interface NumberSetting extends SettingText {
  readonly kind: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer?: true;
  readonly valid: NumberRange;
}

export interface SwitchSetting extends SettingText {
  readonly kind: 'switch';
  readonly default: boolean;
}

/** One of a few names, each with a sentence. */
export interface ChoiceSetting extends SettingText {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: Readonly<Record<string, string>>;
}

export interface NumberRange {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

/** A setting as the table has it, without its key. */
export type SettingDefinition = NumberSetting | SwitchSetting | ChoiceSetting;
export type SettingValue = number | boolean | string;

/** The setting's name as a command-line option: `ringOuter` is `ring-outer`. */
export function settingFlag(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What a setting accepts, in words: `a whole number at least 1`. */
export function describeRange({ valid, integer }: NumberSetting): string {
  const bounds = [
    valid.above === undefined ? '' : `greater than ${valid.above}`,
    valid.atLeast === undefined ? '' : `at least ${valid.atLeast}`,
    valid.below === undefined ? '' : `less than ${valid.below}`,
    valid.atMost === undefined ? '' : `at most ${valid.atMost}`,
  ].filter((bound) => bound !== '');
  return `${integer === true ? 'a whole number' : 'a number'} ${bounds.join(' and ')}`;
}

/** Whether a number is one that the setting accepts. */
export function isInRange(value: number, { valid, integer }: NumberSetting): boolean {
  const { above = -Infinity, atLeast = -Infinity, below = Infinity, atMost = Infinity } = valid;
  if (integer === true && !Number.isInteger(value)) return false;
  return value > above && value >= atLeast && value < below && value <= atMost;
}
