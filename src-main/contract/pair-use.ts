import type { ObjectiveSettings } from './objectives/settings-table.ts';
import type { LabelUse } from './label-use.ts';
import type { VerdictUse } from './verdict-use.ts';

/**
 * What a training does with candidates that are known to show what the anchor shows: nothing (`ignore`);
 * they are no negatives (`mask`); they are positives outside the denominator (`attract`), or positives
 * that stay in it (`positive`, SupCon).
 */
export type PairUse = VerdictUse | 'positive';

/** What is known of pairs, by its source, and what is done with it. */
export interface PairUses {
  readonly verdicts: PairUse;
  readonly labels: PairUse;
}

/** What a training chooses; `positivesFrom` of its objective's settings is there for SupCon only. */
interface ChosenUses {
  readonly settings: Pick<ObjectiveSettings, 'positivesFrom'>;
  readonly verdicts: VerdictUse;
  readonly labels: LabelUse;
}

/** What a training does with pairs of which verdicts or labels say that they show the same. */
export function pairUses({ settings: { positivesFrom }, verdicts, labels }: ChosenUses): PairUses {
  return {
    verdicts: positivesFrom === 'verdicts' || positivesFrom === 'both' ? 'positive' : verdicts,
    labels: positivesFrom === 'labels' || positivesFrom === 'both' ? 'positive' : labels,
  };
}

const uses: readonly unknown[] = ['mask', 'attract'] satisfies VerdictUse[];

/** The same of a run, by what it recorded; runs of earlier versions were given no labels. */
export function recordedPairUses(settings: Readonly<Record<string, unknown>>): PairUses {
  const { positivesFrom, verdicts, labels } = settings;
  return pairUses({
    settings: positivesFrom === undefined ? {} : ({ positivesFrom } as ChosenUses['settings']),
    verdicts: uses.includes(verdicts) ? (verdicts as VerdictUse) : 'ignore',
    labels: labels === 'mask' ? 'mask' : 'ignore',
  });
}
