import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultLibraryFile } from '../../../src-main/engine/session/default-location.ts';
import { libraryOfFolder } from '../../../src-main/engine/session/library-of-folder.ts';
import { rememberLibrary } from '../../../src-main/engine/session/recent-libraries.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

function write(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
}

it('makes a new library where the user wants them, in the data folder where nothing is wanted', () => {
  const data = temporaryFolder();
  expect(libraryOfFolder('/pictures/cats', data, null)).toBe(
    defaultLibraryFile('/pictures/cats', data),
  );
  const file = libraryOfFolder('/pictures/cats', data, '/large disk');
  expect(dirname(file)).toBe('/large disk');
  expect(basename(file)).toMatch(/^cats-[0-9a-f]{8}\.sqlite$/);
});

it('opens the library that a folder has already', () => {
  const data = temporaryFolder();
  const first = join(data, 'first disk');
  const made = libraryOfFolder('/pictures/cats', data, first);
  write(made);
  rememberLibrary(data, { file: made, name: 'cats' }, () => 1);
  expect(libraryOfFolder('/pictures/cats', data, join(data, 'second disk'))).toBe(made);
  expect(libraryOfFolder('/pictures/cats', data, null)).toBe(made);
  expect(libraryOfFolder('/pictures/dogs', data, first)).not.toBe(made);
  const usual = defaultLibraryFile('/pictures/cats', data);
  write(usual);
  expect(libraryOfFolder('/pictures/cats', data, first)).toBe(usual);
});

it('opens the library whose pictures were moved there, also where the folder has another one', () => {
  const data = temporaryFolder();
  const moved = defaultLibraryFile('/pictures/cats', data);
  write(moved);
  write(defaultLibraryFile('/disk/cats', data));
  rememberLibrary(data, { file: moved, name: 'cats', movedTo: '/disk/cats' }, () => 1);
  rememberLibrary(
    data,
    { file: join(data, 'gone.sqlite'), name: 'x', movedTo: '/disk/x' },
    () => 2,
  );
  expect(libraryOfFolder('/disk/cats/', data, null)).toBe(moved);
  expect(libraryOfFolder('/disk/x', data, null)).toBe(defaultLibraryFile('/disk/x', data));
});
