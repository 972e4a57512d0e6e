import { nearestName, unknownNameSentence } from '../errors/nearest-name.ts';
import { describeObjective } from './describe-objective.ts';
import { presets } from './presets.ts';
import type { ObjectivePreset } from './presets.ts';
import { settingsTable } from './settings-table.ts';

/**
 * A sentence for a setting that an objective does not have. It suggests the nearest setting of the
 * objective or, where another objective has a nearer one, names that objective. `own` are the keys of
 * the objective's settings.
 */
export function unknownSettingSentence(
  preset: ObjectivePreset,
  name: string,
  own: readonly string[],
): string {
  const what = `${preset} has no setting`;
  const nearest = nearestName(name, [...own, ...Object.keys(settingsTable)]);
  if (nearest === undefined || own.includes(nearest)) return unknownNameSentence(what, name, own);
  const owners = (Object.keys(presets) as ObjectivePreset[]).filter((other) =>
    describeObjective(other).settings.some(({ key }) => key === nearest),
  );
  const whose = owners.length === 0 ? 'other parts' : owners.join(', ');
  return `${what} "${name}"; "${nearest}" is a setting of ${whose}. There is: ${own.join(', ')}.`;
}
