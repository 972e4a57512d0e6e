import { EngineError } from '../../../contract/errors/errors.ts';
import type { MiningRules } from '../../../contract/mining.ts';
import type { FixedRules } from './mine-anchor.ts';

/**
 * The rules with `range_max` set as `mine_hard_negatives` sets it where it is not given.
 * `mostPositives` is the largest number of positives of an anchor.
 * @throws EngineError bad-argument where the range is empty, with the message of `mine_hard_negatives`
 */
export function fixRules(rules: MiningRules, mostPositives: number): FixedRules {
  const { range_min, num_negatives, absolute_margin, relative_margin, max_score } = rules;
  const isSelective = [absolute_margin, relative_margin, max_score].some(
    (rule) => rule !== undefined,
  );
  const range_max =
    rules.range_max ?? range_min + num_negatives * (isSelective ? 10 : 1) + mostPositives;
  if (range_min >= range_max) {
    throw new EngineError(
      'bad-argument',
      `range_min must be smaller than range_max: they are ${range_min} and ${range_max}.`,
    );
  }
  if (num_negatives > range_max - range_min) {
    throw new EngineError(
      'bad-argument',
      `range_min ${range_min} and range_max ${range_max} leave ${range_max - range_min} candidates, fewer than the ${num_negatives} of num_negatives.`,
    );
  }
  return { ...rules, range_max };
}
