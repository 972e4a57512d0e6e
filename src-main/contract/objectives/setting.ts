interface SettingText {
  /** The paper's symbol, or its code's name. */
  readonly symbol: string;
  readonly label: string;
  /** What the setting does and why its default is good, in a user's words. */
  readonly sentence: string;
}

/**
 * A number that a user sets. `min`, `max` and `step` are those of a slider; `valid` is the accepted
 * range.
 */
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

/** A choice of one of a few names, each with a sentence. */
export interface ChoiceSetting extends SettingText {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: Readonly<Record<string, string>>;
  /** What stands for the names on screen; the names themselves where there are none. */
  readonly titles?: Readonly<Record<string, string>>;
}

interface NumberRange {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

/** A setting in the table, without its key. */
export type SettingDefinition = NumberSetting | SwitchSetting | ChoiceSetting;
export type SettingValue = number | boolean | string;

/** The setting's name as a command-line option: `ringOuter` is `ring-outer`. */
export function settingFlag(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The accepted values in words: `a whole number at least 1`. */
export function describeRange({ valid, integer }: NumberSetting): string {
  const bounds = [
    valid.above === undefined ? '' : `greater than ${valid.above}`,
    valid.atLeast === undefined ? '' : `at least ${valid.atLeast}`,
    valid.below === undefined ? '' : `less than ${valid.below}`,
    valid.atMost === undefined ? '' : `at most ${valid.atMost}`,
  ].filter((bound) => bound !== '');
  return `${integer === true ? 'a whole number' : 'a number'} ${bounds.join(' and ')}`;
}

/** Whether the setting accepts a number. */
export function isInRange(value: number, { valid, integer }: NumberSetting): boolean {
  const { above = -Infinity, atLeast = -Infinity, below = Infinity, atMost = Infinity } = valid;
  if (integer === true && !Number.isInteger(value)) return false;
  return value > above && value >= atLeast && value < below && value <= atMost;
}
