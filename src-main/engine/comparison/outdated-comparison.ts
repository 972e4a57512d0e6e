import type { ComparedFact } from '../../contract/outdated-comparison.ts';
import type { ComparisonKey } from '../store/comparisons.ts';

type Facts = Readonly<Record<string, unknown>>;

/** The facts of a key's parameters, by what they are called on screen. */
const facts: readonly (readonly [ComparedFact, string])[] = [
  ['labels', 'labels'],
  ['verdicts', 'known'],
  ['leftOut', 'leftOut'],
  ['losses', 'losses'],
];

/** Whether both keys are of comparisons that were asked for alike; other results are stored, too. */
export function isSameQuestion(before: ComparisonKey, now: ComparisonKey): boolean {
  const [one, other] = [factsOf(before), factsOf(now)];
  return one['k'] !== undefined && ['k', 'most', 'seed'].every((key) => one[key] === other[key]);
}

/** What of a comparison's key changed; pictures alone where they did, as all else is about them. */
export function changedFacts(before: ComparisonKey, now: ComparisonKey): ComparedFact[] {
  if (before.samplesHash !== now.samplesHash) return ['pictures'];
  const [one, other] = [factsOf(before), factsOf(now)];
  const differs = (key: string): boolean => JSON.stringify(one[key]) !== JSON.stringify(other[key]);
  const changed = facts.filter(([, key]) => differs(key)).map(([fact]) => fact);
  // What is known of pairs includes their labels.
  return changed.includes('labels') ? changed.filter((fact) => fact !== 'verdicts') : changed;
}

function factsOf({ parameters }: ComparisonKey): Facts {
  return JSON.parse(parameters) as Facts;
}
