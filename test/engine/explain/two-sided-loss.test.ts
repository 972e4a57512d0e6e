import { expect, it, onTestFinished } from 'vitest';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { savePositives } from '../../../src-main/engine/store/positives.ts';
import { createRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { openTestEngine } from '../../contract/engine-shells.ts';
import { scannedLibraryFile } from '../../libraries/scanned-library.ts';

const temperature = 0.3;
const positive = 0.7;

/** Lightness and colour of a picture as angles; the second side of z has another length than the first. */
const lightness = (index: number): number => index / 10;
const colour = (index: number): number => 1 + index / 7;
const lengths = [0.8, 0.6] as const;

/** A run whose z holds both sides, trained by this objective. */
async function explainedFirst(objective: string, settings: Record<string, number>) {
  const shell = await openTestEngine();
  onTestFinished(() => shell.close());
  const file = await scannedLibraryFile();
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  const ids = presentSampleIds(library);
  const z = Float32Array.from([...ids.keys()].flatMap(sidesOf));
  const run = createRun(library, {
    ...{ name: 'sides', kind: 'trained', encoder: 'resnet8', objective, state: 'done' },
    settings: { temperature, pictures: ids.length, ...settings },
  });
  updateRun(library, run.id, { weightsHash: 'sides' });
  const h = Float32Array.from(ids, (_, index) => index).map(() => 1);
  saveEmbeddings(library, 'sides', 'h', ids, { dimensions: 1, vectors: h });
  saveEmbeddings(library, 'sides', 'z', ids, { dimensions: 4, vectors: z });
  const numbers = { mean: Float64Array.of(positive), spread: Float64Array.of(0.05), views: 4 };
  savePositives(library, 'sides', { sampleIds: ids.subarray(0, 1), ...numbers });
  library.close();
  await shell.engine.call('library.open', { file });
  const { hashes } = await shell.engine.call('library.samples', {});
  const explained = await shell.engine.call('anchor.negatives', {
    run: 'sides',
    anchor: hashes[0]!,
  });
  const onH = await shell.engine.call('anchor.negatives', {
    ...{ run: 'sides', anchor: hashes[0]! },
    space: 'h',
  });
  return { explained, onH, ids };
}

function sidesOf(index: number): number[] {
  return [lightness(index), colour(index)].flatMap((angle, side) => [
    lengths[side]! * Math.cos(angle),
    lengths[side]! * Math.sin(angle),
  ]);
}

/** The cosines of the first picture's lightness to the others' colour, and of its colour to their lightness. */
function crossed(count: number): [number[], number[]] {
  const others = Array.from({ length: count - 1 }, (_, index) => index + 1);
  return [
    others.map((other) => Math.cos(lightness(0) - colour(other))),
    others.map((other) => Math.cos(colour(0) - lightness(other))),
  ];
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

it('CMC compares lightness with colour, and colour with lightness: each number is their mean', async () => {
  const { explained, onH, ids } = await explainedFirst('cmc', {});
  const masses = crossed(ids.length).map((side) => side.map((s) => Math.exp(s / temperature)));
  const own = Math.exp(positive / temperature);
  const losses = masses.map((side) => Math.log((own + sum(side)) / own));
  expect(explained.loss).toBeCloseTo(sum(losses) / 2, 5);
  const [one, two] = crossed(ids.length);
  for (const [place, id] of explained.ids.entries()) {
    const index = ids.indexOf(id) - 1;
    expect(explained.similarity[place]).toBeCloseTo((one[index]! + two[index]!) / 2, 5);
    const shares = masses.map((side) => side[index]! / sum(side));
    expect(explained.share[place]).toBeCloseTo(sum(shares) / 2, 5);
  }
  expect(explained.notes.join(' ')).toContain('mean of both');
  // Its features h are compared as they are.
  expect(onH.notes.join(' ')).not.toContain('mean of both');
});

it('CMC by binary NCE judges each pair of sides by itself, with a Z for each side', async () => {
  const { explained, ids } = await explainedFirst('cmc-nce', { nceK: 24 });
  const [pictures, draws] = [ids.length, 24];
  const ratio = draws / pictures + 1e-7;
  const pushes = crossed(ids.length).map((side) => {
    const logits = [positive, ...side].map((s) => Math.exp(s / temperature));
    const normaliser = (pictures * sum(logits)) / logits.length;
    return side.map((s) => {
      const probability = Math.exp(s / temperature) / normaliser;
      return probability / (probability + ratio);
    });
  });
  for (const [place, id] of explained.ids.entries()) {
    const index = ids.indexOf(id) - 1;
    const shares = pushes.map((side) => side[index]! / sum(side));
    expect(explained.share[place]).toBeCloseTo(sum(shares) / 2, 5);
  }
  expect(explained.notes.join(' ')).toContain('Z is that of this anchor alone');
});
