import type { Command } from 'commander';
import type { GeneratedNegatives } from '../contract/generated-negatives.ts';
import { wholeNumber } from './command-line.ts';
import { pictureNames } from './picture-names.ts';
import type { PictureName } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';
import { tableLines } from './text-table.ts';

interface GeneratedOptions {
  readonly run: string;
  readonly anchor: string;
  readonly count?: number;
  readonly noiseSeed?: number;
}

/** Adds the command `generated`. */
export function addGenerated(program: Command, start: StartCommand): void {
  program
    .command('generated')
    .description('list negatives that a run’s generator makes for a picture (NEGCUT)')
    .requiredOption('--run <run>', 'a run by number or name')
    .requiredOption('--anchor <picture>', 'a picture by path or content hash')
    .option('--count <count>', 'how many are made', wholeNumber('--count'))
    .option('--noise-seed <seed>', 'the seed of their noise', wholeNumber('--noise-seed'))
    .action(async ({ noiseSeed: seed, ...asked }: GeneratedOptions, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const made = await engine.call('anchor.generated', { ...asked, seed });
        const nameOf = pictureNames(await engine.call('library.samples', {}));
        const negatives = rowsOf(made, nameOf);
        const { perPicture, pictures, meanSimilarity, nearestSimilarity, diversity } = made;
        const { hash, path, label } = made.anchor;
        const measured = { perPicture, pictures, meanSimilarity, nearestSimilarity, diversity };
        return {
          json: { anchor: { hash, path, label }, ...measured, negatives },
          text: [headingOf(made), ...negativeLines(negatives)].join('\n'),
        };
      });
    });
}

function headingOf({
  anchor,
  meanSimilarity,
  nearestSimilarity,
  diversity,
}: GeneratedNegatives): string {
  return [
    anchor.path,
    `mean similarity of its generated negatives to it ${meanSimilarity.toFixed(4)}`,
    `of its nearest picture ${nearestSimilarity.toFixed(4)}`,
    `diversity ${diversity.toPrecision(3)}`,
  ].join('; ');
}

function negativeLines(rows: ReturnType<typeof rowsOf>): string[] {
  return tableLines([
    ['similarity', 'harder real ones', 'nearest picture', 'similarity to it'],
    ...rows.map((row) => [
      row.similarity.toFixed(4),
      String(row.harder),
      row.nearest.path,
      row.similarityToNearest.toFixed(4),
    ]),
  ]);
}

/** The generated negatives, the most similar to the anchor first. */
function rowsOf(made: GeneratedNegatives, nameOf: (id: number) => PictureName) {
  return Array.from(made.ids, (id, index) => ({
    similarity: made.similarity[index] ?? 0,
    harder: made.harder[index] ?? 0,
    nearest: nameOf(id),
    similarityToNearest: made.similarityToPicture[index] ?? 0,
  })).sort((a, b) => b.similarity - a.similarity);
}
