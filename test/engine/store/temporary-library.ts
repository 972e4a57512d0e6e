import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openLibrary, type Library } from '../../../src-main/engine/store/library-file.ts';
import { saveFile } from '../../../src-main/engine/store/files.ts';
import { saveFolder } from '../../../src-main/engine/store/folders.ts';
import { saveSample } from '../../../src-main/engine/store/samples.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty library on disk, closed and gone after the test; its clock counts milliseconds from 1000. */
export function temporaryLibrary(): Library {
  return temporaryLibraryAt(join(temporaryFolder(), 'library.sqlite'));
}

/** Opens a file until the test has ended, with the same clock. */
export function temporaryLibraryAt(file: string): Library {
  let time = 1000;
  const library = openLibrary(file, { mode: 'write', now: () => time++ });
  onTestFinished(() => library.close());
  return library;
}

/** Makes samples with one file each, named by their paths; returns their ids in the same order. */
export function addSamples(library: Library, paths: readonly string[]): Uint32Array {
  const folder = saveFolder(library, '/pictures', 'deepest');
  return Uint32Array.from(paths, (path, index) => {
    const hash = (index + 1).toString(16).padStart(64, '0');
    const sampleId = saveSample(library, { hash, width: 40 + index, height: 30, format: 'png' });
    const label = path.includes('/') ? path.slice(0, path.indexOf('/')) : null;
    saveFile(library, {
      folderId: folder.id,
      path,
      sampleId,
      sizeBytes: 10,
      modifiedMs: 5,
      label,
      split: null,
    });
    return sampleId;
  });
}
