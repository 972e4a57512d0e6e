import { expect, it, onTestFinished } from 'vitest';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { createRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { openTestEngine } from '../../contract/engine-shells.ts';
import { splitFolder } from '../../libraries/split-library.ts';
import { scan } from '../pictures/scan.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

const temperature = 0.3;
/** The angle of a picture's z. */
const angle = (row: number): number => row / 10;

/** The first picture of a library with the splits train and val, explained by a run with these settings. */
async function explained(
  objective: string | null,
  settings: Record<string, unknown>,
  knobs: { readonly objective?: string } = {},
) {
  const shell = await openTestEngine();
  onTestFinished(() => shell.close());
  const file = `${temporaryFolder()}/library.sqlite`;
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  await scan(library, await splitFolder());
  const samples = presentSamples(library);
  const { ids, hashes, labelIndex, splitIndex, splits } = samples;
  const stranger = labelIndex.findIndex((label) => label !== labelIndex[0]);
  const verdict = { verdict: 'same', note: '', runId: null } as const;
  saveVerdict(library, [hashes[0]!, hashes[stranger]!], verdict);
  const apart = labelIndex.findLastIndex((label) => label === labelIndex[0]);
  saveVerdict(library, [hashes[0]!, hashes[apart]!], { ...verdict, verdict: 'different' });
  const run = createRun(library, {
    ...{ name: 'labelled', kind: 'trained', encoder: 'resnet8', objective, state: 'done' },
    settings: { temperature, pictures: ids.length, ...settings },
  });
  updateRun(library, run.id, { weightsHash: 'labelled' });
  for (const space of ['h', 'z'] as const) {
    const vectors = Float32Array.from(
      [...ids.keys()].flatMap((row) => [Math.cos(angle(row)), Math.sin(angle(row))]),
    );
    saveEmbeddings(library, 'labelled', space, ids, { dimensions: 2, vectors });
  }
  library.close();
  await shell.engine.call('library.open', { file });
  const asked = { run: 'labelled', anchor: hashes[0]!, positiveSimilarity: 0.8, ...knobs };
  const explanation = await shell.engine.call('anchor.negatives', asked);
  const rows = Array.from(explanation.ids, (id) => ids.indexOf(id));
  const isSame = rows.map((row) => labelIndex[row] === labelIndex[0]);
  const isTrain = (row: number): boolean => splits[splitIndex[row]!] === 'train';
  return {
    explanation,
    ...{ rows, isSame, isJudged: rows.map((row) => row === stranger) },
    isApart: rows.map((row) => row === apart),
    isGiven: rows.map((row, at) => isSame[at]! && isTrain(row) && isTrain(0)),
  };
}

/** Loss and shares by the paper's equation, of these candidates' rows. */
function bySupCon(rows: readonly number[], isPositive: readonly boolean[]) {
  const cosines = rows.map((row) => Math.cos(angle(row) - angle(0)));
  const own = 0.8;
  const powers = [...cosines, own].map((s) => Math.exp(s / temperature));
  const mass = powers.reduce((sum, one) => sum + one, 0);
  const pulled = [own, ...cosines.filter((_, at) => isPositive[at])];
  const slopes = cosines.map(
    (_, at) => powers[at]! / mass - (isPositive[at] ? 1 / pulled.length : 0),
  );
  const push = slopes.reduce((sum, one, at) => sum + (isPositive[at] ? 0 : one), 0);
  const terms = pulled.map((s) => -Math.log(Math.exp(s / temperature) / mass));
  return {
    loss: terms.reduce((sum, one) => sum + one, 0) / terms.length,
    shares: slopes.map((slope) => slope / push),
  };
}

type Explained = Awaited<ReturnType<typeof explained>>;

it.each<[string, Record<string, unknown>, (of: Explained) => boolean[]]>([
  ['labels', { positivesFrom: 'labels' }, ({ isSame }) => isSame],
  ['labels of a split', { positivesFrom: 'labels', labelsOf: ['train'] }, ({ isGiven }) => isGiven],
  ['verdicts', { positivesFrom: 'verdicts' }, ({ isJudged }) => isJudged],
  [
    'both',
    { positivesFrom: 'both' },
    ({ isSame, isJudged, isApart }) =>
      isSame.map((same, at) => (same && !isApart[at]) || isJudged[at]!),
  ],
])('a run of SupCon is explained with its positives: %s', async (_, settings, positivesOf) => {
  const found = await explained('supcon', settings);
  const { explanation, rows } = found;
  const isPositive = positivesOf(found);
  const count = isPositive.filter(Boolean).length;
  expect(count).toBeGreaterThan(0);
  const { loss, shares } = bySupCon(rows, isPositive);
  expect(explanation.loss).toBeCloseTo(loss, 5);
  for (const [at, share] of shares.entries()) expect(explanation.share[at]).toBeCloseTo(share, 4);
  expect([...explanation.weight]).toEqual(isPositive.map((one) => (one ? 0 : 1)));
  expect(explanation.negatives).toBe(rows.length - count);
  expect(explanation.notes.join(' ')).toContain('Positives of this loss, as they are known now');
});

it('any run is explained as if by SupCon, with all labels', async () => {
  const { explanation, isSame } = await explained('simclr', {}, { objective: 'supcon' });
  expect([...explanation.weight]).toEqual(isSame.map((one) => (one ? 0 : 1)));
  expect(explanation.notes.join(' ')).toContain('Positives of this objective');
});

it('a run that masked labels says that they are negatives here', async () => {
  const settings = { labels: 'mask', labelsOf: ['train'] };
  const { explanation } = await explained('simclr', settings);
  expect(explanation.notes).toContain(
    'The training did not push pairs of one label in train; here they are negatives.',
  );
  expect([...explanation.weight].every((weight) => weight > 0)).toBe(true);
});
