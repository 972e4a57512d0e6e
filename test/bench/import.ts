import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { savePictures } from './filled-library.ts';
import { vectorFiles } from './import-files.ts';

export interface ImportFigures {
  readonly rows: number;
  readonly vectors: number;
  readonly seconds: number;
  /** The most that the importing process held at any time. */
  readonly megabytes: number;
}

const dimensions = 256;
/** Of a library that has few of the vectors' pictures. */
const fewPictures = 1000;

/**
 * Importing `rows` vectors of 256 float32 from a file of each format: into a library that has all of
 * their pictures, and into one that has a thousand of them. Each in a process of its own.
 */
export async function benchImport({ rows }: { readonly rows: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  const figures: Record<string, ImportFigures> = {};
  try {
    const counts = [rows, Math.min(rows, fewPictures)];
    for (const pictures of counts) fill(join(folder, `${pictures}.filled`), pictures);
    for (const [format, write] of Object.entries(vectorFiles)) {
      const own = join(folder, format);
      mkdirSync(own);
      const file = await write({ folder: own, rows, dimensions });
      for (const pictures of counts) {
        const library = join(own, `${pictures}.sqlite`);
        copyFileSync(join(folder, `${pictures}.filled`), library);
        figures[`${format}, ${pictures} pictures`] = { rows, ...(await importOf(library, file)) };
      }
      rmSync(own, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return figures;
}

function fill(file: string, pictures: number): void {
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  savePictures(library, pictures);
  library.close();
}

async function importOf(library: string, file: string): Promise<Omit<ImportFigures, 'rows'>> {
  const script = join(import.meta.dirname, 'import-process.ts');
  const args = ['--no-warnings', script, library, file];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Omit<ImportFigures, 'rows'>;
}
