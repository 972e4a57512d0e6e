import { z } from 'zod';
import { EngineError } from '../errors/errors.ts';
import { unknownNameSentence } from '../errors/nearest-name.ts';
import { describeObjective } from './describe-objective.ts';
import type { ObjectiveDescription, ObjectiveSetting } from './describe-objective.ts';
import { checkParts, losses, selections, sources } from './parts.ts';
import type { ObjectiveParts } from './parts.ts';
import { parseObjectivePreset, presets } from './presets.ts';
import type { ObjectivePreset } from './presets.ts';
import { describeRange, isInRange } from './setting.ts';
import type { ObjectiveSettings } from './settings-table.ts';
import { unknownSettingSentence } from './unknown-setting.ts';

/** An objective for a training: its parts, and all their settings. */
export interface Objective extends ObjectiveParts {
  readonly preset: ObjectivePreset;
  readonly settings: ObjectiveSettings;
}

type GivenValues = Readonly<Record<string, unknown>>;

/**
 * The objective of a preset with a user's values, which may include `source`, `selection` and `loss`;
 * defaults are filled in.
 * @throws EngineError bad-argument with a sentence that names the objective, the setting, the range, or
 * the parts that cannot be combined
 */
export function parseObjective(name: string, values: GivenValues): Objective {
  const preset = parseObjectivePreset(name);
  const described = describeObjective(preset, partsAmong(values));
  const { source, selection, loss } = described;
  const parsed = settingsSchema(preset, described).safeParse(values);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(({ message }) => message);
    throw new EngineError('bad-argument', sentences.join(' '));
  }
  checkParts({ source, selection, loss });
  return { preset, source, selection, loss, settings: parsed.data };
}

/** Only the settings of `parseObjective`. */
export function parseObjectiveSettings(name: string, values: GivenValues): ObjectiveSettings {
  return parseObjective(name, values).settings;
}

/** The known parts among the given values; an unknown one is refused with the settings. */
export function partsAmong({ source, selection, loss }: GivenValues): Partial<ObjectiveParts> {
  const isName = (name: unknown, names: object): boolean =>
    typeof name === 'string' && Object.hasOwn(names, name);
  return {
    ...(isName(source, sources) && { source }),
    ...(isName(selection, selections) && { selection }),
    ...(isName(loss, losses) && { loss }),
  } as Partial<ObjectiveParts>;
}

/** The parts of a preset, with the known ones among the given values in place of its own. */
export function partsOf(preset: ObjectivePreset, values: GivenValues): ObjectiveParts {
  const { source, selection, loss } = presets[preset];
  return { source, selection, loss, ...partsAmong(values) };
}

/** Fills in defaults; refuses values out of range, and keys that the objective does not have. */
function settingsSchema(
  preset: ObjectivePreset,
  { settings }: ObjectiveDescription,
): z.ZodType<ObjectiveSettings> {
  const names = settings.map(({ key }) => key);
  const own = settings.filter(({ group }) => group !== 'parts');
  const parts = settings.filter(({ group }) => group === 'parts');
  const schemas = (of: readonly ObjectiveSetting[]) =>
    Object.fromEntries(of.map((setting) => [setting.key, valueSchema(setting)]));
  return z
    .record(z.string(), z.unknown())
    .superRefine((values, context) => {
      const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
      for (const [name, value] of Object.entries(values)) {
        if (value === undefined || (names as string[]).includes(name)) continue;
        refuse(unknownSettingSentence(preset, name, names));
      }
      const { error } = z.object(schemas(parts)).safeParse(values);
      for (const { message } of error?.issues ?? []) refuse(message);
    })
    .pipe(z.object(schemas(own)));
}

function valueSchema(setting: ObjectiveSetting): z.ZodType {
  if (setting.kind === 'switch') {
    return z.boolean({ error: `${setting.key} must be true or false.` }).default(setting.default);
  }
  if (setting.kind === 'choice') {
    const names = Object.keys(setting.choices);
    const error = ({ input }: { readonly input?: unknown }): string =>
      unknownNameSentence(`${setting.key} cannot be`, String(input), names);
    return z.enum(names, { error }).default(setting.default);
  }
  const message = `${setting.key} must be ${describeRange(setting)}.`;
  return z
    .number({ error: message })
    .refine((value) => isInRange(value, setting), { error: message })
    .default(setting.default);
}
