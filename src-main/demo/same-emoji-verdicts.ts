import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { EngineClient } from '../contract/client.ts';
import { csvLine } from '../contract/csv-line.ts';
import { verdictColumns } from '../contract/verdict-files.ts';
import { seedRandom, shuffledOrder } from '../engine/numeric/random.ts';
import { emojiOf } from './emoji-of.ts';

/** The emoji of which all drawings are judged the same: a half of them, by the seed. */
export function judgedEmoji(paths: readonly string[], seed = 1): ReadonlySet<string> {
  const emoji = [...new Set(paths.map(emojiOf))].toSorted();
  const order = shuffledOrder(emoji.length, seedRandom(seed));
  return new Set([...order.subarray(0, emoji.length >> 1)].map((at) => emoji[at] ?? ''));
}

/**
 * Writes a file of verdicts that says of half of the emoji that their drawings show the same, as a person would
 * have judged them, and imports it. Gives how many pairs it has. A file that is there is imported as it is,
 * so that verdicts of a user on the same pairs, which are later, stay.
 */
export async function judgeHalf(
  engine: EngineClient,
  file: string,
  now: () => number,
): Promise<number> {
  if (!existsSync(file)) {
    const { paths, hashes } = await engine.call('library.samples', {});
    await writeFile(file, verdictFile(paths, hashes, new Date(now()).toISOString()));
  }
  const text = await readFile(file, 'utf8');
  const { added, changed, unchanged, older } = await engine.call('verdicts.importFile', {
    text,
    format: 'csv',
  });
  return added + changed + unchanged + older;
}

function verdictFile(paths: readonly string[], hashes: readonly string[], time: string): string {
  const judged = judgedEmoji(paths);
  const rows = [...paths.keys()].filter((row) => judged.has(emojiOf(paths[row] ?? '')));
  const drawings = Map.groupBy(rows, (row) => emojiOf(paths[row] ?? ''));
  const lines = [...drawings.values()].flatMap((members) =>
    members.flatMap((row, index) =>
      members.slice(index + 1).map((other) => {
        const names = [hashes[row], hashes[other], paths[row], paths[other]];
        return csvLine([...names.map((name) => name ?? ''), 'same', '', time, '']);
      }),
    ),
  );
  return [csvLine(verdictColumns), ...lines].map((line) => `${line}\n`).join('');
}
