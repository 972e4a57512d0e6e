import { expect, it, onTestFinished } from 'vitest';
import { generatedNegatives } from '../../../src-main/contract/generated-negatives.ts';
import { openTestEngine } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { scannedLibraryFile } from '../../libraries/scanned-library.ts';

const anchor = 'food-fruit/1f345__noto.png';

it('makes an anchor’s generated negatives, and says which run or epoch has none', async () => {
  const shell = await openTestEngine();
  onTestFinished(() => shell.close());
  const { engine } = shell;
  await engine.call('library.open', { file: await scannedLibraryFile(['food-fruit', 'clothing']) });
  const head = { encoder: 'head', on: 'pixels', device: 'cpu', batch: 8, views: 2 } as const;
  for (const objective of ['simclr', 'negcut']) {
    const training = { ...head, objective, name: objective, epochs: 2, keepCheckpoints: 2 };
    expect(await runToState(engine, 'train', training)).toMatchObject({ state: 'done' });
  }
  await expect(engine.call('anchor.generated', { run: 'simclr', anchor })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('The training of "simclr" generated no negatives') as unknown,
  });
  const asked = { run: 'negcut', anchor, count: 10 };
  const made = await engine.call('anchor.generated', asked);
  expect(generatedNegatives.safeParse(made).error).toBeUndefined();
  // 2 · (8 − 1) negatives in the batch, and as many generated; 24 pictures.
  expect(made).toMatchObject({ perPicture: 14, pictures: 23, anchor: { path: anchor } });
  const { similarity, ids, harder } = made;
  expect([similarity, ids, harder].map(({ length }) => length)).toEqual([10, 10, 10]);
  expect([...ids]).not.toContain(made.anchor.id);
  const { similarity: real } = await engine.call('anchor.negatives', { run: 'negcut', anchor });
  for (const [index, value] of similarity.entries()) {
    const above = real.filter((one) => one > value).length;
    expect(Math.abs(harder[index]! - above)).toBeLessThanOrEqual(1);
  }
  expect(made.nearestSimilarity).toBeCloseTo(real[0]!, 5);
  expect(await engine.call('anchor.generated', asked)).toEqual(made);
  const other = await engine.call('anchor.generated', { ...asked, seed: 2 });
  expect(other.similarity).not.toEqual(made.similarity);

  const { totals, ids: recorded } = await engine.call('anchor.ledger', { run: 'negcut', anchor });
  expect(totals.syntheticShare).toBeCloseTo(1, 5);
  expect(recorded).toHaveLength(0);

  // Comparing embeds the pictures by the weights of an earlier epoch, whose generator is not kept.
  const runs = [{ run: 'negcut', epoch: 1 }, { run: 'negcut' }];
  expect(await runToState(engine, 'compare', { runs })).toMatchObject({ state: 'done' });
  await expect(engine.call('anchor.generated', { ...asked, epoch: 1 })).rejects.toThrow(
    'The generator of "negcut" is not stored for this epoch',
  );
});
