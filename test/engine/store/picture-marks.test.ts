import { expect, test } from 'vitest';
import { markColumns } from '../../../src-main/engine/exchange/tables/mark-columns.ts';
import {
  leaveOutOfTraining,
  leftOutHashes,
  trainableSamples,
} from '../../../src-main/engine/store/left-out.ts';
import { picturesByTag, tagPictures } from '../../../src-main/engine/store/picture-tags.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { addSamples, temporaryLibrary } from './temporary-library.ts';

test('tags are put on pictures and taken off, and tell of whom that changed something', () => {
  const library = temporaryLibrary();
  addSamples(library, ['a/1.png', 'a/2.png', 'b/3.png']);
  const [one = '', two = '', three = ''] = presentSamples(library).hashes;
  expect(tagPictures(library, [two, one], 'odd', true)).toEqual([two, one]);
  expect(tagPictures(library, [two, three], 'odd', true)).toEqual([three]);
  tagPictures(library, [three], 'dark', true);
  expect([...picturesByTag(library)]).toEqual([
    ['dark', [three]],
    ['odd', [one, two, three]],
  ]);
  expect(tagPictures(library, [one, three], 'dark', false)).toEqual([three]);
  expect([...picturesByTag(library).keys()]).toEqual(['odd']);
});

test('pictures left out of training are none of those that can be trained on', () => {
  const library = temporaryLibrary();
  const ids = addSamples(library, ['a/1.png', 'a/2.png', 'b/3.png']);
  const [, two = ''] = presentSamples(library).hashes;
  const gone = 'f'.repeat(64);
  expect(leaveOutOfTraining(library, [gone, two], true)).toEqual([gone, two]);
  expect(leaveOutOfTraining(library, [two], true)).toEqual([]);
  expect(leftOutHashes(library)).toEqual([two, gone]);
  // A picture that is not here is none that is left out.
  expect(trainableSamples(library)).toEqual({ ids: ids.filter((_, at) => at !== 1), leftOut: 1 });
  leaveOutOfTraining(library, [two], false);
  expect(trainableSamples(library)).toEqual({ ids, leftOut: 0 });
});

test('exports have a column for either where a picture has it', () => {
  const library = temporaryLibrary();
  addSamples(library, ['a/1.png', 'a/2.png', 'b/3.png']);
  const { hashes } = presentSamples(library);
  const [one = '', two = ''] = hashes;
  expect(markColumns(library, hashes).columns).toEqual([]);
  tagPictures(library, [one, two], 'odd', true);
  tagPictures(library, [two], 'dark', true);
  leaveOutOfTraining(library, [one], true);
  const marks = markColumns(library, hashes);
  expect(marks.columns.map(({ name }) => name)).toEqual(['tags', 'left_out']);
  expect(marks.of(0, 3)).toEqual([['odd', 'dark|odd', ''], Uint8Array.of(1, 0, 0)]);
  expect(marks.of(1, 2)).toEqual([['dark|odd', ''], Uint8Array.of(0, 0)]);
});
