import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { findAnchor } from '../../../src-main/engine/pictures/anchor-lookup.ts';
import { deleteFile } from '../../../src-main/engine/store/files.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { presentPicture } from '../../../src-main/engine/store/samples.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

function failureOf(library: Library, reference: string): EngineError {
  try {
    findAnchor(library, reference, '/elsewhere');
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('It was found.');
}

describe('findAnchor', () => {
  const paths = ['cat/one.png', 'cat/이름 2.png', 'dog/one.png', 'dog/abcdef', 'root.png'];

  test.each([
    ['a path relative to the folder', 'cat/one.png', 0],
    ['an absolute path', '/pictures/dog/one.png', 2],
    ['a path relative to the working folder', '../pictures/root.png', 4],
    ['a file name that is unique', '이름 2.png', 1],
    ['a hash', '3'.padStart(64, '0'), 2],
    ['a hash in capitals', 'abcdef'.toUpperCase() + '0'.repeat(58), 3],
    ['the first digits of a hash', 'abcdef0', 3],
    ['a name before a hash', 'abcdef', 3],
  ])('takes %s', (_, reference, index) => {
    const library = temporaryLibrary();
    const ids = addSamples(library, paths);
    library.query('UPDATE samples SET hash = ? WHERE id = ?').run('abcdef'.padEnd(64, '0'), ids[3]);
    expect(findAnchor(library, reference, '/elsewhere')).toEqual(
      presentPicture(library, ids[index]!),
    );
  });

  test('suggests the nearest path where nothing fits', () => {
    const library = temporaryLibrary();
    addSamples(library, paths);
    const { code, message } = failureOf(library, 'dog/onee.png');
    expect(code).toBe('not-found');
    expect(message).toBe(
      'No picture "dog/onee.png" is in the library; the nearest is "dog/one.png".',
    );
    expect(failureOf(library, 'something entirely different').message).toBe(
      'No picture "something entirely different" is in the library.',
    );
    expect(failureOf(temporaryLibrary(), 'x').code).toBe('not-found');
  });

  test('asks for more where several fit', () => {
    const library = temporaryLibrary();
    addSamples(library, paths);
    expect(failureOf(library, 'one.png')).toMatchObject({
      code: 'bad-argument',
      message:
        '"one.png" fits 2 pictures (cat/one.png, dog/one.png); give the whole path or more of the hash.',
    });
    expect(failureOf(library, '000000')).toMatchObject({ code: 'bad-argument' });
  });

  test('does not find a picture whose files are gone, nor by fewer than six digits', () => {
    const library = temporaryLibrary();
    const [first] = addSamples(library, ['a.png']);
    const { hash } = presentPicture(library, first!)!;
    expect(failureOf(library, hash.slice(0, 5)).code).toBe('not-found');
    deleteFile(library, 1, 'a.png');
    expect(failureOf(library, hash).code).toBe('not-found');
  });
});
