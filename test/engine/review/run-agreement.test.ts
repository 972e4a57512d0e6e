import { expect, test } from 'vitest';
import { EmbeddingCache } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { runAgreement } from '../../../src-main/engine/review/run-agreement.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { createRun, findRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

const pictures = 64;

/** Runs of pictures on a circle: a `step` puts picture i at i · step places. */
function libraryWith(runs: readonly { readonly step: number; readonly settings: object }[]) {
  const library = temporaryLibrary();
  const names = Array.from({ length: pictures }, (_, index) => `${index}.png`);
  const ids = addSamples(library, names);
  const made = runs.map(({ step, settings }, index) => {
    const run = createRun(library, {
      ...{ name: `run ${index}`, kind: 'trained', encoder: 'resnet8', objective: 'simclr' },
      ...{ settings: { ...settings }, state: 'done' },
    });
    const weightsHash = String(index).repeat(64);
    const angles = Array.from(ids, (_, at) => (2 * Math.PI * ((at * step) % pictures)) / pictures);
    updateRun(library, run.id, { weightsHash });
    saveEmbeddings(library, weightsHash, 'h', ids, {
      dimensions: 2,
      vectors: Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
    });
    return findRun(library, run.id);
  });
  const session = {
    library,
    embeddings: new EmbeddingCache(library),
    samples: () => presentSamples(library),
  };
  return { session, ids, made };
}

test('seeds of one training are one run, and pairs that most runs suggest come first', async () => {
  const { session, ids, made } = libraryWith([
    { step: 1, settings: { seed: 1 } },
    { step: 1, settings: { seed: 2 } },
    { step: 1, settings: { seed: 3 } },
    { step: 21, settings: { seed: 1, temperature: 0.2 } },
  ]);
  const agreement = await runAgreement(session, made[0]!);
  // Neighbours by number are near on the first circle; on the other 1 lies at 21 places from 0.
  expect(agreement.on([ids[0]!, ids[1]!])).toEqual({ suggested: 1, runs: 2 });
  // 3 lies at 63, beside 0, on the other circle.
  expect(agreement.on([ids[0]!, ids[3]!])).toEqual({ suggested: 2, runs: 2 });
  const votes = agreement.suggested().map((pair) => agreement.on(pair).suggested);
  expect(votes).toEqual(votes.toSorted((a, b) => b - a));
  expect(votes[0]).toBe(2);
  expect(votes.at(-1)).toBe(1);
});

test('disputed pairs are those that a run suggests and another does not, the most evenly first', async () => {
  const { session, ids, made } = libraryWith([
    { step: 1, settings: { seed: 1 } },
    { step: 1, settings: { seed: 1, temperature: 0.1 } },
    { step: 21, settings: { seed: 1, temperature: 0.2 } },
    { step: 11, settings: { seed: 1, temperature: 0.3 } },
  ]);
  const agreement = await runAgreement(session, made[0]!);
  expect(agreement.runs).toBe(4);
  const parts = agreement.disputed().map((pair) => agreement.on(pair).suggested / 4);
  expect(parts.every((part) => part > 0 && part < 1)).toBe(true);
  const halves = parts.filter((part) => part === 0.5).length;
  expect(parts.slice(0, halves).every((part) => part === 0.5)).toBe(true);
  // 1 is at one place from 0 on two of the circles, and far on the other two.
  expect(agreement.on([ids[0]!, ids[1]!])).toEqual({ suggested: 2, runs: 4 });
  expect(agreement.disputed().length).toBeLessThan(agreement.suggested().length);
});
