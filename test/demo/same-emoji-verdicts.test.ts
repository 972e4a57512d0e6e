import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runJob } from '../../src-main/cli/run-job.ts';
import { emojiOf } from '../../src-main/demo/emoji-of.ts';
import { emojiScores } from '../../src-main/demo/emoji-scores.ts';
import { judgedEmoji, judgeHalf } from '../../src-main/demo/same-emoji-verdicts.ts';
import { readRun } from '../../src-main/engine/neighbours/embedding-cache.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { findRun } from '../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../src-main/engine/store/samples.ts';
import { openTestEngine, type TestEngine } from '../contract/engine-shells.ts';

const emoji = join(import.meta.dirname, '../fixtures/emoji');
const silent = { show: () => undefined, end: () => undefined };
const now = (): number => Date.UTC(2026, 0, 2);

let engine: TestEngine;
let file: string;
beforeAll(async () => {
  engine = await openTestEngine();
  const library = join(engine.dataFolder, 'library.sqlite');
  await engine.engine.call('library.open', { file: library });
  await runJob(engine.engine, 'scan', { folder: emoji }, silent);
  file = join(engine.dataFolder, 'verdicts.csv');
});
afterAll(() => engine.close());

describe('the verdicts of the demo', () => {
  it('say of half of the emoji that both drawings show the same, as a file that is imported', async () => {
    expect(await judgeHalf(engine.engine, file, now)).toBe(24);
    const { paths } = await engine.engine.call('library.samples', {});
    const judged = judgedEmoji(paths);
    expect(judged.size).toBe(24);
    const stored = await engine.engine.call('verdicts.list', {});
    expect(stored).toHaveLength(24);
    for (const { verdict, pair } of stored) {
      const [one, other] = pair.map(({ path }) => emojiOf(path ?? ''));
      expect([verdict, one, judged.has(one ?? '')]).toEqual(['same', other, true]);
    }
    expect((await readFile(file, 'utf8')).split('\n')[0]).toContain('anchor_hash,candidate_hash');
  });

  it('are read again as they are, so that what a user changed stays', async () => {
    const [header = '', ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n');
    await writeFile(file, [header, ...rows.slice(0, 3)].join('\n'));
    expect(await judgeHalf(engine.engine, file, now)).toBe(3);
    expect(await engine.engine.call('verdicts.list', {})).toHaveLength(24);
  });
});

describe('the scores of the emoji', () => {
  it('are the share whose nearest is the same emoji, of those that were judged and of the others', async () => {
    const { run } = await runJob(
      engine.engine,
      'embed',
      { encoder: 'pixels', device: 'cpu' },
      silent,
    );
    const { paths } = await engine.engine.call('library.samples', {});
    const judged = judgedEmoji(paths);
    const libraryFile = join(engine.dataFolder, 'library.sqlite');
    const [scores] = await emojiScores(libraryFile, [run], (one) => judged.has(one));
    expect(scores?.sameNearest).toEqual(await sharesByLoop(libraryFile, judged));
    expect(scores?.knnOtherEmoji).toBeGreaterThan(1 / 8);
  });
});

/** The two shares of the run "pixels", by every inner product. */
async function sharesByLoop(libraryFile: string, judged: ReadonlySet<string>) {
  const library = openLibrary(libraryFile, { mode: 'read', now: () => 0 });
  const { ids, vectors, dimensions } = await readRun(
    library,
    'pixels',
    findRun(library, 'pixels').weightsHash ?? '',
  );
  const { ids: known, paths } = presentSamples(library);
  const emojiById = new Map(Array.from(known, (id, row) => [id, emojiOf(paths[row] ?? '')]));
  library.close();
  const names = Array.from(ids, (id) => emojiById.get(id) ?? '');
  const right = new Map([true, false].map((isJudged) => [isJudged, [] as boolean[]]));
  for (const [row, name] of names.entries()) {
    const similarities = names.map((_, other) => {
      let sum = other === row ? -Infinity : 0;
      for (let at = 0; at < dimensions; at += 1) {
        sum += vectors[row * dimensions + at]! * vectors[other * dimensions + at]!;
      }
      return sum;
    });
    const nearest = names[similarities.indexOf(Math.max(...similarities))];
    right.get(judged.has(name))?.push(nearest === name);
  }
  const shareOf = (isJudged: boolean): number => {
    const all = right.get(isJudged) ?? [];
    return all.filter(Boolean).length / all.length;
  };
  return { judged: shareOf(true), others: shareOf(false) };
}
