import {
  objectivePresets,
  type ObjectiveDescription,
} from '../../../../src-main/contract/objectives/describe-objective.ts';

/**
 * The objectives that an anchor can be explained with, by name. One without negatives explains nothing:
 * it is there only for a run that was trained with it.
 */
export function explainingObjectives(
  own: string | null,
): readonly (readonly [name: string, description: ObjectiveDescription])[] {
  return Object.entries<ObjectiveDescription>(objectivePresets).filter(
    ([name, { loss }]) => loss !== 'vicreg' || name === own,
  );
}
