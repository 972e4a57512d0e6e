import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportInput, tableFormats } from '../../../src-main/contract/exports.ts';
import { importInput } from '../../../src-main/contract/imports.ts';
import { runExportJob } from '../../../src-main/engine/exchange/tables/export-job.ts';
import { runImportJob } from '../../../src-main/engine/exchange/import/import-job.ts';
import { readEmbeddings, saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { createRun, findRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';
import { addSamples, temporaryFolder, temporaryLibrary } from '../store/temporary-library.ts';
import { testContext } from '../training/job-contexts.ts';

const dimensions = 48;
const odd = ['cat/ü "1", a.png', 'dog/1.png', 'cat/1.png', '大/猫.png', "l'été/#2 %20.png"];
const paths = [...odd, ...Array.from({ length: 200 }, (_, index) => `many/${index}.png`)];

/** A library with a run of unit vectors, as an encoder leaves them. */
function embeddedLibrary(): { library: Library; ids: Uint32Array; vectors: Float32Array } {
  const library = temporaryLibrary();
  const ids = Uint32Array.from(addSamples(library, paths));
  const count = paths.length;
  const vectors = clusteredUnitRows({ count, dimensions, clusters: 5, spread: 0.7, seed: 3 });
  const settings = { name: 'original', encoder: 'resnet8', objective: 'hard', settings: {} };
  const run = createRun(library, { ...settings, kind: 'trained', state: 'done' });
  updateRun(library, run.id, { weightsHash: 'original' });
  saveEmbeddings(library, 'original', 'h', ids, { dimensions, vectors });
  return { library, ids, vectors };
}

describe('an export that is imported again', () => {
  it.each(tableFormats)('has the same embeddings to the last bit: %s', async (format) => {
    const { library, ids, vectors } = embeddedLibrary();
    const file = join(temporaryFolder(), `vectors.${format}`);
    const choice = { what: 'embeddings', run: 'original', format, file } as const;
    await runExportJob(testContext({ library, job: 1 }), exportInput.parse(choice));
    const imported = await runImportJob(
      testContext({ library, job: 2 }),
      importInput.parse({ files: [file], name: 'again' }),
    );
    expect(imported).toMatchObject({
      dimensions,
      vectors: paths.length,
      matching: { matched: { hash: paths.length, path: 0, name: 0 }, problems: [] },
    });
    const { weightsHash } = findRun(library, 'again');
    expect(weightsHash).not.toBe('original');
    const read = readEmbeddings(library, weightsHash ?? '', 'h', ids);
    expect(new Uint32Array(read.vectors.buffer)).toEqual(new Uint32Array(vectors.buffer));
  });
});
