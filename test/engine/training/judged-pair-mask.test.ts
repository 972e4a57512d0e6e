import { expect, test } from 'vitest';
import { judgedFeeder } from '../../../src-main/engine/training/judged-feeds.ts';
import { noPicture } from '../../../src-main/engine/training/sources/training-source.ts';
import type { TrainingState } from '../../../src-main/engine/training/plan/training-state.ts';

const fed = {
  rowIds: Uint32Array.of(4, 7, 9),
  // The queue holds picture 7 twice, and a key that is no picture.
  columnIds: Uint32Array.of(7, 9, noPicture, 7, 5),
};

function stateWith(arrays: TrainingState['arrays']): TrainingState {
  const sampleIds = Uint32Array.of(4, 5, 7, 9);
  return { arrays, epoch: 0, step: 0, seconds: 0, random: [], sampleIds };
}

test('a step is fed which columns were judged the same as which anchors, both ways', () => {
  const state = stateWith({
    verdictGroups: Int32Array.of(-1, -1, -1, -1),
    verdictPairs: Uint32Array.of(7, 4, 9, 7),
  });
  const feeds = judgedFeeder({ verdicts: 'mask' }, state)(fed);
  expect([...feeds['pairs.same']!]).toEqual([
    ...[1, 0, 0, 1, 0], // 4 is the same as 7
    ...[0, 1, 0, 0, 0], // 7 as 4 and 9
    ...[1, 0, 0, 1, 0], // 9 as 7
  ]);
  expect([...feeds['rows.group']!]).toEqual([-1, -1, -1]);
});

test('a run that began before pairs were kept goes on with its groups', () => {
  const state = stateWith({ verdictGroups: Int32Array.of(3, -1, 3, -1) });
  const feeds = judgedFeeder({ verdicts: 'attract' }, state)(fed);
  expect([...feeds['rows.group']!]).toEqual([3, 3, -1]);
  expect([...feeds['columns.group']!]).toEqual([3, -2, -2, 3, -2]);
  expect([...feeds['pairs.same']!].every((value) => value === 0)).toBe(true);
});

test('a training that ignores verdicts is fed nothing of them', () => {
  expect(judgedFeeder({ verdicts: 'ignore' }, stateWith({}))(fed)).toEqual({});
});
