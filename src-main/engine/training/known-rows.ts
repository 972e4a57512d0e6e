import { drawsTogether } from '../../contract/adapter-start.ts';
import type { PairUses } from '../../contract/pair-use.ts';
import type { KnownRows } from './material/judged-metric.ts';
import type { TrainingState } from './plan/training-state.ts';
import { givenLabelsArray } from './step/given-labels.ts';
import { verdictGroupsArray } from './step/judged-groups.ts';
import { verdictPairsArray } from './step/judged-pair-mask.ts';
import { differentPairsArray } from './step/known-negatives.ts';

/**
 * What a training is fed of pairs, by the rows of its pictures: of verdicts and of labels each only where
 * the training draws pictures together by them.
 */
export function knownRows(
  uses: Partial<PairUses>,
  { sampleIds, arrays }: Pick<TrainingState, 'sampleIds' | 'arrays'>,
): KnownRows {
  const rowOf = new Map(Array.from(sampleIds, (id, row) => [id, row]));
  const pairsOf = (name: string): [number, number][] => {
    const ids = arrays[name] ?? new Uint32Array(0);
    const pairs = Array.from({ length: ids.length / 2 }, (_, pair): [number, number] => [
      rowOf.get(ids[2 * pair] ?? -1) ?? -1,
      rowOf.get(ids[2 * pair + 1] ?? -1) ?? -1,
    ]);
    return pairs.filter((rows) => rows.every((row) => row >= 0));
  };
  const groupsOf = (name: string): number[][] => {
    const groups = arrays[name] ?? new Int32Array(0);
    const rows = [...groups.keys()].filter((at) => (groups[at] ?? -1) >= 0);
    const byGroup = Map.groupBy(rows, (at) => groups[at] ?? -1);
    return [...byGroup.values()].map((members) => members.map((at) => at % sampleIds.length));
  };
  const isJudged = drawsTogether(uses.verdicts);
  return {
    groups: isJudged ? [...groupsOf(verdictGroupsArray), ...pairsOf(verdictPairsArray)] : [],
    labels: drawsTogether(uses.labels) ? groupsOf(givenLabelsArray) : [],
    different: isJudged ? pairsOf(differentPairsArray) : [],
  };
}
