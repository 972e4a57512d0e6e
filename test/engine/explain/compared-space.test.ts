import { expect, it, onTestFinished } from 'vitest';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { savePositives } from '../../../src-main/engine/store/positives.ts';
import { createRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { openTestEngine } from '../../contract/engine-shells.ts';
import { scannedLibraryFile } from '../../libraries/scanned-library.ts';

/** Rows of length 1 in two dimensions, by angle in degrees. */
function circle(count: number, degrees: (index: number) => number): Float32Array {
  return Float32Array.from({ length: 2 * count }, (_, at) => {
    const angle = (degrees(Math.floor(at / 2)) * Math.PI) / 180;
    return at % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}

/** Runs with h alone, with h and another z, and with a z that is h. */
async function opened() {
  const shell = await openTestEngine();
  onTestFinished(() => shell.close());
  const file = await scannedLibraryFile();
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  const ids = presentSampleIds(library);
  const h = { dimensions: 2, vectors: circle(ids.length, (index) => index) };
  const z = {
    dimensions: 2,
    vectors: circle(ids.length, (index) => (index === 0 ? 0 : 90 - index / 2)),
  };
  for (const name of ['plain', 'both', 'head']) {
    const run = createRun(library, {
      ...{ name, kind: 'trained', encoder: 'resnet8', objective: 'debiased', state: 'done' },
      settings: { temperature: 0.5, tauPlus: 0.1 },
    });
    updateRun(library, run.id, { weightsHash: name });
    saveEmbeddings(library, name, 'h', ids, h);
  }
  saveEmbeddings(library, 'both', 'z', ids, z);
  saveEmbeddings(library, 'head', 'z', ids, { dimensions: 0, vectors: new Float32Array(0) });
  const sampleIds = ids.subarray(0, 1);
  const numbers = { mean: Float64Array.of(0.7), spread: Float64Array.of(0.05), views: 4 };
  savePositives(library, 'both', { sampleIds, ...numbers });
  library.close();
  await shell.engine.call('library.open', { file });
  const { hashes } = await shell.engine.call('library.samples', {});
  return { engine: shell.engine, anchor: hashes[0]!, other: hashes[1]!, ids };
}

it('is z where the run has it, h on request, and h where there is no z', async () => {
  const { engine, anchor, ids } = await opened();
  const ask = (run: string, space?: 'h' | 'z') =>
    engine.call('anchor.negatives', { run, anchor, ...(space && { space }) });
  const onZ = await ask('both');
  expect(onZ).toMatchObject({ space: 'z', spaces: ['z', 'h'], negatives: 95, candidates: 95 });
  // On z the last picture, 95 / 2 degrees before 90, is nearest; on h it is the first after the anchor.
  expect(onZ.ids[0]).toBe(ids[95]);
  expect(onZ.similarity[0]).toBeCloseTo(Math.cos((42.5 * Math.PI) / 180), 6);
  const onH = await ask('both', 'h');
  expect(onH).toMatchObject({ space: 'h', positiveSimilarity: 1 });
  expect(onH.ids[0]).toBe(ids[1]);
  expect(onH.notes).toEqual(['The loss never saw h: its similarities are those of z.']);
  expect(await ask('plain')).toMatchObject({ space: 'h', spaces: ['h'] });
  await expect(ask('plain', 'z')).rejects.toMatchObject({ code: 'not-found' });
  const head = await ask('head');
  expect(head).toMatchObject({ space: 'z', spaces: ['z'] });
  expect(head.similarity).toEqual(onH.similarity);
});

it('takes the measured positive of z, a given one before it, and 1 where none was measured', async () => {
  const { engine, anchor, other } = await opened();
  const ask = (change: { anchor: string; positiveSimilarity?: number; space?: 'h' }) =>
    engine.call('anchor.negatives', { run: 'both', ...change });
  const measured = await ask({ anchor });
  expect(measured.positiveSimilarity).toBe(0.7);
  expect(measured.positive).toEqual({ from: 'views', spread: 0.05, views: 4 });
  const given = await ask({ anchor, positiveSimilarity: 0.4 });
  expect([given.positiveSimilarity, given.positive.from]).toEqual([0.4, 'given']);
  expect((await ask({ anchor: other })).positive.from).toBe('itself');
  expect((await ask({ anchor, space: 'h' })).positive.from).toBe('itself');
});

it('draws a batch where the training recorded none, and says why', async () => {
  const { engine, anchor } = await opened();
  const question = { run: 'both', anchor, trainedBatch: true, batchSeed: 3 };
  const drawn = await engine.call('anchor.negatives', question);
  expect(drawn.batch).toEqual({ size: 64, seed: 3 });
  expect(drawn.notes[0]).toContain('the training recorded none');
});
